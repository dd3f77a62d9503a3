using System.Globalization;
using System.Net;
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
        try
        {
            SocketException? last = null;
            foreach (var address in Dns.GetHostAddresses(host))
            {
                try
                {
                    return new Link(Name, Connect(new IPEndPoint(address, port)) ?? throw new DeviceException(Name, "does not answer"));
                }
                catch (SocketException refused)
                {
                    last = refused;
                }
            }

            throw last ?? new SocketException((int)SocketError.HostNotFound);
        }
        catch (SocketException refused)
        {
            throw new DeviceException(Name, $"cannot connect: {refused.Message}");
        }
    }

    /// <summary>On this thread alone: waiting for another one to finish it makes a busy machine look like a printer that is off.</summary>
    /// <returns>Null: nobody has answered in time.</returns>
    private static Socket? Connect(IPEndPoint printer)
    {
        var socket = new Socket(printer.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true, Blocking = false };
        try
        {
            if (!Begin(socket, printer))
            {
                if (!socket.Poll(ConnectPatience, SelectMode.SelectWrite))
                {
                    socket.Dispose();
                    return null;
                }

                if (socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error) is int and not 0 and var error)
                {
                    throw new SocketException(error);
                }
            }

            socket.Blocking = true;
            return socket;
        }
        catch (SocketException)
        {
            socket.Dispose();
            throw;
        }
    }

    private static bool Begin(Socket socket, IPEndPoint printer)
    {
        try
        {
            socket.Connect(printer);
            return true;
        }
        catch (SocketException begun) when (begun.SocketErrorCode is SocketError.WouldBlock or SocketError.InProgress)
        {
            return false;
        }
    }

    private sealed class Link(string name, Socket socket) : IPrinterLink
    {
        public bool CanRead => true;

        public int Write(ReadOnlySpan<byte> bytes, TimeSpan timeout)
        {
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
                if (!socket.Poll(timeout, SelectMode.SelectRead))
                {
                    return 0;
                }

                var count = socket.Receive(buffer);
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
                socket.Shutdown(SocketShutdown.Send);
            }
            catch (SocketException)
            {
                // The other side was faster.
            }

            socket.Dispose();
        }
    }
}
