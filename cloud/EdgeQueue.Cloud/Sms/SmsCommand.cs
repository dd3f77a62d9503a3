using System.Globalization;
using System.Text;

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
    /// <summary>
    /// The English words for stopping are those of CTIA's Messaging Principles, but CANCEL, which is about the booking here. People write them in any case, with a dot or an
    /// exclamation mark, Arabic also without its hamzas.
    /// </summary>
    private static readonly Dictionary<string, SmsWish> Words = new(StringComparer.OrdinalIgnoreCase)
    {
        ["STOP"] = SmsWish.Stop, ["STOPP"] = SmsWish.Stop, ["UNSUBSCRIBE"] = SmsWish.Stop, ["STOPALL"] = SmsWish.Stop, ["END"] = SmsWish.Stop, ["QUIT"] = SmsWish.Stop,
        ["OPTOUT"] = SmsWish.Stop, ["REVOKE"] = SmsWish.Stop, ["СТОП"] = SmsWish.Stop, ["توقف"] = SmsWish.Stop,
        ["START"] = SmsWish.Start, ["СТАРТ"] = SmsWish.Start, ["ابدأ"] = SmsWish.Start, ["ابدا"] = SmsWish.Start,
        ["STATUS"] = SmsWish.Status, ["СТАТУС"] = SmsWish.Status,
        ["CANCEL"] = SmsWish.Cancel, ["AVBESTILL"] = SmsWish.Cancel, ["СКАСУВАТИ"] = SmsWish.Cancel, ["إلغاء"] = SmsWish.Cancel, ["الغاء"] = SmsWish.Cancel,
        ["JOIN"] = SmsWish.Join, ["KØ"] = SmsWish.Join, ["ЧЕРГА"] = SmsWish.Join, ["طابور"] = SmsWish.Join,
    };

    private static readonly char[] Around = [.. ".,:;!?…\"'«»“”„’؟،"];

    public static SmsCommand Of(string text)
    {
        string[] words = Seen(text).Split([' ', '\t', '\r', '\n', '\u00A0'], 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        return words.Length > 0 && Words.TryGetValue(words[0].Trim(Around), out SmsWish wish)
            ? new(wish, words.Length > 1 ? words[1] : "") : new(SmsWish.Unknown, "");
    }

    /// <summary>The language of the word that was written; null: it is one that people of several languages write.</summary>
    public static string? LanguageOf(string text) => Seen(text).Split(' ', 2)[0].Trim(Around).ToUpperInvariant() is var word && word.StartsWith("KØ", StringComparison.Ordinal) || word is "STOPP" or "AVBESTILL" ? "nb"
        : word.Any(c => c is >= '\u0400' and <= '\u04FF') ? "uk"
        : word.Any(c => c is >= '\u0600' and <= '\u06FF') ? "ar"
        : word.StartsWith("JOIN", StringComparison.Ordinal) ? "en"
        : null;

    /// <summary>Without the marks of direction that keyboards of Arabic put in front, which nobody sees, and without marks on letters that came apart from them.</summary>
    private static string Seen(string text) =>
        string.Concat(text.EnumerateRunes().Where(r => Rune.GetUnicodeCategory(r) is not (UnicodeCategory.Format or UnicodeCategory.NonSpacingMark))).Trim();

    /// <summary>A word of ours for the record; never what somebody wrote.</summary>
    public string Word => Wish.ToString().ToLowerInvariant();
}
