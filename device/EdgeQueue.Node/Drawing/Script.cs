namespace EdgeQueue.Node.Drawing;

/// <summary>What a text's script asks of its setting.</summary>
internal static class Script
{
    /// <summary>Hebrew, Arabic and their neighbours (Unicode blocks U+0590 … U+08FF).</summary>
    public static bool IsRightToLeft(string text) => text.Any(letter => letter is >= '\u0590' and <= '\u08FF');

    /// <summary>Arabic letters (from U+0600 on) are drawn smaller than Latin ones of the same size; on faded paper that is too small.</summary>
    public static double Enlargement(string text) => text.Any(letter => letter is >= '\u0600' and <= '\u08FF') ? 1.2 : 1;
}
