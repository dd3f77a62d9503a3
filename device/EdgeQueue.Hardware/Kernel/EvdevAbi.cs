using System.Runtime.InteropServices;

namespace EdgeQueue.Hardware.Kernel;

/// <summary>linux/input.h and linux/input-event-codes.h, for 64-bit kernels (where struct input_event has 24 bytes).</summary>
internal static class EvdevAbi
{
    public const ushort TypeSynchronise = 0;
    public const ushort TypeKey = 1;
    public const ushort CodeReport = 0;
    public const ushort CodeDropped = 3;

    public const int ValueUp = 0;
    public const int ValueDown = 1;

    public const int NameBytes = 256;
    public const int KeyBytes = 96;

    public const int ClockMonotonic = 1;

    public static readonly uint Grab = Ioctl.Write<int>('E', 0x90);
    public static readonly uint SetClock = Ioctl.Write<int>('E', 0xA0);
    public static readonly uint GetName = Ioctl.ReadBytes('E', 0x06, NameBytes);
    public static readonly uint GetKeys = Ioctl.ReadBytes('E', 0x18, KeyBytes);

    /// <summary>struct input_event.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct InputEvent
    {
        public long Seconds;
        public long Microseconds;
        public ushort Type;
        public ushort Code;
        public int Value;
    }
}
