using System.Net;
using System.Net.Sockets;

namespace EdgeQueue.Cloud.Mail;

/// <summary>Whether an address is of the internet: a web hook that somebody typed does not look around inside our own network.</summary>
internal static class PublicAddress
{
    /// <summary>What is not (IANA's special-purpose registries, RFC 6890): this machine, private and shared networks, link-local (where clouds keep their keys), multicast.</summary>
    private static readonly IPNetwork[] Inside =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.168.0.0/16", "198.18.0.0/15", "224.0.0.0/3",
            "::/127", "64:ff9b::/96", "fc00::/7", "fe80::/10", "ff00::/8",
        }.Select(IPNetwork.Parse),
    ];

    public static bool Is(IPAddress address)
    {
        IPAddress plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return !Inside.Any(n => n.Contains(plain));
    }

    /// <summary>A connection to a public address of that host; every name is looked up here, so that it cannot mean another address a moment later.</summary>
    /// <exception cref="HttpRequestException">The host has none.</exception>
    public static async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        IPAddress[] all = await Dns.GetHostAddressesAsync(context.DnsEndPoint.Host, cancellation);
        IPAddress[] open = [.. all.Where(Is)];
        if (open.Length == 0)
        {
            throw new HttpRequestException("the host is inside a private network; the setting mail.hooksInside allows that");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(open, context.DnsEndPoint.Port, cancellation);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }
}
