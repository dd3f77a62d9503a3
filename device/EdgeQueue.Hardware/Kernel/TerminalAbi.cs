using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EdgeQueue.Hardware.Kernel;

/// <summary>
/// The kernel's own terminal interface (asm-generic/termbits.h): struct termios2 takes any baud rate as a number,
/// where the C library's knows a fixed list.
/// </summary>
internal static class TerminalAbi
{
    public static readonly uint GetSettings = Ioctl.Read<Settings>('T', 0x2A);
    public static readonly uint SetSettings = Ioctl.Write<Settings>('T', 0x2B);
    public const uint SetRs485 = 0x542F;

    public const uint BaudMask = 0x100F;
    public const uint BaudAsNumber = 0x1000;
    public const uint SizeMask = 0x30;
    public const uint EightBits = 0x30;
    public const uint TwoStopBits = 0x40;
    public const uint EnableReceiver = 0x80;
    public const uint ParityEnable = 0x100;
    public const uint ParityOdd = 0x200;
    public const uint IgnoreModemLines = 0x800;
    public const uint HardwareFlow = 0x80000000;

    public const uint Rs485Enabled = 1;
    public const uint Rs485RtsOnSend = 2;
    public const uint Rs485RtsAfterSend = 4;

    /// <summary>struct termios2, 44 bytes.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Settings
    {
        public uint Input;
        public uint Output;
        public uint Control;
        public uint Local;
        public byte Line;
        public ControlCharacters Characters;
        public uint InputBaud;
        public uint OutputBaud;
    }

    [InlineArray(19)]
    public struct ControlCharacters
    {
        private byte first;
    }

    /// <summary>struct serial_rs485 (linux/serial.h), 32 bytes; delays in milliseconds.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct Rs485
    {
        public uint Flags;
        public uint DelayBeforeSend;
        public uint DelayAfterSend;
        public Rs485Padding Padding;
    }

    [InlineArray(5)]
    public struct Rs485Padding
    {
        private uint first;
    }
}
