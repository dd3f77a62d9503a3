namespace EdgeQueue.Core.Announcements;

/// <summary>
/// U+00AD within a word of a template: the synthesiser says what is before and behind it as words with a stress each, people read the word
/// without it. For a word that the engine stresses wrongly and for which there is no better one.
/// </summary>
public static class SoftHyphen
{
    private const char Sign = '\u00AD';

    public static string Strip(string text) => text.Replace(Sign.ToString(), "", StringComparison.Ordinal);

    /// <summary>A hyphen that the engine sees.</summary>
    public static string ForEngine(string text) => text.Replace(Sign, '-');
}
