using EdgeQueue.Hardware.Displays;

namespace EdgeQueue.Panel.Devices;

/// <summary>What a person would read from lit segments or dots: the panel's page says it aloud, tests look at it.</summary>
internal static class LitText
{
    private static readonly Dictionary<int, char> Seven = SevenSegmentFont.Characters
        .GroupBy(c => (int)SevenSegmentFont.Glyph(c)).ToDictionary(g => g.Key, g => g.OrderBy(c => char.IsDigit(c) ? 0 : 1).First());

    private static readonly Dictionary<int, char> Fourteen = FourteenSegmentFont.Characters
        .GroupBy(c => (int)FourteenSegmentFont.Glyph(c)).ToDictionary(g => g.Key, g => g.OrderBy(c => char.IsDigit(c) ? 0 : 1).First());

    private static readonly Dictionary<string, char> Dots = MatrixFont.Characters
        .GroupBy(c => Convert.ToHexString(MatrixFont.Rows(c)))
        .ToDictionary(g => g.Key, g => g.OrderBy(c => c < 128 ? 0 : 1).First());

    /// <summary>Points are not read; a pattern that is no character reads as <c>?</c>.</summary>
    public static string OfSeven(IEnumerable<int> cells) =>
        string.Concat(cells.Select(bits => Seven.GetValueOrDefault(bits & 0x7F, '?'))).Trim();

    /// <inheritdoc cref="OfSeven"/>
    public static string OfFourteen(IEnumerable<int> cells) =>
        string.Concat(cells.Select(bits => Fourteen.GetValueOrDefault(bits & 0x3FFF, '?'))).Trim();

    /// <summary>Reads from the right, where labels are aligned, one character each pitch; ends at the first that is none.</summary>
    public static string OfMatrix(Func<int, int, bool> lit, int width)
    {
        var text = "";
        for (var left = width - MatrixFont.GlyphWidth; left >= 0; left -= MatrixFont.Pitch)
        {
            var rows = new byte[MatrixFont.GlyphHeight];
            for (var y = 0; y < rows.Length; y++)
            {
                for (var x = 0; x < MatrixFont.GlyphWidth; x++)
                {
                    rows[y] |= (byte)(lit(left + x, y) ? 1 << (MatrixFont.GlyphWidth - 1 - x) : 0);
                }
            }

            if (!Dots.TryGetValue(Convert.ToHexString(rows), out var character))
            {
                break;
            }

            text = character + text;
        }

        return text.Trim();
    }
}
