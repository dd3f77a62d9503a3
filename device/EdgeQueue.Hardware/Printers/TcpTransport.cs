using System.Globalization;
using System.Net.Sockets;

namespace EdgeQueue.Hardware.Printers;

/// <summary>A network printer's raw port. Connected for each job: such printers serve one connection and drop idle ones.</summary>
internal sealed class TcpTransport(string host, int port) : IPrinterTransport
{
    private static readonly TimeSpan ConnectPatience = TimeSpan.FromSeconds(3);

    /// <inheritdoc/>
    public string Name => string.Create(CultureInfo.InvariantCulture, $"tcp://{host}:{port}");

    /// <inheritdoc/>
    public IPrinterLink Open()
    {
        var client = new TcpClient { NoDelay = true };
        try
        {
            using var patience = new CancellationTokenSource(ConnectPatience);
            client.ConnectAsync(host, port, patience.Token).AsTask().GetAwaiter().GetResult();
            return new Link(Name, client);
        }
        catch (Exception refused) when (refused is SocketException or OperationCanceledException)
        {
            client.Dispose();
            throw new DeviceException(Name, refused is SocketException ? $"cannot connect: {refused.Message}" : "does not answer");
        }
    }

    private sealed class Link(string name, TcpClient client) : IPrinterLink
    {
        public bool CanRead => true;

        public int Write(ReadOnlySpan<byte> bytes, TimeSpan timeout)
        {
            var socket = client.Client;
            var written = 0;
            try
            {
                while (written < bytes.Length && socket.Poll(timeout, SelectMode.SelectWrite))
                {
                    // Not more than the socket takes at once, so that the time-out always counts from the last progress.
                    socket.Blocking = false;
                    var count = socket.Send(bytes[written..], SocketFlags.None, out var error);
                    socket.Blocking = true;
                    written += error switch
                    {
                        SocketError.Success => count,
                        SocketError.WouldBlock => 0,
                        _ => throw new SocketException((int)error),
                    };
                }

                return written;
            }
            catch (SocketException broken)
            {
                return written > 0 ? written : throw new DeviceException(name, $"cannot write: {broken.Message}");
            }
        }

        public int Read(Span<byte> buffer, TimeSpan timeout)
        {
            try
            {
                if (!client.Client.Poll(timeout, SelectMode.SelectRead))
                {
                    return 0;
                }

                var count = client.Client.Receive(buffer);
                return count > 0 ? count : throw new DeviceException(name, "the printer closed the connection");
            }
            catch (SocketException broken)
            {
                throw new DeviceException(name, $"cannot read: {broken.Message}");
            }
        }

        public PrinterStatus PortStatus() => PrinterStatus.Unknown;

        public void Dispose()
        {
            try
            {
                // Says that no more comes, so that what is on its way is delivered before the connection ends.
                client.Client.Shutdown(SocketShutdown.Send);
            }
            catch (SocketException)
            {
                // The other side was faster.
            }

            client.Dispose();
        }
    }
}
