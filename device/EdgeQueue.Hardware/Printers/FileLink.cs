using EdgeQueue.Hardware.Kernel;

namespace EdgeQueue.Hardware.Printers;

/// <summary>An open usblp device (drivers/usb/class/usblp.c), or a file that plays one.</summary>
internal sealed class FileLink(string path, FileDescriptor file, bool canRead) : IPrinterLink
{
    private static readonly TimeSpan BetweenEmptyAnswers = TimeSpan.FromMilliseconds(10);

    private readonly Waiter waiter = new();
    private bool readable = canRead;

    /// <inheritdoc/>
    public bool CanRead => readable;

    /// <inheritdoc/>
    public int Write(ReadOnlySpan<byte> bytes, TimeSpan timeout) => LinkWriter.Write(file, waiter, path, bytes, timeout);

    /// <inheritdoc/>
    public int Read(Span<byte> buffer, TimeSpan timeout)
    {
        var start = TimeProvider.System.GetTimestamp();
        while (readable)
        {
            var rest = timeout - TimeProvider.System.GetElapsedTime(start);
            if (waiter.Wait(file, Files.PollIn, rest) == 0)
            {
                return 0;
            }

            switch (file.Read(buffer))
            {
                case > 0 and var count:
                    return count;
                case -Errno.Invalid or -Errno.NotSupported:
                    // A unidirectional port refuses to be read: it tells nothing, but it prints.
                    readable = false;
                    break;
                case 0 or -Errno.Again when rest <= TimeSpan.Zero:
                    return 0;
                case 0 or -Errno.Again:
                    // Some printers answer a read with an empty packet when they have nothing to say: not an end.
                    waiter.Wait(null, 0, BetweenEmptyAnswers);
                    break;
                case var error:
                    throw new DeviceException(path, "cannot read", -error);
            }
        }

        return 0;
    }

    /// <inheritdoc/>
    public PrinterStatus PortStatus()
    {
        var status = 0;
        return file.Control(LinePrinterAbi.GetStatus, ref status) < 0
            ? PrinterStatus.Unknown
            : LinePrinterAbi.Meaning(status);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        file.Dispose();
        waiter.Dispose();
    }
}
