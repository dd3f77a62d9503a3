using System.Runtime.InteropServices;
using EdgeQueue.Hardware;
using EdgeQueue.Hardware.Gpio;
using EdgeQueue.Hardware.Input;
using EdgeQueue.Hardware.Kernel;
using EdgeQueue.Hardware.Leds;

namespace EdgeQueue.Tests.Hardware.Gpio;

/// <summary>There is no GPIO chip here: the bytes that go to the kernel and come from it are looked at instead.</summary>
public sealed class GpioTests
{
    [Fact]
    public void A_button_asks_for_its_line_with_both_edges_pull_up_and_debounce()
    {
        var request = GpioLine.Input(17, new GpioInputSettings { Debounce = TimeSpan.FromMilliseconds(5) });
        var bytes = MemoryMarshal.AsBytes(MemoryMarshal.CreateReadOnlySpan(ref request, 1));

        Assert.Equal(17u, MemoryMarshal.Read<uint>(bytes));
        Assert.True(bytes[256..].StartsWith("edgequeue\0"u8));
        Assert.Equal(0b1_0011_0110UL, MemoryMarshal.Read<ulong>(bytes[288..]));
        Assert.Equal(1u, MemoryMarshal.Read<uint>(bytes[296..]));
        Assert.Equal(3u, MemoryMarshal.Read<uint>(bytes[320..]));
        Assert.Equal(5000u, MemoryMarshal.Read<uint>(bytes[328..]));
        Assert.Equal(1UL, MemoryMarshal.Read<ulong>(bytes[336..]));
        Assert.Equal(1u, MemoryMarshal.Read<uint>(bytes[560..]));
    }

    [Fact]
    public void A_lamp_asks_for_an_output_that_is_off()
    {
        var request = GpioLine.Output(4, activeLow: true);
        var bytes = MemoryMarshal.AsBytes(MemoryMarshal.CreateReadOnlySpan(ref request, 1));

        Assert.Equal(4u, MemoryMarshal.Read<uint>(bytes));
        Assert.Equal(0b1010UL, MemoryMarshal.Read<ulong>(bytes[288..]));
        Assert.Equal(2u, MemoryMarshal.Read<uint>(bytes[320..]));
        Assert.Equal(0UL, MemoryMarshal.Read<ulong>(bytes[328..]));
        Assert.Equal(1UL, MemoryMarshal.Read<ulong>(bytes[336..]));
    }

    [Fact]
    public void Edges_become_presses_with_the_kernels_time()
    {
        Assert.Equal(
            [new KeyChanged(KeyCode.Button0, true, 5_000), new KeyChanged(KeyCode.Button0, false, 9_000)],
            Decode((5_000, GpioAbi.EventRisingEdge, 1), (9_000, GpioAbi.EventFallingEdge, 2)));
    }

    [Fact]
    public void A_gap_in_the_lines_own_numbers_is_a_loss_that_is_told()
    {
        Assert.Equal(
            [
                new KeyChanged(KeyCode.Button0, true, 1),
                new PressesLost("/dev/gpiochip0:17"),
                new KeyChanged(KeyCode.Button0, false, 2),
            ],
            Decode((1, GpioAbi.EventRisingEdge, 1), (2, GpioAbi.EventFallingEdge, 4)));
    }

    [Theory]
    [InlineData("/dev/gpiochip0:abc")]
    [InlineData("/dev/gpiochip0:17:high")]
    [InlineData("/dev/gpiochip0:-1")]
    public void A_lamp_that_is_no_pin_says_so_and_makes_no_file(string path)
    {
        using var lamp = Lamps.Open(path);

        Assert.Contains("is not a pin", Assert.Throws<DeviceException>(() => lamp.Light(true)).Message, StringComparison.Ordinal);
        Assert.False(File.Exists(path));
    }

    [Fact]
    public void A_lamp_at_a_chip_that_is_missing_says_where_and_what_to_do()
    {
        using var lamp = Lamps.Open("/dev/no-gpiochip:17");

        var error = Assert.Throws<DeviceException>(() => lamp.Light(true));

        Assert.Contains("/dev/no-gpiochip: cannot open", error.Message, StringComparison.Ordinal);
        Assert.Contains("is the path right?", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_button_at_a_chip_that_is_missing_is_absent_until_it_is_cancelled()
    {
        var button = new GpioButton("/dev/no-gpiochip", 17, KeyCode.Button0, new GpioInputSettings());
        using var stop = new CancellationTokenSource();
        var running = button.RunAsync(stop.Token);

        Assert.IsType<DeviceAbsent>(await Soon.Next(button.Arrivals));

        await stop.CancelAsync();
        await Soon.Of(running);
    }

    private static List<InputArrival> Decode(params (ulong At, uint Edge, uint Sequence)[] events)
    {
        var told = new List<InputArrival>();
        var decoder = new GpioEventDecoder("/dev/gpiochip0:17", KeyCode.Button0);
        foreach (var (at, edge, sequence) in events)
        {
            // By offset, as gpiolib writes it, not by our structure.
            var bytes = new byte[48];
            MemoryMarshal.Write(bytes, at);
            MemoryMarshal.Write(bytes.AsSpan(8), edge);
            MemoryMarshal.Write(bytes.AsSpan(12), 17u);
            MemoryMarshal.Write(bytes.AsSpan(16), sequence + 100);
            MemoryMarshal.Write(bytes.AsSpan(20), sequence);
            decoder.Take(MemoryMarshal.Read<GpioAbi.LineEvent>(bytes), told.Add);
        }

        return told;
    }
}
