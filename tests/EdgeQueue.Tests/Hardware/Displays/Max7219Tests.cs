using EdgeQueue.Hardware;
using EdgeQueue.Hardware.Displays;
using EdgeQueue.Hardware.Simulation;

namespace EdgeQueue.Tests.Hardware.Displays;

public sealed class Max7219Tests
{
    private readonly Max7219ChainChip chips = new(4);
    private readonly RecordingBus bus;

    public Max7219Tests() => bus = new RecordingBus(bytes => chips.Write(bytes));

    [Fact]
    public void The_first_flush_sets_every_register_and_wakes_the_chips_last()
    {
        using var display = new Max7219Matrix(new Max7219Chain(bus, 4));

        display.Show(new DisplayFrame("") { Brightness = 5 });
        display.Flush();

        Assert.Equal(
            [0x0F, 0x0B, 0x09, 1, 2, 3, 4, 5, 6, 7, 8, 0x0A, 0x0C],
            bus.Transfers.Select(transfer => (int)transfer[0]));
        Assert.All(bus.Transfers, transfer => Assert.Equal(8, transfer.Length));
        Assert.Equal([0x0B, 7, 0x0B, 7, 0x0B, 7, 0x0B, 7], bus.Transfers[1]);
        Assert.Equal([0x0C, 1, 0x0C, 1, 0x0C, 1, 0x0C, 1], bus.Transfers[^1]);
        Assert.Equal(5, chips.Intensity(0));
    }

    [Fact]
    public void A_label_lights_the_dots_a_person_reads()
    {
        using var display = new Max7219Matrix(new Max7219Chain(bus, 4));

        display.Show(new DisplayFrame("a042") { Arrow = Arrow.Left, Stale = true });
        display.Flush();

        Assert.Equal(
            """
            ..........###...###.....#...###.
            ..#......#...#.#...#...##..#...#
            .#.......#...#.#..##..#.#......#
            #####....#####.#.#.#.#..#.....#.
            .#.......#...#.##..#.#####...#..
            ..#......#...#.#...#....#...#...
            .........#...#..###.....#..#####
            #.#.#.#.#.#.#.#.#.#.#.#.#.#.#.#.
            """.ReplaceLineEndings("\n"),
            Picture());
    }

    [Fact]
    public void Cyrillic_labels_are_shown_as_they_are()
    {
        using var display = new Max7219Matrix(new Max7219Chain(bus, 4));

        display.Show(new DisplayFrame("Ж17"));
        display.Flush();

        Assert.Equal("...............#.#.#...#...#####", Picture().Split('\n')[0]);
    }

    [Fact]
    public void A_flush_sends_only_the_rows_that_changed()
    {
        using var display = new Max7219Matrix(new Max7219Chain(bus, 4));
        display.Show(new DisplayFrame("O"));
        display.Flush();
        bus.Transfers.Clear();

        // Q is an O with another tail: rows 4, 5 and 6 from zero.
        display.Show(new DisplayFrame("Q"));
        display.Flush();

        Assert.Equal([5, 6, 7], bus.Transfers.Select(transfer => (int)transfer[0]));
    }

    [Fact]
    public void Seven_segment_digits_count_from_the_right_of_each_module()
    {
        using var display = new Max7219Digits(new Max7219Chain(bus, 4));

        display.Show(new DisplayFrame("A042"));
        display.Flush();

        // The chip's own order is point, A … G (Table 6): A, 0, 4, 2 at the right-hand end of 32 digits.
        Assert.Equal([0x77, 0x7E, 0x33, 0x6D], Enumerable.Range(28, 4).Select(column => (int)chips.LitSegments(column)));
        Assert.All(Enumerable.Range(0, 28), column => Assert.Equal(0, chips.LitSegments(column)));
    }

    [Fact]
    public void A_dark_frame_shuts_the_chips_down_and_keeps_the_text()
    {
        using var display = new Max7219Digits(new Max7219Chain(bus, 4));
        display.Show(new DisplayFrame("8"));
        display.Flush();

        display.Show(new DisplayFrame("8") { Lit = false });
        display.Flush();
        Assert.True(chips.IsShutDown(0));
        Assert.Equal(0, chips.LitSegments(31));

        display.Show(new DisplayFrame("8"));
        display.Flush();
        Assert.Equal(0x7F, chips.LitSegments(31));
    }

    [Fact]
    public void A_bus_that_broke_half_way_shows_the_whole_picture_when_it_is_back()
    {
        using var display = new Max7219Matrix(new Max7219Chain(bus, 4));
        display.Show(new DisplayFrame("A042"));
        display.Flush();
        var whole = Picture();
        display.Show(new DisplayFrame("8888"));
        bus.BreaksAfter = 3;
        Assert.Throws<DeviceException>(display.Flush);

        chips.LosePower();
        bus.BreaksAfter = int.MaxValue;
        display.Show(new DisplayFrame("A042"));
        display.Flush();

        Assert.Equal(whole, Picture());
    }

    [Fact]
    public void The_arrow_must_fit_beside_the_label()
    {
        using var display = new Max7219Matrix(new Max7219Chain(bus, 4));

        Assert.True(display.CanShow("A042", Arrow.Right));
        Assert.True(display.CanShow("A0042"));
        Assert.False(display.CanShow("A0042", Arrow.Right));
        Assert.False(display.CanShow("A00042"));
    }

    private string Picture() => string.Join('\n', Enumerable.Range(0, 8).Select(
        y => string.Concat(Enumerable.Range(0, 32).Select(x => chips.IsLit(x, y) ? '#' : '.'))));
}
