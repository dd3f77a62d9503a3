using System.Globalization;
using EdgeQueue.Hardware.Serial;

namespace EdgeQueue.Hardware.Printers;

/// <summary>Ways to a printer by the text from the configuration.</summary>
public static class PrinterTransports
{
    public const string TcpScheme = "tcp://";

    /// <summary>The raw printing port of network printers.</summary>
    public const int UsualPort = 9100;

    /// <param name="path">
    /// <c>/dev/usb/lp0</c> (or any file or FIFO), a serial line such as <c>/dev/ttyUSB0</c>, or <c>tcp://host[:9100]</c>.
    /// Which of the first two it is, is looked up each time it is opened.
    /// </param>
    /// <param name="serial">Used when the path is a serial line.</param>
    /// <exception cref="ArgumentException">A tcp address without a host, or with a port that is no number from 1 to 65535.</exception>
    public static IPrinterTransport Of(string path, SerialSettings? serial = null)
    {
        if (!path.StartsWith(TcpScheme, StringComparison.Ordinal))
        {
            return new FileTransport(path, serial ?? new SerialSettings());
        }

        var address = path[TcpScheme.Length..].TrimEnd('/');
        var colon = address.LastIndexOf(':');

        // [2001:db8::1] has colons of its own.
        var hasPort = colon > address.LastIndexOf(']');
        var host = (hasPort ? address[..colon] : address).Trim('[', ']');
        var port = UsualPort;
        var isNumber = !hasPort || int.TryParse(address[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out port);
        return host.Length > 0 && isNumber && port is > 0 and < 65536
            ? new TcpTransport(host, port)
            : throw new ArgumentException($"\"{path}\" is not tcp://host or tcp://host:port", nameof(path));
    }
}
