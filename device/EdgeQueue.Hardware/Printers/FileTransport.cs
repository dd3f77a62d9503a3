using EdgeQueue.Hardware.Kernel;
using EdgeQueue.Hardware.Serial;

namespace EdgeQueue.Hardware.Printers;

/// <summary>
/// A printer at a path: the usblp character device, a serial line, or a file or FIFO that plays one.
/// </summary>
internal sealed class FileTransport(string path, SerialSettings serial) : IPrinterTransport
{
    /// <inheritdoc/>
    public string Name => path;

    /// <inheritdoc/>
    public IPrinterLink Open()
    {
        var identity = FileIdentity.Of(path) ?? throw new DeviceException(path, "cannot open", Errno.NoEntry);
        if (!identity.IsCharacterDevice)
        {
            // A FIFO opened for both would give us our own bytes as answers; without a reader it says ENXIO: switched off.
            return new FileLink(path, FileDescriptor.Open(path, Files.WriteOnly | Files.Append | Files.NonBlocking), canRead: false);
        }

        var device = FileDescriptor.TryOpen(path, Files.ReadWrite | Files.NonBlocking | Files.NoControllingTerminal, out var errno);
        if (device is null && errno is not Errno.AccessDenied)
        {
            throw new DeviceException(path, "cannot open", errno);
        }

        var canRead = device is not null;
        device ??= FileDescriptor.Open(path, Files.WriteOnly | Files.NonBlocking | Files.NoControllingTerminal);
        var settings = new TerminalAbi.Settings();
        if (device.Control(TerminalAbi.GetSettings, ref settings) < 0)
        {
            return new FileLink(path, device, canRead);
        }

        device.Dispose();
        var line = new LinuxSerialLine(path, serial);
        line.EnsureOpen();
        return new SerialLink(line);
    }

    private sealed class SerialLink(LinuxSerialLine line) : IPrinterLink
    {
        public bool CanRead => true;

        public int Write(ReadOnlySpan<byte> bytes, TimeSpan timeout) => line.WriteSome(bytes, timeout);

        public int Read(Span<byte> buffer, TimeSpan timeout) => line.Read(buffer, timeout);

        public PrinterStatus PortStatus() => PrinterStatus.Unknown;

        public void Dispose() => line.Dispose();
    }
}
