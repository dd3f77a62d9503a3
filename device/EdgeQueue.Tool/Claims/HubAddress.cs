using System.Globalization;
using EdgeQueue.Core.Contracts.Identity;

namespace EdgeQueue.Tool.Claims;

/// <summary>Where a new device's hub is: what its own file says, else a file of its boot partition, else who answers on the network.</summary>
internal static class HubAddress
{
    public const int UsualPort = 8884;

    /// <exception cref="EnrolmentException">Nobody says where it is.</exception>
    public static async Task<(string Host, int Port)> FindAsync(DeviceFile device, CancellationToken cancellation)
    {
        string? said = device.Hub ?? FirstLine(device.HubFile);
        if (said is not null)
        {
            return Parse(said) ?? throw new EnrolmentException($"'{said}' is not the address of a hub: host:port, e.g. 192.168.1.10:{UsualPort}.");
        }

        return await MulticastQuestion.AskAsync(MulticastQuestion.Everybody, TimeSpan.FromSeconds(3), cancellation)
            ?? throw new EnrolmentException(
                "No hub answers on this network. Is its registrar running? Where multicast is blocked, write the hub's host:port into "
                + (device.HubFile ?? "the device's file") + ".");
    }

    /// <summary>host, host:port or [IPv6]:port; null: neither.</summary>
    public static (string Host, int Port)? Parse(string text)
    {
        text = text.Trim();
        int colon = text.LastIndexOf(':');
        bool hasPort = colon > 0 && (text.IndexOf(':', StringComparison.Ordinal) == colon || text[colon - 1] == ']');
        string host = (hasPort ? text[..colon] : text).Trim('[', ']');
        int port = UsualPort;
        return Uri.CheckHostName(host) != UriHostNameType.Unknown
            && (!hasPort || (int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out port) && port is > 0 and <= 65535))
            ? (host, port)
            : null;
    }

    private static string? FirstLine(string? file)
    {
        try
        {
            return file is not null && File.Exists(file) ? File.ReadLines(file).Select(l => l.Trim()).FirstOrDefault(l => l.Length > 0 && l[0] != '#') : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
