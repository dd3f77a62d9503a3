using System.Text;

namespace EdgeQueue.Cloud.People;

/// <summary>A person's name as it was typed, its blanks in order.</summary>
internal static class PersonName
{
    /// <summary>Letters by Unicode that nobody sees (Hangul fillers).</summary>
    private const string Blank = "\u115F\u1160\u3164\uFFA0";

    /// <summary>Embeddings, overrides and isolates of Unicode's directions: what stands beside such a name would be read backwards.</summary>
    private const string Turning = "\u202A\u202B\u202C\u202D\u202E\u2066\u2067\u2068\u2069";

    /// <returns>Null: it is empty, longer than <paramref name="longest"/> characters, or nothing of it can be seen.</returns>
    public static string? Of(string? typed, int longest)
    {
        string name = string.Join(' ', string.Concat((typed ?? "").Where(c => !Turning.Contains(c, StringComparison.Ordinal))).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        return name.Length <= longest && !name.Any(char.IsControl) && name.EnumerateRunes().Any(r => Rune.IsLetterOrDigit(r) && !Blank.Contains(r.ToString(), StringComparison.Ordinal)) ? name : null;
    }
}
