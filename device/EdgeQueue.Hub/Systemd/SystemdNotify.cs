using System.Net.Sockets;
using System.Text;

namespace EdgeQueue.Hub.Systemd;

/// <summary>
/// Tells systemd how we are, by datagrams to NOTIFY_SOCKET (sd_notify(3)); a name that begins with '@' is an abstract socket.
/// Without systemd it does nothing.
/// </summary>
public sealed class SystemdNotify : IDisposable
{
    private readonly Socket? _socket;

    private SystemdNotify(Socket? socket) => _socket = socket;

    public static SystemdNotify FromEnvironment()
    {
        string? path = Environment.GetEnvironmentVariable("NOTIFY_SOCKET");
        if (string.IsNullOrEmpty(path))
        {
            return new SystemdNotify(null);
        }

        var socket = new Socket(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified);
        try
        {
            socket.Connect(new UnixDomainSocketEndPoint(path[0] == '@' ? '\0' + path[1..] : path));
            return new SystemdNotify(socket);
        }
        catch (SocketException)
        {
            // Whoever started us no longer listens: then nobody waits for word from us either.
            socket.Dispose();
            return new SystemdNotify(null);
        }
    }

    public void Ready(string status) => Send($"READY=1\nSTATUS={status}");

    /// <summary>Sent by the command loop itself: a loop that hangs is restarted.</summary>
    public void Watchdog(string status) => Send($"WATCHDOG=1\nSTATUS={status}");

    public void Stopping() => Send("STOPPING=1");

    public void Dispose() => _socket?.Dispose();

    private void Send(string message)
    {
        try
        {
            _socket?.Send(Encoding.UTF8.GetBytes(message), SocketFlags.None);
        }
        catch (SocketException)
        {
            // systemd restarts; the next one will arrive.
        }
    }
}
