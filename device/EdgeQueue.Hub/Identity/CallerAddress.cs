using System.Net;
using System.Net.Sockets;

namespace EdgeQueue.Hub.Identity;

/// <summary>Whose address it is, for bounds: a machine has a whole IPv6 network (/64) to choose addresses from.</summary>
internal static class CallerAddress
{
    public static string Of(IPAddress remote)
    {
        IPAddress address = remote.IsIPv4MappedToIPv6 ? remote.MapToIPv4() : remote;
        if (address.AddressFamily != AddressFamily.InterNetworkV6 || address.IsIPv6LinkLocal)
        {
            // Of a link-local network all have the same first half.
            return address.ToString();
        }

        byte[] bytes = address.GetAddressBytes();
        Array.Clear(bytes, 8, 8);
        return $"{new IPAddress(bytes)}/64";
    }
}
