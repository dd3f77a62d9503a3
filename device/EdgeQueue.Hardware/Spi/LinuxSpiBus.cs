using EdgeQueue.Hardware.Kernel;

namespace EdgeQueue.Hardware.Spi;

/// <summary>spidev: mode 0, 8 bits a word, most significant bit first.</summary>
public sealed class LinuxSpiBus(string path, uint hertz) : ISpiBus
{
    private FileDescriptor? file;

    /// <inheritdoc/>
    public unsafe void Write(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfZero(bytes.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes.Length, 4096);
        var open = file ??= Open();
        fixed (byte* data = bytes)
        {
            var transfer = new SpiAbi.Transfer
            {
                TransmitBuffer = (ulong)data,
                Length = (uint)bytes.Length,
                SpeedHertz = hertz,
                BitsPerWord = 8,
            };
            if (open.Control(SpiAbi.Message, ref transfer) is var answer && answer < 0)
            {
                open.Dispose();
                file = null;
                throw new DeviceException(path, "transfer failed", -answer);
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => file?.Dispose();

    private FileDescriptor Open()
    {
        var opened = FileDescriptor.Open(path, Files.ReadWrite);
        byte mode = 0;
        byte bits = 8;
        var speed = hertz;
        var answer = opened.Control(SpiAbi.WriteMode, ref mode);
        answer = answer < 0 ? answer : opened.Control(SpiAbi.WriteBitsPerWord, ref bits);
        answer = answer < 0 ? answer : opened.Control(SpiAbi.WriteMaximumSpeed, ref speed);
        if (answer < 0)
        {
            opened.Dispose();
            throw new DeviceException(path, $"does not take SPI mode 0 at {hertz} Hz", -answer);
        }

        return opened;
    }
}
