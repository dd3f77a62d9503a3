namespace EdgeQueue.Core.Announcements;

/// <summary>
/// Arabic vowel signs. The synthesiser needs them ("أربعة" comes out as consonants only), people do not write them.
/// </summary>
public static class Harakat
{
    /// <summary>U+064B fathatan … U+0652 sukun, and U+0670 superscript alef (Unicode, block Arabic).</summary>
    public static bool IsSign(char letter) => letter is >= '\u064B' and <= '\u0652' or '\u0670';

    public static string Strip(string text) =>
        text.Any(IsSign) ? string.Concat(text.Where(letter => !IsSign(letter))) : text;
}
