namespace EdgeQueue.Hardware.Displays;

/// <summary>
/// A display as the configuration names it, for those who must know what it can show without having one: the loader that
/// refuses labels, the panel that draws it.
/// </summary>
/// <param name="Chip">
/// <c>ht16k33-14</c> (four characters of 14 segments), <c>ht16k33-7</c> (four of 7), <c>max7219-matrix</c> (a chain of
/// 8×8 matrices), <c>max7219-7</c> (eight digits a module), <c>rs485-board</c>.
/// </param>
/// <param name="Size">Modules of a MAX7219 chain, characters of a board; HT16K33 backpacks have four digits whatever is said here.</param>
public sealed record DisplayModel(string Chip, int Size = 4)
{
    public const string Ht16k33Fourteen = "ht16k33-14";
    public const string Ht16k33Seven = "ht16k33-7";
    public const string Max7219MatrixChip = "max7219-matrix";
    public const string Max7219Seven = "max7219-7";
    public const string Rs485 = "rs485-board";

    /// <summary>All names of <see cref="Chip"/>.</summary>
    public static IReadOnlyList<string> Chips { get; } =
        [Ht16k33Fourteen, Ht16k33Seven, Max7219MatrixChip, Max7219Seven, Rs485];

    /// <summary>Whether the chip is one that there is a driver for.</summary>
    public bool IsKnown => Chips.Contains(Chip);

    /// <exception cref="ArgumentException">There is no driver of that name.</exception>
    public IDisplayFont Font => Chip switch
    {
        Ht16k33Fourteen => FourteenSegmentFont.Instance,
        Ht16k33Seven or Max7219Seven => SevenSegmentFont.Instance,
        Max7219MatrixChip or Rs485 => MatrixFont.Instance,
        _ => throw Unknown(),
    };

    /// <summary>Characters that fit.</summary>
    /// <exception cref="ArgumentException">There is no driver of that name.</exception>
    public int Columns => Chip switch
    {
        Ht16k33Fourteen or Ht16k33Seven => 4,
        Max7219MatrixChip => MatrixFont.Fitting(Size * 8),
        Max7219Seven => Size * 8,
        Rs485 => Size,
        _ => throw Unknown(),
    };

    /// <summary>Whether the display can show this text: it fits and every character has a glyph of its own.</summary>
    public bool CanShow(string text) => text.Length <= Columns && Font.CanShow(text);

    /// <summary>The driver. Nothing is opened before the first <see cref="ILedDisplay.Flush"/>.</summary>
    /// <param name="path">Of the bus: <c>/dev/i2c-1</c>, <c>/dev/spidev0.0</c>, <c>/dev/ttyUSB0</c>, or a simulator's socket.</param>
    /// <param name="address">I²C address 0x70 … 0x77, or the board's address 0 … 247; SPI has none.</param>
    /// <param name="baud">Of an RS-485 line.</param>
    /// <exception cref="ArgumentException">There is no driver of that name.</exception>
    public ILedDisplay Open(string path, byte address = 0x70, int baud = 9600) => Chip switch
    {
        Ht16k33Fourteen => new Ht16k33Display(new Ht16k33(Buses.OpenI2c(path, address)), Ht16k33Board.FourteenSegments),
        Ht16k33Seven => new Ht16k33Display(new Ht16k33(Buses.OpenI2c(path, address)), Ht16k33Board.SevenSegments),
        Max7219MatrixChip => new Max7219Matrix(new Max7219Chain(Buses.OpenSpi(path), Size)),
        Max7219Seven => new Max7219Digits(new Max7219Chain(Buses.OpenSpi(path), Size)),
        Rs485 => new Rs485Board(Buses.OpenSerial(path, new() { Baud = baud, Rs485 = true }), address, Size),
        _ => throw Unknown(),
    };

    private ArgumentException Unknown() =>
        new($"there is no driver \"{Chip}\"; there are {string.Join(", ", Chips)}");
}
