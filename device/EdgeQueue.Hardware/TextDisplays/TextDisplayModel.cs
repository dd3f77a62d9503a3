namespace EdgeQueue.Hardware.TextDisplays;

/// <summary>A text display as the configuration names it.</summary>
/// <param name="Chip"><c>hd44780-a00</c> or <c>hd44780-a02</c>: the controller and its character ROM, behind a PCF8574.</param>
/// <param name="Columns">16 or 20.</param>
public sealed record TextDisplayModel(string Chip, int Columns = 16)
{
    /// <summary>All names of <see cref="Chip"/>.</summary>
    public static IReadOnlyList<string> Chips { get; } = ["hd44780-a00", "hd44780-a02"];

    /// <exception cref="ArgumentException">There is no driver of that name.</exception>
    public CharacterRom Rom => Chip switch
    {
        "hd44780-a00" => CharacterRom.A00,
        "hd44780-a02" => CharacterRom.A02,
        _ => throw new ArgumentException($"there is no driver \"{Chip}\"; there are {string.Join(", ", Chips)}"),
    };

    /// <summary>The driver. Nothing is opened before the first <see cref="ITextDisplay.Flush"/>.</summary>
    /// <param name="path"><c>/dev/i2c-1</c>, or a simulator's socket.</param>
    /// <param name="address">0x20 … 0x27 (PCF8574) or 0x38 … 0x3F (PCF8574A); the solder bridges say which.</param>
    /// <exception cref="ArgumentException">There is no driver of that name.</exception>
    public ITextDisplay Open(string path, byte address) =>
        new Hd44780Display(new Hd44780Pcf8574(Buses.OpenI2c(path, address), Columns, Thread.Sleep), Rom);
}
