using static EdgeQueue.Hardware.Displays.Segments7;

namespace EdgeQueue.Hardware.Displays;

/// <summary>
/// Seven segments: the digits and those Latin letters that cannot be taken for something else. K, M, V, W, X have no
/// usual form, S is a 5 and Z is a 2: they are refused rather than shown wrongly.
/// </summary>
public sealed class SevenSegmentFont : IDisplayFont
{
    private static readonly Dictionary<char, Segments7> Glyphs = new()
    {
        [' '] = None, ['-'] = G, ['_'] = D, ['='] = G | D,
        ['0'] = A | B | C | D | E | F,
        ['1'] = B | C,
        ['2'] = A | B | D | E | G,
        ['3'] = A | B | C | D | G,
        ['4'] = B | C | F | G,
        ['5'] = A | C | D | F | G,
        ['6'] = A | C | D | E | F | G,
        ['7'] = A | B | C,
        ['8'] = A | B | C | D | E | F | G,
        ['9'] = A | B | C | D | F | G,
        ['A'] = A | B | C | E | F | G,
        ['B'] = C | D | E | F | G,
        ['C'] = A | D | E | F,
        ['D'] = B | C | D | E | G,
        ['E'] = A | D | E | F | G,
        ['F'] = A | E | F | G,
        ['G'] = A | C | D | E | F,
        ['H'] = B | C | E | F | G,
        ['I'] = E | F,
        ['J'] = B | C | D | E,
        ['L'] = D | E | F,
        ['N'] = C | E | G,
        ['O'] = C | D | E | G,
        ['P'] = A | B | E | F | G,
        ['Q'] = A | B | C | F | G,
        ['R'] = E | G,
        ['T'] = D | E | F | G,
        ['U'] = B | C | D | E | F,
        ['Y'] = B | C | D | F | G,
    };

    private SevenSegmentFont()
    {
    }

    public static SevenSegmentFont Instance { get; } = new();

    /// <summary>All characters that can be shown.</summary>
    public static IReadOnlyCollection<char> Characters => Glyphs.Keys;

    /// <inheritdoc/>
    public bool CanShow(string text) => text.All(c => Glyphs.ContainsKey(char.ToUpperInvariant(c)));

    /// <exception cref="KeyNotFoundException">The character cannot be shown.</exception>
    public static Segments7 Glyph(char character) => Glyphs[char.ToUpperInvariant(character)];
}
