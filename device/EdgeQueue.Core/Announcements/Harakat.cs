namespace EdgeQueue.Core.Announcements;

/// <summary>
/// Arabic vowel signs. The synthesiser needs them ("أربعة" comes out as consonants only), people do not write them.
/// </summary>
public static class Harakat
{
    private const char Shadda = '\u0651';

    /// <summary>U+064B fathatan … U+0652 sukun, and U+0670 superscript alef (Unicode, block Arabic).</summary>
    public static bool IsSign(char letter) => letter is >= '\u064B' and <= '\u0652' or '\u0670';

    public static string Strip(string text) =>
        text.Any(IsSign) ? string.Concat(text.Where(letter => !IsSign(letter))) : text;

    /// <summary>
    /// The shadda (U+0651) before the vowel of its letter, in which order the engine hears both; Unicode's own order, in which text is
    /// stored, is the other, and there it loses the vowel.
    /// </summary>
    public static string ForEngine(string text)
    {
        if (!text.Contains(Shadda, StringComparison.Ordinal))
        {
            return text;
        }

        var letters = text.ToCharArray();
        for (var i = 1; i < letters.Length; i++)
        {
            for (var at = i; at > 0 && letters[at] == Shadda && IsSign(letters[at - 1]) && letters[at - 1] != Shadda; at--)
            {
                (letters[at - 1], letters[at]) = (letters[at], letters[at - 1]);
            }
        }

        return new string(letters);
    }
}
