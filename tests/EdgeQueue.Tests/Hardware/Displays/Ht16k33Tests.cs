using EdgeQueue.Hardware;
using EdgeQueue.Hardware.Displays;
using EdgeQueue.Hardware.Simulation;

namespace EdgeQueue.Tests.Hardware.Displays;

public sealed class Ht16k33Tests
{
    private readonly Ht16k33Chip chip = new();
    private readonly RecordingBus bus;

    public Ht16k33Tests() => bus = new RecordingBus(bytes => chip.Write(bytes));

    [Fact]
    public void The_first_flush_starts_the_chip_with_the_bytes_of_the_datasheet()
    {
        using var display = Display(Ht16k33Board.FourteenSegments);

        display.Show(new DisplayFrame("A042") { Brightness = 7 });
        display.Flush();

        Assert.Equal(
            [
                [0x21],
                [0x00, 0xF7, 0x00, 0x3F, 0x0C, 0xE6, 0x00, 0xDB, 0x00, 0, 0, 0, 0, 0, 0, 0, 0],
                [0xE7],
                [0x81],
            ],
            bus.Transfers);
    }

    [Fact]
    public void Seven_segment_backpacks_have_their_digits_around_the_colon()
    {
        using var display = Display(Ht16k33Board.SevenSegments);

        display.Show(new DisplayFrame("A042"));
        display.Flush();

        Assert.Equal([0x00, 0x77, 0, 0x3F, 0, 0, 0, 0x66, 0, 0x5B, 0, 0, 0, 0, 0, 0, 0], bus.Transfers[1]);
    }

    [Fact]
    public void A_second_flush_sends_only_what_changed()
    {
        using var display = Display(Ht16k33Board.FourteenSegments);
        display.Show(new DisplayFrame("A042"));
        display.Flush();
        bus.Transfers.Clear();

        display.Flush();
        Assert.Empty(bus.Transfers);

        display.Show(new DisplayFrame("A042") { Blink = Blink.TwoHertz });
        display.Flush();
        Assert.Equal([[0x83]], bus.Transfers);
        Assert.Equal(2, chip.BlinkHertz);
    }

    [Fact]
    public void A_label_is_right_aligned_and_the_arrow_stands_on_the_side_it_points_to()
    {
        using var display = Display(Ht16k33Board.FourteenSegments);

        display.Show(new DisplayFrame("42") { Arrow = Arrow.Left });
        display.Flush();
        Assert.Equal([0x2480, 0, 0x00E6, 0x00DB], Words());

        display.Show(new DisplayFrame("42") { Arrow = Arrow.Right });
        display.Flush();
        Assert.Equal([0, 0x00E6, 0x00DB, 0x0940], Words());
    }

    [Fact]
    public void Where_the_arrow_does_not_fit_the_label_stays()
    {
        using var display = Display(Ht16k33Board.FourteenSegments);
        Assert.False(display.CanShow("A042", Arrow.Left));

        display.Show(new DisplayFrame("A042") { Arrow = Arrow.Left });
        display.Flush();

        Assert.Equal([0x00F7, 0x0C3F, 0x00E6, 0x00DB], Words());
    }

    [Theory]
    [InlineData(Ht16k33Board.FourteenSegments)]
    [InlineData(Ht16k33Board.SevenSegments)]
    public void A_stale_sign_lights_every_point_even_on_an_empty_display(Ht16k33Board board)
    {
        using var display = Display(board);

        display.Show(new DisplayFrame("") { Stale = true });
        display.Flush();

        for (var digit = 0; digit < 4; digit++)
        {
            Assert.Equal(
                board == Ht16k33Board.FourteenSegments ? 0x4000 : 0x80,
                board == Ht16k33Board.FourteenSegments ? chip.LitWord(digit) : chip.LitSevenSegments(digit));
        }
    }

    [Fact]
    public void A_dark_frame_is_dark_and_comes_back()
    {
        using var display = Display(Ht16k33Board.FourteenSegments);
        display.Show(new DisplayFrame("8") { Lit = false });
        display.Flush();
        Assert.Equal([0, 0, 0, 0], Words());

        display.Show(new DisplayFrame("8"));
        display.Flush();
        Assert.Equal([0, 0, 0, 0x00FF], Words());
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(15, 16)]
    public void Brightness_is_the_duty_of_the_datasheet(int brightness, int sixteenths)
    {
        using var display = Display(Ht16k33Board.FourteenSegments);
        display.Show(new DisplayFrame("8") { Brightness = brightness });
        display.Flush();
        Assert.Equal(sixteenths, chip.DutySixteenths);
    }

    [Fact]
    public void A_chip_that_lost_its_power_lights_up_again_after_the_owner_forgets_it()
    {
        using var display = Display(Ht16k33Board.FourteenSegments);
        display.Show(new DisplayFrame("A042") { Brightness = 3 });
        display.Flush();

        chip.LosePower();
        display.Invalidate();
        display.Flush();

        Assert.Equal([0x00F7, 0x0C3F, 0x00E6, 0x00DB], Words());
        Assert.Equal(4, chip.DutySixteenths);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_flush_that_fails_half_way_is_repeated_as_a_whole(int transfers)
    {
        using var display = Display(Ht16k33Board.FourteenSegments);
        display.Show(new DisplayFrame("A042"));
        bus.BreaksAfter = transfers;
        Assert.Throws<DeviceException>(display.Flush);

        chip.LosePower();
        bus.BreaksAfter = int.MaxValue;
        display.Flush();

        Assert.Equal([0x00F7, 0x0C3F, 0x00E6, 0x00DB], Words());
    }

    [Fact]
    public void A_chip_that_fails_in_the_middle_of_its_life_is_started_anew()
    {
        using var display = Display(Ht16k33Board.FourteenSegments);
        display.Show(new DisplayFrame("1"));
        display.Flush();
        display.Show(new DisplayFrame("A042"));
        bus.BreaksAfter = 0;
        Assert.Throws<DeviceException>(display.Flush);

        chip.LosePower();
        bus.BreaksAfter = int.MaxValue;
        display.Flush();

        Assert.Equal([0x00F7, 0x0C3F, 0x00E6, 0x00DB], Words());
    }

    [Fact]
    public void Text_that_cannot_be_shown_is_refused_and_not_shown_wrongly()
    {
        using var display = Display(Ht16k33Board.SevenSegments);

        Assert.False(display.CanShow("S005"));
        Assert.False(display.CanShow("A0042"));
        Assert.Throws<ArgumentException>(() => display.Show(new DisplayFrame("S005")));
        Assert.Throws<ArgumentOutOfRangeException>(() => display.Show(new DisplayFrame("A") { Brightness = 16 }));
    }

    private Ht16k33Display Display(Ht16k33Board board) => new(new Ht16k33(bus), board);

    private int[] Words() => [.. Enumerable.Range(0, 4).Select(digit => (int)chip.LitWord(digit))];
}
