namespace EdgeQueue.Cloud.Bookings.Offers;

/// <summary>Which language somebody gets.</summary>
internal static class LanguageChoice
{
    /// <param name="offered">Not empty; the first is the branch's own.</param>
    /// <param name="asked">From the link.</param>
    /// <param name="accepted">The browser's Accept-Language (RFC 9110 §12.5.4); browsers list what they prefer first.</param>
    public static string Of(IReadOnlyList<string> offered, string? asked, string accepted) =>
        offered.FirstOrDefault(l => l == asked)
        ?? accepted.Split(',', 20).Select(part => part.Split(';')[0].Trim()).Select(wanted => offered.FirstOrDefault(l => Same(l, wanted))).FirstOrDefault(l => l is not null)
        ?? offered[0];

    /// <summary>A text in a language; in the first of the branch's that has one; in any; or nothing.</summary>
    public static string Pick(IReadOnlyDictionary<string, string> texts, string language, IReadOnlyList<string> offered) =>
        texts.TryGetValue(language, out string? text) ? text
        : offered.FirstOrDefault(texts.ContainsKey) is { } other ? texts[other]
        : texts.Values.FirstOrDefault() ?? "";

    public static bool Speaks(IEnumerable<string> offered, string wanted) => offered.Any(l => Same(l, wanted));

    // nb is what browsers in Norway also call no.
    private static bool Same(string offered, string wanted) =>
        wanted.Length >= 2 && (offered.Equals(wanted, StringComparison.OrdinalIgnoreCase)
            || offered.Split('-')[0].Equals(wanted.Split('-')[0], StringComparison.OrdinalIgnoreCase)
            || (offered == "nb" && wanted.StartsWith("no", StringComparison.OrdinalIgnoreCase)));
}
