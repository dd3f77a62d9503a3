using EdgeQueue.Hardware.Kernel;

namespace EdgeQueue.Hardware.I2c;

/// <summary>
/// i2c-dev through the I2C_SMBUS ioctl, because every adapter knows it, while plain I2C_RDWR is missing on SMBus-only
/// ones (and on the kernel's i2c-stub). The bytes on the wire are the same.
/// </summary>
public sealed class LinuxI2cBus : II2cBus
{
    private readonly string path;
    private readonly byte address;
    private FileDescriptor? file;

    /// <param name="path">E.g. <c>/dev/i2c-1</c>.</param>
    /// <param name="address">7-bit address, 0x08 … 0x77 (the others are reserved, I²C specification UM10204 §3.1.12).</param>
    public LinuxI2cBus(string path, byte address)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(address, (byte)0x08);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(address, (byte)0x77);
        this.path = path;
        this.address = address;
    }

    /// <inheritdoc/>
    public void Write(ReadOnlySpan<byte> bytes)
    {
        ArgumentOutOfRangeException.ThrowIfZero(bytes.Length);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(bytes.Length, 1 + I2cAbi.BlockMaximum);
        var open = file ??= Open();
        if (Transfer(open, bytes) is var answer && answer < 0)
        {
            // Opened anew next time: the adapter itself may have been replugged.
            open.Dispose();
            file = null;
            throw new DeviceException(path, $"no answer from address 0x{address:X2}", -answer);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => file?.Dispose();

    private static unsafe int Transfer(FileDescriptor file, ReadOnlySpan<byte> bytes)
    {
        // union i2c_smbus_data: the number of bytes, then the bytes after the command.
        Span<byte> block = stackalloc byte[34];
        block[0] = (byte)(bytes.Length - 1);
        bytes[1..].CopyTo(block[1..]);
        fixed (byte* data = block)
        {
            var transfer = new I2cAbi.SmbusTransfer
            {
                Direction = I2cAbi.WriteTransfer,
                Command = bytes[0],
                Size = bytes.Length == 1 ? I2cAbi.SizeByte : I2cAbi.SizeI2cBlock,
                Data = (nint)data,
            };
            return file.Control(I2cAbi.Smbus, ref transfer);
        }
    }

    private FileDescriptor Open()
    {
        var opened = FileDescriptor.Open(path, Files.ReadWrite);
        if (opened.Control(I2cAbi.SetSlaveAddress, address) is var answer && answer < 0)
        {
            opened.Dispose();
            throw new DeviceException(path, $"cannot take address 0x{address:X2}", -answer);
        }

        return opened;
    }
}
