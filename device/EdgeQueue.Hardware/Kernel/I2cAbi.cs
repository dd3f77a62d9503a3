using System.Runtime.InteropServices;

namespace EdgeQueue.Hardware.Kernel;

/// <summary>linux/i2c-dev.h and linux/i2c.h.</summary>
internal static class I2cAbi
{
    public const uint SetSlaveAddress = 0x0703;
    public const uint Smbus = 0x0720;

    public const byte WriteTransfer = 0;
    public const uint SizeByte = 1;
    public const uint SizeI2cBlock = 8;
    public const int BlockMaximum = 32;

    /// <summary>struct i2c_smbus_ioctl_data; Data points to union i2c_smbus_data (length byte, then up to 33 bytes).</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct SmbusTransfer
    {
        public byte Direction;
        public byte Command;
        public uint Size;
        public nint Data;
    }
}
