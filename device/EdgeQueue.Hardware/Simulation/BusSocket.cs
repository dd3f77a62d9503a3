using System.Buffers.Binary;
using System.Net.Sockets;
using EdgeQueue.Hardware.I2c;
using EdgeQueue.Hardware.Spi;

namespace EdgeQueue.Hardware.Simulation;

/// <summary>
/// A bus whose chips live in another process, behind a Unix domain socket (stream). Each bus transfer is one frame:
/// <code>
/// u16  length of the payload, big endian, 1 … 4097
/// payload, I²C: the 7-bit address in one byte, then the bytes written
/// payload, SPI: the bytes of one chip-select cycle
/// </code>
/// Nothing comes back; a chip that should be missing is a simulator that closes the connection.
/// </summary>
public sealed class BusSocket(string path) : IDisposable
{
    /// <summary>Written before a path that is to be taken as a socket even when nothing is there yet.</summary>
    public const string Scheme = "unix:";

    public const int LargestPayload = 4097;

    // A simulator that stops reading must look like a broken bus, not like a node that hangs.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly string path = path.StartsWith(Scheme, StringComparison.Ordinal) ? path[Scheme.Length..] : path;
    private Socket? socket;

    public II2cBus AsI2c(byte address) => new I2cSide(this, address);

    public ISpiBus AsSpi() => new SpiSide(this);

    public void Dispose() => socket?.Dispose();

    private void Send(ReadOnlySpan<byte> payload)
    {
        ArgumentOutOfRangeException.ThrowIfZero(payload.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(payload.Length, LargestPayload);
        var frame = new byte[2 + payload.Length];
        BinaryPrimitives.WriteUInt16BigEndian(frame, (ushort)payload.Length);
        payload.CopyTo(frame.AsSpan(2));
        try
        {
            socket ??= Connect();
            for (var sent = 0; sent < frame.Length;)
            {
                sent += socket.Send(frame.AsSpan(sent));
            }
        }
        catch (SocketException broken)
        {
            socket?.Dispose();
            socket = null;
            throw new DeviceException(path, $"the bus simulator does not answer: {broken.Message}");
        }
    }

    private Socket Connect()
    {
        var fresh = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
        {
            SendTimeout = (int)Patience.TotalMilliseconds,
        };
        try
        {
            fresh.Connect(new UnixDomainSocketEndPoint(path));
            return fresh;
        }
        catch (SocketException)
        {
            fresh.Dispose();
            throw;
        }
    }

    private sealed class I2cSide(BusSocket bus, byte address) : II2cBus
    {
        public void Write(ReadOnlySpan<byte> bytes) => bus.Send([address, .. bytes]);

        public void Dispose() => bus.Dispose();
    }

    private sealed class SpiSide(BusSocket bus) : ISpiBus
    {
        public void Write(ReadOnlySpan<byte> bytes) => bus.Send(bytes);

        public void Dispose() => bus.Dispose();
    }
}
