namespace EdgeQueue.Core.Contracts.Messages;

/// <summary>How one thing is that the doctor looked at.</summary>
public enum Health
{
    Well,

    /// <summary>It works; a person should see to it.</summary>
    Soon,

    Broken,
}

/// <summary>One thing that the doctor looked at, on the device itself or from the hub.</summary>
/// <param name="What">For people and programs: certificate, link, disk, printer, …, or the code of a unit's fault.</param>
/// <param name="Advice">What to do; null when all is well.</param>
public sealed record Finding(string What, Health Health, string Sentence, string? Advice = null)
{
    public const int LongestWhat = 40;

    /// <summary>Of the sentence, and of the advice.</summary>
    public const int LongestText = 400;

    public static Finding Well(string what, string sentence) => new(what, Health.Well, sentence);

    /// <summary>
    /// As it may be sent and shown: no longer than the bounds, what is cut ends with '…', and nothing in it that a terminal obeys: it may
    /// come from a device that is somebody else's by now.
    /// </summary>
    public Finding Bounded() => new(Clean(What, LongestWhat), Health, Clean(Sentence, LongestText), Advice is null ? null : Clean(Advice, LongestText));

    public override string ToString() =>
        $"{(Health switch { Health.Well => "ok   ", Health.Soon => "soon ", _ => "FAULT" })} {What,-12} {Sentence}{(Advice is null ? "" : $"\n                   → {Advice}")}";

    private static string Clean(string text, int longest)
    {
        string plain = text.Length <= longest ? text : text[..(longest - 1)] + '…';
        return plain.Any(IsNoText) ? string.Concat(plain.Select(c => IsNoText(c) ? ' ' : c)) : plain;
    }

    /// <summary>Controls, signs that turn the direction of writing (Unicode's Cf), and surrogates: a pair may have been cut in half.</summary>
    private static bool IsNoText(char c) => char.IsControl(c) || char.IsSurrogate(c)
        || char.GetUnicodeCategory(c) is System.Globalization.UnicodeCategory.Format or System.Globalization.UnicodeCategory.LineSeparator
            or System.Globalization.UnicodeCategory.ParagraphSeparator;
}
