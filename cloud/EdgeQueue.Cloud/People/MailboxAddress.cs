namespace EdgeQueue.Cloud.People;

/// <summary>
/// Where somebody gets mail, as RFC 5321 has it, and only what mailboxes of people look like: one @, a dot-atom of at most 64 octets before it (§4.5.3.1.1), a domain of at
/// most 255 with a dot in it after it (§4.5.3.1.2), 254 together (a path of 256 has two angle brackets). Quoted local parts, comments, addresses of machines and letters beyond
/// ASCII are refused: no line break and no second recipient can come in by it.
/// </summary>
public sealed record MailboxAddress
{
    public const int Longest = 254;

    private const int LongestLocal = 64;

    private const int LongestLabel = 63;

    private const string Symbols = "!#$%&'*+-/=?^_`{|}~";

    private MailboxAddress(string text) => Text = text;

    /// <summary>As it was typed, its domain in lower case.</summary>
    public string Text { get; }

    /// <summary>By which it is found again: nobody remembers how they typed their name.</summary>
    public string Key => Text.ToLowerInvariant();

    /// <summary>Never the whole address in a log or a list: its domain.</summary>
    public string Masked => "…" + Text[Text.IndexOf('@')..];

    /// <param name="typed">As a person types it; null: not given.</param>
    /// <returns>Null: it is none.</returns>
    public static MailboxAddress? Of(string? typed)
    {
        string text = typed?.Trim(' ') ?? "";
        if (text.Length is 0 or > Longest || text.Split('@') is not [var local, var domain])
        {
            return null;
        }

        return local.Length is > 0 and <= LongestLocal && local.Split('.').All(IsAtom) && IsDomain(domain) ? new($"{local}@{domain.ToLowerInvariant()}") : null;
    }

    public override string ToString() => Masked;

    private static bool IsAtom(string atom) => atom.Length > 0 && atom.All(c => char.IsAsciiLetterOrDigit(c) || Symbols.Contains(c, StringComparison.Ordinal));

    private static bool IsDomain(string domain) => domain.Split('.') is [.., var top] labels && labels.Length > 1 && labels.All(IsLabel) && !top.All(char.IsAsciiDigit);

    private static bool IsLabel(string label) =>
        label.Length is > 0 and <= LongestLabel && label.All(c => char.IsAsciiLetterOrDigit(c) || c == '-') && label[0] != '-' && label[^1] != '-';
}
