namespace EdgeQueue.Cloud.Sms;

/// <summary>What somebody wants who writes to us.</summary>
internal enum SmsWish
{
    Unknown,
    Stop,
    Start,
    Status,
    Cancel,
    Join,
}

/// <summary>An inbound text, understood.</summary>
/// <param name="Argument">The rest, e.g. the service after JOIN.</param>
internal readonly record struct SmsCommand(SmsWish Wish, string Argument)
{
    /// <summary>CTIA and GSMA want these at least; people write them in any case, with a dot or an exclamation mark.</summary>
    private static readonly Dictionary<string, SmsWish> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["STOP"] = SmsWish.Stop, ["STOPP"] = SmsWish.Stop, ["UNSUBSCRIBE"] = SmsWish.Stop, ["СТОП"] = SmsWish.Stop, ["توقف"] = SmsWish.Stop,
        ["START"] = SmsWish.Start, ["СТАРТ"] = SmsWish.Start, ["ابدأ"] = SmsWish.Start,
        ["STATUS"] = SmsWish.Status, ["СТАТУС"] = SmsWish.Status,
        ["CANCEL"] = SmsWish.Cancel, ["AVBESTILL"] = SmsWish.Cancel, ["СКАСУВАТИ"] = SmsWish.Cancel, ["إلغاء"] = SmsWish.Cancel,
        ["JOIN"] = SmsWish.Join, ["KØ"] = SmsWish.Join, ["ЧЕРГА"] = SmsWish.Join, ["طابور"] = SmsWish.Join,
    };

    public static SmsCommand Of(string text)
    {
        string[] words = text.Trim().Split([' ', '\t', '\r', '\n', '\u00A0'], 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return words.Length > 0 && Words.TryGetValue(words[0].Trim('.', '!', '"', '«', '»'), out SmsWish wish)
            ? new(wish, words.Length > 1 ? words[1] : "") : new(SmsWish.Unknown, "");
    }

    /// <summary>The language of the word that was written; null: it is one that people of several languages write.</summary>
    public static string? LanguageOf(string text) => text.Trim().Split(' ', 2)[0].ToUpperInvariant() is var word && word.StartsWith("KØ", StringComparison.Ordinal) ? "nb"
        : word.Any(c => c is >= '\u0400' and <= '\u04FF') ? "uk"
        : word.Any(c => c is >= '\u0600' and <= '\u06FF') ? "ar"
        : word.StartsWith("JOIN", StringComparison.Ordinal) ? "en"
        : null;

    /// <summary>A word of ours for the record; never what somebody wrote.</summary>
    public string Word => Wish.ToString().ToLowerInvariant();
}
