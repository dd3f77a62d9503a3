using System.Globalization;

namespace EdgeQueue.Hardware.Displays;

/// <summary>
/// A 5×7 font for dot matrices, one empty column between characters: digits, Latin with its commonest accents, Cyrillic
/// (Russian and Ukrainian). Cyrillic letters that look like Latin ones share their picture; a configuration must not mix
/// them. The zero is slashed, so that it is not the letter O.
/// </summary>
public sealed class MatrixFont : IDisplayFont
{
    public const int GlyphWidth = 5;
    public const int GlyphHeight = 7;
    public const int Pitch = GlyphWidth + 1;

    /// <summary>Seven rows from the top, in hexadecimal; bit 4 is the leftmost dot.</summary>
    private const string Table = """
        0 0E 11 13 15 19 11 0E|1 04 0C 04 04 04 04 0E|2 0E 11 01 02 04 08 1F|3 1F 02 04 02 01 11 0E
        4 02 06 0A 12 1F 02 02|5 1F 10 1E 01 01 11 0E|6 06 08 10 1E 11 11 0E|7 1F 01 02 04 08 08 08
        8 0E 11 11 0E 11 11 0E|9 0E 11 11 0F 01 02 0C
        A 0E 11 11 1F 11 11 11|B 1E 11 11 1E 11 11 1E|C 0E 11 10 10 10 11 0E|D 1C 12 11 11 11 12 1C
        E 1F 10 10 1E 10 10 1F|F 1F 10 10 1E 10 10 10|G 0E 11 10 17 11 11 0F|H 11 11 11 1F 11 11 11
        I 0E 04 04 04 04 04 0E|J 07 02 02 02 02 12 0C|K 11 12 14 18 14 12 11|L 10 10 10 10 10 10 1F
        M 11 1B 15 15 11 11 11|N 11 11 19 15 13 11 11|O 0E 11 11 11 11 11 0E|P 1E 11 11 1E 10 10 10
        Q 0E 11 11 11 15 12 0D|R 1E 11 11 1E 14 12 11|S 0F 10 10 0E 01 01 1E|T 1F 04 04 04 04 04 04
        U 11 11 11 11 11 11 0E|V 11 11 11 11 11 0A 04|W 11 11 11 15 15 15 0A|X 11 11 0A 04 0A 11 11
        Y 11 11 11 0A 04 04 04|Z 1F 01 02 04 08 10 1F
        Æ 0F 14 14 1F 14 14 17|Ø 0F 11 13 15 19 11 1E|Å 04 0A 04 0E 11 1F 11|Ä 0A 00 0E 11 1F 11 11
        Ö 0A 00 0E 11 11 11 0E|Ü 0A 00 11 11 11 11 0E|Ñ 0E 00 11 19 15 13 11
        Б 1F 10 10 1E 11 11 1E|Г 1F 10 10 10 10 10 10|Ґ 01 1F 10 10 10 10 10|Д 06 0A 0A 0A 0A 1F 11
        Є 0E 11 10 1C 10 11 0E|Ё 0A 00 1F 10 1E 10 1F|Ж 15 15 15 0E 15 15 15|З 0E 11 01 06 01 11 0E
        И 11 11 13 15 19 11 11|Й 0A 04 11 13 15 19 11|Ї 0A 00 0E 04 04 04 0E|Л 07 09 09 09 09 09 11
        П 1F 11 11 11 11 11 11|У 11 11 11 0F 01 01 0E|Ф 04 0E 15 15 15 0E 04|Ц 12 12 12 12 12 1F 01
        Ч 11 11 11 0F 01 01 01|Ш 15 15 15 15 15 15 1F|Щ 15 15 15 15 15 1F 01|Ъ 18 08 08 0E 09 09 0E
        Ы 11 11 11 19 15 15 19|Ь 10 10 10 1E 11 11 1E|Э 1E 01 01 0F 01 01 1E|Ю 12 15 15 1D 15 15 12
        Я 0F 11 11 0F 05 09 11
        - 00 00 00 1F 00 00 00|_ 00 00 00 00 00 00 1F|= 00 00 1F 00 1F 00 00|+ 00 04 04 1F 04 04 00
        * 00 04 15 0E 15 04 00|/ 00 01 02 04 08 10 00|. 00 00 00 00 00 0C 0C|: 00 0C 0C 00 0C 0C 00
        ! 04 04 04 04 00 00 04|? 0E 11 01 02 04 00 04|# 0A 0A 1F 0A 1F 0A 0A
        ← 00 04 08 1F 08 04 00|→ 00 04 02 1F 02 04 00|↑ 04 0E 15 04 04 04 04|↓ 04 04 04 04 15 0E 04
        """;

    private const string CyrillicTwins = "АВЕІКМНОРСТХ";
    private const string LatinTwins = "ABEIKMHOPCTX";

    private static readonly Dictionary<char, byte[]> Glyphs = Read();

    private MatrixFont()
    {
    }

    public static MatrixFont Instance { get; } = new();

    /// <summary>All characters that can be shown, twins included.</summary>
    public static IReadOnlyCollection<char> Characters => Glyphs.Keys;

    /// <summary>Characters that fit into a width in dots.</summary>
    public static int Fitting(int width) => (width + 1) / Pitch;

    /// <summary>Dots from the first to the last column of a text.</summary>
    public static int Width(string text) => Math.Max(0, (text.Length * Pitch) - 1);

    /// <inheritdoc/>
    public bool CanShow(string text) => text.All(c => Glyphs.ContainsKey(char.ToUpperInvariant(c)));

    /// <summary>Seven rows from the top; bit 4 is the leftmost dot.</summary>
    /// <exception cref="KeyNotFoundException">The character cannot be shown.</exception>
    public static ReadOnlySpan<byte> Rows(char character) => Glyphs[char.ToUpperInvariant(character)];

    public static ReadOnlySpan<byte> Rows(Arrow arrow) => Rows(FrameLayout.ArrowCell(arrow));

    private static Dictionary<char, byte[]> Read()
    {
        var glyphs = Table.Split(['|', '\n'], StringSplitOptions.TrimEntries).ToDictionary(
            line => line[0],
            line => line[2..].Split(' ').Select(row => byte.Parse(row, NumberStyles.HexNumber, CultureInfo.InvariantCulture)).ToArray());
        glyphs[' '] = new byte[GlyphHeight];
        foreach (var (cyrillic, latin) in CyrillicTwins.Zip(LatinTwins))
        {
            glyphs[cyrillic] = glyphs[latin];
        }

        return glyphs;
    }
}
