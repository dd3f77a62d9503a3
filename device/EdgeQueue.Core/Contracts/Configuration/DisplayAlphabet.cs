using System.Collections.Frozen;

namespace EdgeQueue.Core.Contracts.Configuration;

/// <summary>
/// What each kind of LED display can show without one character being taken for another. Core cannot see the fonts, which
/// live with the drivers in <c>EdgeQueue.Hardware/Displays</c>; a test asserts that both say the same.
/// </summary>
public sealed class DisplayAlphabet
{
    private const string Digits = "0123456789";
    private const string Latin = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    /// <summary>Seven segments: no diagonals (K M V W X), and no B, G, I, O, Q, S, Z, which are the figures 8, 6, 1, 0, 9, 5, 2.</summary>
    private static readonly DisplayAlphabet SevenSegments = new("a seven-segment display", Digits + "ACDEFHJLNPRTUY" + "- ");

    private static readonly DisplayAlphabet FourteenSegments = new("a fourteen-segment display", Digits + Latin + "- ");

    private static readonly DisplayAlphabet Matrix = new("an LED matrix", Digits + Latin + "- ");

    private static readonly DisplayAlphabet Board = new("an RS-485 board", Digits + Latin + "- ");

    private readonly FrozenSet<char> characters;

    private DisplayAlphabet(string name, string characters)
    {
        Name = name;
        this.characters = characters.ToFrozenSet();
    }

    /// <summary>For a sentence, with its article.</summary>
    public string Name { get; }

    /// <summary>Null for a chip that nobody knows.</summary>
    public static DisplayAlphabet? Of(string? chip, int segments) => chip switch
    {
        "ht16k33" => segments == 14 ? FourteenSegments : SevenSegments,
        "max7219" => Matrix,
        "rs485" => Board,
        _ => null,
    };

    /// <summary>Whether the character has a glyph that cannot be taken for another. Case does not matter.</summary>
    public bool CanShow(char character) => characters.Contains(char.ToUpperInvariant(character));

    /// <summary>The characters of a text that cannot be shown, each once.</summary>
    public IEnumerable<char> Missing(string text) => text.Where(c => !CanShow(c)).Distinct();
}
