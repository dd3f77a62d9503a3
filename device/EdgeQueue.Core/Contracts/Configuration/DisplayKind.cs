using System.Collections.Frozen;

namespace EdgeQueue.Core.Contracts.Configuration;

/// <summary>
/// What a kind of LED display can show, by its chip as the configuration names it. Core cannot see the fonts, which live with
/// the drivers in <c>EdgeQueue.Hardware/Displays</c>; a test asserts that both say the same of every character and size.
/// </summary>
public sealed class DisplayKind
{
    /// <summary>The one kind on a tty.</summary>
    internal const string Rs485 = "rs485-board";

    private const string Digits = "0123456789";
    private const string Latin = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    // No diagonals, so no K M V W X; and S is a 5, Z is a 2.
    private const string SevenSegments = Digits + "ABCDEFGHIJLNOPQRTUY" + " -_=";
    private const string FourteenSegments = Digits + Latin + " -_=+*/";
    private const string Dots = Digits + Latin + "ÆØÅÄÖÜÑ" + "АБВГҐДЕЄЁЖЗИІЇЙКЛМНОПРСТУФХЦЧШЩЪЫЬЭЮЯ" + " -_=+*/.:!?#←→↑↓";

    private static readonly FrozenDictionary<string, DisplayKind> Kinds = new[]
    {
        new DisplayKind("ht16k33-7", "a seven-segment display", SevenSegments, _ => 4),
        new DisplayKind("ht16k33-14", "a fourteen-segment display", FourteenSegments, _ => 4),
        new DisplayKind("max7219-7", "a seven-segment display", SevenSegments, size => size * 8),
        new DisplayKind("max7219-matrix", "an LED matrix", Dots, size => (size * 8 + 1) / 6), // 5 dots and a gap each
        new DisplayKind(Rs485, "an RS-485 board", Dots, size => size),
    }.ToFrozenDictionary(kind => kind.Chip);

    private readonly FrozenSet<char> characters;
    private readonly Func<int, int> columns;

    private DisplayKind(string chip, string name, string characters, Func<int, int> columns)
    {
        Chip = chip;
        Name = name;
        this.characters = characters.ToFrozenSet();
        this.columns = columns;
    }

    public static IEnumerable<string> Chips => Kinds.Keys;

    public string Chip { get; }

    /// <summary>For a sentence, with its article.</summary>
    public string Name { get; }

    /// <summary>Null for a chip that nobody knows.</summary>
    public static DisplayKind? Of(string? chip) => chip is null ? null : Kinds.GetValueOrDefault(chip);

    /// <summary>Characters that fit on a display of this size (modules of a MAX7219 chain, characters of a board).</summary>
    public int Columns(int size) => columns(size);

    /// <summary>Whether the character has a glyph that cannot be taken for another. Case does not matter.</summary>
    public bool CanShow(char character) => characters.Contains(char.ToUpperInvariant(character));

    /// <summary>The characters of a text that cannot be shown, each once.</summary>
    public IEnumerable<char> Missing(string text) => text.Where(c => !CanShow(c)).Distinct();
}
