using EdgeQueue.Hardware;
using EdgeQueue.Hardware.Simulation;
using EdgeQueue.Hardware.TextDisplays;
using EdgeQueue.Tests.Hardware.Displays;

namespace EdgeQueue.Tests.Hardware.TextDisplays;

public sealed class Hd44780Tests
{
    private readonly Hd44780Chip chip = new();
    private readonly RecordingBus bus;

    /// <summary>Transfers as they leave, and between them how long was waited.</summary>
    private readonly List<string> order = [];

    public Hd44780Tests() => bus = new RecordingBus(bytes =>
    {
        order.Add(Convert.ToHexString(bytes));
        chip.Write(bytes);
    });

    [Fact]
    public void The_start_is_the_one_of_figure_24_with_its_pauses()
    {
        using var display = Display();
        display.Flush();

        // Back light 08, E 04: each half is taken over at the falling edge. One idle byte before the first and after each instruction.
        Assert.Equal(
            [
                "40 ms", "083C38", "5 ms", "3C38", "1 ms",
                "3C38" + "2C28" + "2C288C8808" + "0C088C8808" + "0C081C1808", "2 ms",
            ],
            order[..7]);
        Assert.Equal([0x30, 0x30, 0x30, 0x20, 0x28, 0x08, 0x01, 0x06, 0x0C, 0x40, 0x80, 0xC0], chip.Instructions);
        Assert.Empty(chip.Violations);
        Assert.True(chip is { DisplayOn: true, TwoLines: true, BackLight: true });
    }

    [Fact]
    public void Each_character_is_two_halves_behind_a_steady_RS_and_an_idle_byte()
    {
        using var display = Display();
        display.Flush();
        order.Clear();

        display.Show("A", "");
        display.Flush();

        // 0x80: first place; then RS high alone, then 0x41.
        Assert.Equal(["08" + "8C88" + "0C08" + "08" + "09" + "4D49" + "1D19" + "09"], order);
        Assert.Equal("A               ", Line(0));
    }

    [Fact]
    public void No_transfer_is_longer_than_an_SMBus_block_and_E_is_never_raised_together_with_RS()
    {
        using var display = Display(columns: 20);
        display.Show("Twenty characters ..", "and twenty below ...");
        display.Flush();

        Assert.All(bus.Transfers, transfer => Assert.InRange(transfer.Length, 1, 33));
        Assert.Empty(chip.Violations);
        Assert.Equal("Twenty characters ..", Line(0, 20));
        Assert.Equal("and twenty below ...", Line(1, 20));
    }

    [Fact]
    public void A_second_flush_sends_only_the_part_of_a_line_that_changed()
    {
        using var display = Display();
        display.Show("Your number:", "> 123");
        display.Flush();
        order.Clear();
        chip.Instructions.Clear();

        display.Flush();
        Assert.Empty(order);

        display.Show("Your number:", "> 1234");
        display.Flush();
        Assert.Equal([0xC5], chip.Instructions.Select(i => (int)i)); // line 2, sixth place
        Assert.Equal("> 1234          ", Line(1));
    }

    [Fact]
    public void What_the_ROM_lacks_is_drawn_into_the_chip_before_it_is_used_and_only_once()
    {
        using var display = Display(rom: CharacterRom.A00);
        display.Show("Spróbuj później", "");
        display.Flush();

        Assert.Equal(chip.Code(0, 3), chip.Code(0, 9)); // ó, twice
        Assert.InRange(chip.Code(0, 3), 0, 7);
        Assert.Equal([0x02, 0x04, 0x0E, 0x11, 0x11, 0x11, 0x0E, 0x00], chip.Own(chip.Code(0, 3)).ToArray());
        Assert.NotEqual(chip.Code(0, 3), chip.Code(0, 11)); // ź
        chip.Instructions.Clear();

        display.Show("później", "");
        display.Flush();
        Assert.DoesNotContain(chip.Instructions, i => i is >= 0x40 and < 0x80);
    }

    [Fact]
    public void A_chip_that_lost_its_power_shows_the_text_again_and_one_that_did_not_is_never_cleared()
    {
        using var display = Display();
        display.Show("Ticket A042", "Take the paper");
        display.Flush();
        chip.LosePower();
        chip.Instructions.Clear();

        display.Invalidate();
        display.Flush();

        Assert.Equal("Ticket A042     ", Line(0));
        Assert.DoesNotContain((byte)0x01, chip.Instructions);
        Assert.DoesNotContain((byte)0x08, chip.Instructions);
        Assert.DoesNotContain("40 ms", order[order.LastIndexOf("40 ms")..].Skip(1));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(6)]
    public void A_flush_that_fails_half_way_is_repeated_as_a_whole(int transfers)
    {
        using var display = Display();
        display.Show("Ticket A042", "Take the paper");
        bus.BreaksAfter = transfers;
        Assert.Throws<DeviceException>(display.Flush);

        chip.LosePower();
        bus.BreaksAfter = int.MaxValue;
        display.Flush();

        Assert.Equal("Ticket A042     ", Line(0));
        Assert.Equal("Take the paper  ", Line(1));
        Assert.Empty(chip.Violations);
    }

    [Fact]
    public void A_chip_that_was_left_in_the_middle_of_an_instruction_is_found_again()
    {
        chip.Write([0x08, 0x3C, 0x38, 0x3C, 0x38, 0x2C, 0x28, 0x8C, 0x88]); // four bits, and half an instruction
        using var display = Display();
        display.Show("Ticket A042", "");
        display.Flush();

        Assert.Equal("Ticket A042     ", Line(0));
    }

    [Fact]
    public void Text_that_cannot_be_shown_is_refused_and_not_shown_wrongly()
    {
        using var display = Display(rom: CharacterRom.A00);

        Assert.False(display.CanShow("seventeen letters", ""));
        Assert.False(display.CanShow("تذكرة", ""));
        Assert.False(display.CanShow("БГДЖЗИ", "ЛПУ"));  // nine drawings
        Assert.True(display.CanShow("БГДЖЗИ", "ЛП"));
        Assert.Throws<ArgumentException>(() => display.Show("تذكرة", ""));
    }

    private Hd44780Display Display(CharacterRom? rom = null, int columns = 16) => new(
        new Hd44780Pcf8574(bus, columns, span => order.Add($"{span.TotalMilliseconds} ms")), rom ?? CharacterRom.A02);

    private string Line(int line, int columns = 16) =>
        string.Concat(Enumerable.Range(0, columns).Select(column => (char)chip.Code(line, column)));
}
