using System.Net;

namespace EdgeQueue.Cloud.Web;

/// <summary>Who asks, by address: the proxy's word counts only for proxies of the settings.</summary>
public static class ClientAddress
{
    /// <summary>An IPv4 address is one, also when the socket speaks IPv6.</summary>
    public static IPAddress Plain(IPAddress address) => address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;

    /// <summary>
    /// Somebody at this machine, who has typed its own name. A request that came through a proxy which is not in the settings is not, wherever
    /// the proxy stands: it says for whom it came, or passes the public name on. Nor is a page from elsewhere whose name was made to lead here.
    /// </summary>
    public static bool IsThisMachine(HttpContext context) =>
        context.Connection.RemoteIpAddress is { } address && IPAddress.IsLoopback(Plain(address)) && NamesThisMachine(context.Request.Host.Host)
        && !context.Request.Headers.ContainsKey("X-Forwarded-For") && !context.Request.Headers.ContainsKey("Forwarded");

    private static bool NamesThisMachine(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out IPAddress? address) && IPAddress.IsLoopback(Plain(address)));

    /// <summary>For limits: one customer. A household or an attacker has a whole /64 of IPv6.</summary>
    public static string Bucket(HttpContext context)
    {
        if (context.Connection.RemoteIpAddress is not { } remote)
        {
            return "unknown";
        }

        IPAddress address = Plain(remote);
        return address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6
            ? Convert.ToHexStringLower(address.GetAddressBytes().AsSpan(0, 8)) : address.ToString();
    }
}
