using System.Globalization;
using System.Net.Sockets;

namespace EdgeQueue.Node.Host;

/// <summary>Tells systemd that the process is ready and alive (sd_notify(3), sd_watchdog_enabled(3)); silent without systemd.</summary>
public sealed class ServiceNotify(TimeProvider time, Func<string, string?> environment)
{
    /// <param name="alive">Asked before each sign of life; when it says no, there is none, and systemd restarts the process.</param>
    public async Task RunAsync(Func<bool> alive, CancellationToken cancellation)
    {
        if (environment("NOTIFY_SOCKET") is not { Length: > 1 } path)
        {
            return;
        }

        using var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        // '@' is the abstract namespace, written as a leading zero byte (unix(7)).
        socket.Connect(new UnixDomainSocketEndPoint(path[0] == '@' ? '\0' + path[1..] : path));
        socket.Send("READY=1"u8);
        if (!long.TryParse(environment("WATCHDOG_USEC"), NumberStyles.None, CultureInfo.InvariantCulture, out var microseconds))
        {
            return;
        }

        using var timer = new PeriodicTimer(TimeSpan.FromMicroseconds(microseconds / 2.5), time);
        try
        {
            do
            {
                if (alive())
                {
                    socket.Send("WATCHDOG=1"u8);
                }
            }
            while (await timer.WaitForNextTickAsync(cancellation));
        }
        catch (OperationCanceledException)
        {
        }
    }
}
