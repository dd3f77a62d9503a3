using static EdgeQueue.Hardware.Displays.Segments14;

namespace EdgeQueue.Hardware.Displays;

/// <summary>Fourteen segments: digits, Latin letters, arrows. The zero is slashed, so that it is not the letter O.</summary>
public sealed class FourteenSegmentFont : IDisplayFont
{
    private const Segments14 G = G1 | G2;

    private static readonly Dictionary<char, Segments14> Glyphs = new()
    {
        [' '] = None, ['-'] = G, ['_'] = D, ['='] = G | D, ['+'] = G | J | M, ['*'] = G | H | J | K | L | M | N,
        ['/'] = K | L,
        ['0'] = A | B | C | D | E | F | K | L,
        ['1'] = B | C | K,
        ['2'] = A | B | D | E | G,
        ['3'] = A | B | C | D | G2,
        ['4'] = B | C | F | G,
        ['5'] = A | D | F | G1 | N,
        ['6'] = A | C | D | E | F | G,
        ['7'] = A | B | C,
        ['8'] = A | B | C | D | E | F | G,
        ['9'] = A | B | C | D | F | G,
        ['A'] = A | B | C | E | F | G,
        ['B'] = A | B | C | D | G2 | J | M,
        ['C'] = A | D | E | F,
        ['D'] = A | B | C | D | J | M,
        ['E'] = A | D | E | F | G1,
        ['F'] = A | E | F | G1,
        ['G'] = A | C | D | E | F | G2,
        ['H'] = B | C | E | F | G,
        ['I'] = A | D | J | M,
        ['J'] = B | C | D | E,
        ['K'] = E | F | G1 | K | N,
        ['L'] = D | E | F,
        ['M'] = B | C | E | F | H | K,
        ['N'] = B | C | E | F | H | N,
        ['O'] = A | B | C | D | E | F,
        ['P'] = A | B | E | F | G,
        ['Q'] = A | B | C | D | E | F | N,
        ['R'] = A | B | E | F | G | N,
        ['S'] = A | C | D | F | G,
        ['T'] = A | J | M,
        ['U'] = B | C | D | E | F,
        ['V'] = E | F | K | L,
        ['W'] = B | C | E | F | L | N,
        ['X'] = H | K | L | N,
        ['Y'] = H | K | M,
        ['Z'] = A | D | K | L,
    };

    private FourteenSegmentFont()
    {
    }

    public static FourteenSegmentFont Instance { get; } = new();

    /// <summary>All characters that can be shown.</summary>
    public static IReadOnlyCollection<char> Characters => Glyphs.Keys;

    /// <inheritdoc/>
    public bool CanShow(string text) => text.All(c => Glyphs.ContainsKey(char.ToUpperInvariant(c)));

    /// <exception cref="KeyNotFoundException">The character cannot be shown.</exception>
    public static Segments14 Glyph(char character) => Glyphs[char.ToUpperInvariant(character)];

    /// <summary>A head at the middle with a shaft behind it.</summary>
    public static Segments14 Glyph(Arrow arrow) => arrow switch
    {
        Arrow.Left => K | N | G2,
        Arrow.Right => H | L | G1,
        Arrow.Up => L | N | M,
        Arrow.Down => H | K | J,
        _ => None,
    };
}
