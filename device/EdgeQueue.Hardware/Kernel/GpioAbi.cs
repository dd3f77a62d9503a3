using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace EdgeQueue.Hardware.Kernel;

/// <summary>linux/gpio.h, the character device's second interface (uAPI v2, Linux 5.10 and later).</summary>
internal static class GpioAbi
{
    public const ulong ActiveLow = 1 << 1;
    public const ulong Input = 1 << 2;
    public const ulong Output = 1 << 3;
    public const ulong EdgeRising = 1 << 4;
    public const ulong EdgeFalling = 1 << 5;
    public const ulong BiasPullUp = 1 << 8;
    public const ulong BiasPullDown = 1 << 9;
    public const ulong BiasDisabled = 1 << 10;

    public const uint AttributeDebounce = 3;
    public const uint AttributeOutputValues = 2;

    public const uint EventRisingEdge = 1;
    public const uint EventFallingEdge = 2;

    public static readonly uint GetLineInfo = Ioctl.ReadWrite<LineInfo>(0xB4, 0x05);
    public static readonly uint GetLine = Ioctl.ReadWrite<LineRequest>(0xB4, 0x07);
    public static readonly uint GetValues = Ioctl.ReadWrite<LineValues>(0xB4, 0x0E);
    public static readonly uint SetValues = Ioctl.ReadWrite<LineValues>(0xB4, 0x0F);

    /// <summary>struct gpio_v2_line_request, 592 bytes.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct LineRequest
    {
        public Offsets Offsets;
        public Name Consumer;
        public LineConfig Config;
        public uint LineCount;
        public uint EventBufferSize;
        public Padding5 Padding;
        public int File;
    }

    /// <summary>struct gpio_v2_line_config, 272 bytes.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct LineConfig
    {
        public ulong Flags;
        public uint AttributeCount;
        public Padding5 Padding;
        public Attributes Attributes;
    }

    /// <summary>struct gpio_v2_line_config_attribute, 24 bytes: the attribute and the lines it is for.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct LineAttribute
    {
        public uint Id;
        public uint Padding;

        /// <summary>Debounce: microseconds in the first four bytes (a union; these machines are little endian).</summary>
        public ulong Value;
        public ulong Lines;
    }

    /// <summary>struct gpio_v2_line_values, 16 bytes.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct LineValues
    {
        public ulong Bits;
        public ulong Lines;
    }

    /// <summary>struct gpio_v2_line_event, 48 bytes; the time is CLOCK_MONOTONIC in nanoseconds.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct LineEvent
    {
        public ulong Timestamp;
        public uint Id;
        public uint Offset;
        public uint Sequence;
        public uint LineSequence;
        public Padding6 Padding;
    }

    /// <summary>struct gpio_v2_line_info, 256 bytes.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct LineInfo
    {
        public Name LineName;
        public Name Consumer;
        public uint Offset;
        public uint AttributeCount;
        public ulong Flags;
        public InfoAttributes Attributes;
        public Padding4 Padding;
    }

    [InlineArray(64)]
    public struct Offsets
    {
        private uint first;
    }

    [InlineArray(32)]
    public struct Name
    {
        private byte first;
    }

    [InlineArray(10)]
    public struct Attributes
    {
        private LineAttribute first;
    }

    /// <summary>struct gpio_v2_line_attribute[10], 16 bytes each.</summary>
    [InlineArray(20)]
    public struct InfoAttributes
    {
        private ulong first;
    }

    [InlineArray(4)]
    public struct Padding4
    {
        private uint first;
    }

    [InlineArray(5)]
    public struct Padding5
    {
        private uint first;
    }

    [InlineArray(6)]
    public struct Padding6
    {
        private uint first;
    }
}
