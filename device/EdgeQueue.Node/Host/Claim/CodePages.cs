namespace EdgeQueue.Node.Host.Claim;

/// <summary>A claim code on a display that is narrower than the code: page by page, each with its number before it.</summary>
public static class CodePages
{
    /// <summary>4829 1730 on four characters: 1-48, 2-29, 3-17, 4-30, and an empty page. On a display that is wide enough: one page.</summary>
    /// <param name="columns">Characters of the display, at least 1.</param>
    public static IReadOnlyList<string> Of(string code, int columns)
    {
        if (columns >= code.Length)
        {
            return [code];
        }

        // The number of a page tells 48 29 from 29 48; on fewer than three characters there is no room for it.
        var numbered = columns >= 3;
        var pages = code.Chunk(numbered ? columns - 2 : columns).Select((digits, i) => (numbered ? $"{i + 1}-" : "") + new string(digits));
        return [.. pages, ""];
    }
}
