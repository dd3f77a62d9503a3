using System.Runtime.InteropServices;

namespace EdgeQueue.Hardware.Kernel;

/// <summary>linux/spi/spidev.h.</summary>
internal static class SpiAbi
{
    public static readonly uint Message = Ioctl.Write<Transfer>('k', 0);
    public static readonly uint WriteMode = Ioctl.Write<byte>('k', 1);
    public static readonly uint WriteBitsPerWord = Ioctl.Write<byte>('k', 3);
    public static readonly uint WriteMaximumSpeed = Ioctl.Write<uint>('k', 4);

    /// <summary>struct spi_ioc_transfer, 32 bytes.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Transfer
    {
        public ulong TransmitBuffer;
        public ulong ReceiveBuffer;
        public uint Length;
        public uint SpeedHertz;
        public ushort DelayMicroseconds;
        public byte BitsPerWord;
        public byte ChipSelectChange;
        public byte TransmitBits;
        public byte ReceiveBits;
        public byte WordDelay;
        public byte Padding;
    }
}
