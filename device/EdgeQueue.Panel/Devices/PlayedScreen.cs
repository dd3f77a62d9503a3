using EdgeQueue.Hardware.Simulation;
using EdgeQueue.Hardware.TextDisplays;
using EdgeQueue.Panel.Page;

namespace EdgeQueue.Panel.Devices;

/// <summary>The dispenser's two lines: an HD44780 behind its PCF8574, dot by dot.</summary>
internal sealed class PlayedScreen : PlayedDisplay
{
    private readonly Hd44780Chip chip = new();
    private readonly CharacterGlass glass;
    private readonly string path;

    public PlayedScreen(string path, TextDisplayModel model)
    {
        this.path = path;
        glass = new CharacterGlass(chip, model.Rom, model.Columns);
    }

    protected override Task PlayAsync(CancellationToken cancellation) =>
        new BusServer(path, bytes => Take(() => chip.Write(bytes.Span[1..]))).RunAsync(cancellation);

    /// <summary>A row of dots for each of 2 × 8; the cells stand side by side, the page puts the gaps between.</summary>
    protected override DisplayView Look() => new(
        "characters", chip.DisplayOn && chip.BackLight, 15, $"{glass.Text(0)}\n{glass.Text(1)}", [], glass.Columns, Hd44780Pcf8574.Lines,
        [.. Enumerable.Range(0, Hd44780Pcf8574.Lines * CharacterGlass.CellHeight).Select(Row)]);

    private string Row(int y) => string.Concat(Enumerable.Range(0, glass.Columns).Select(column =>
    {
        var bits = glass.Dots(y / CharacterGlass.CellHeight, column)[y % CharacterGlass.CellHeight];
        return string.Concat(Enumerable.Range(0, CharacterGlass.CellWidth).Select(x => (bits & (0x10 >> x)) != 0 ? '#' : '.'));
    }));
}
