using System.Globalization;
using System.Text;

namespace EdgeQueue.Core.Announcements;

/// <summary>
/// Names of recorded clips. They are the words themselves, so that whoever records them sees from the file name
/// what to say; only letters get a written name, because Latin A and Cyrillic А look the same in a folder.
/// </summary>
public static class ClipName
{
    /// <summary>File systems end a name at 255 bytes; Cyrillic and Arabic take two a letter.</summary>
    private const int LongestName = 100;

    /// <summary>"please go to counter" → <c>please-go-to-counter</c>; punctuation and vowel signs are left out.</summary>
    public static string OfWords(string text)
    {
        var name = new StringBuilder();
        foreach (var letter in SoftHyphen.Strip(Harakat.Strip(text)))
        {
            if (char.IsLetterOrDigit(letter) || char.GetUnicodeCategory(letter) == UnicodeCategory.NonSpacingMark)
            {
                name.Append(char.ToLowerInvariant(letter));
            }
            else if (name.Length > 0 && name[^1] != '-')
            {
                name.Append('-');
            }
        }

        var whole = name.ToString().TrimEnd('-');
        return whole.Length <= LongestName ? whole : whole[..LongestName].TrimEnd('-');
    }

    /// <summary><c>letter-a</c> for Latin A; <c>letter-u0410</c> for Cyrillic А and all others.</summary>
    public static string OfLetter(char letter) => char.IsAsciiLetter(letter)
        ? $"letter-{char.ToLowerInvariant(letter)}"
        : string.Create(CultureInfo.InvariantCulture, $"letter-u{(int)char.ToUpperInvariant(letter):x4}");

    /// <summary><c>digit-4</c></summary>
    public static string OfDigit(char digit) => $"digit-{digit}";

    /// <summary><c>number-42</c></summary>
    public static string OfNumber(string number) => $"number-{number}";
}
