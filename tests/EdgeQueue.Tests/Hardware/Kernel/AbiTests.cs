using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using EdgeQueue.Hardware.Kernel;

namespace EdgeQueue.Tests.Hardware.Kernel;

/// <summary>The numbers on the left are what a C compiler prints for the kernel's headers (Linux 6.1, x86-64; arm64 is the same).</summary>
public sealed class AbiTests
{
    [Fact]
    public void Structures_are_as_large_as_the_kernels()
    {
        Assert.Equal(24, Unsafe.SizeOf<EvdevAbi.InputEvent>());
        Assert.Equal(592, Unsafe.SizeOf<GpioAbi.LineRequest>());
        Assert.Equal(272, Unsafe.SizeOf<GpioAbi.LineConfig>());
        Assert.Equal(24, Unsafe.SizeOf<GpioAbi.LineAttribute>());
        Assert.Equal(48, Unsafe.SizeOf<GpioAbi.LineEvent>());
        Assert.Equal(256, Unsafe.SizeOf<GpioAbi.LineInfo>());
        Assert.Equal(16, Unsafe.SizeOf<GpioAbi.LineValues>());
        Assert.Equal(16, Unsafe.SizeOf<I2cAbi.SmbusTransfer>());
        Assert.Equal(32, Unsafe.SizeOf<SpiAbi.Transfer>());
        Assert.Equal(44, Unsafe.SizeOf<TerminalAbi.Settings>());
        Assert.Equal(32, Unsafe.SizeOf<TerminalAbi.Rs485>());
    }

    [Fact]
    public void Fields_are_where_the_kernel_looks_for_them()
    {
        Assert.Equal(288, Marshal.OffsetOf<GpioAbi.LineRequest>(nameof(GpioAbi.LineRequest.Config)));
        Assert.Equal(560, Marshal.OffsetOf<GpioAbi.LineRequest>(nameof(GpioAbi.LineRequest.LineCount)));
        Assert.Equal(588, Marshal.OffsetOf<GpioAbi.LineRequest>(nameof(GpioAbi.LineRequest.File)));
        Assert.Equal(32, Marshal.OffsetOf<GpioAbi.LineConfig>(nameof(GpioAbi.LineConfig.Attributes)));
        Assert.Equal(8, Marshal.OffsetOf<I2cAbi.SmbusTransfer>(nameof(I2cAbi.SmbusTransfer.Data)));
        Assert.Equal(40, Marshal.OffsetOf<TerminalAbi.Settings>(nameof(TerminalAbi.Settings.OutputBaud)));
    }

    [Fact]
    public void Requests_have_the_kernels_numbers()
    {
        Assert.Equal(0x40044590u, EvdevAbi.Grab);
        Assert.Equal(0x400445A0u, EvdevAbi.SetClock);
        Assert.Equal(0x81004506u, EvdevAbi.GetName);
        Assert.Equal(0x80604518u, EvdevAbi.GetKeys);
        Assert.Equal(0xC250B407u, GpioAbi.GetLine);
        Assert.Equal(0xC100B405u, GpioAbi.GetLineInfo);
        Assert.Equal(0xC010B40Eu, GpioAbi.GetValues);
        Assert.Equal(0xC010B40Fu, GpioAbi.SetValues);
        Assert.Equal(0x40206B00u, SpiAbi.Message);
        Assert.Equal(0x40016B01u, SpiAbi.WriteMode);
        Assert.Equal(0x40016B03u, SpiAbi.WriteBitsPerWord);
        Assert.Equal(0x40046B04u, SpiAbi.WriteMaximumSpeed);
        Assert.Equal(0x802C542Au, TerminalAbi.GetSettings);
        Assert.Equal(0x402C542Bu, TerminalAbi.SetSettings);
    }
}
