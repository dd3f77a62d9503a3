using System.Collections.Frozen;

namespace EdgeQueue.Core.Announcements;

/// <summary>One prompt in one language.</summary>
/// <param name="First">At most 16 characters, the label (at most 8) counted in; small displays have no more.</param>
/// <param name="Second">The same.</param>
/// <param name="Spoken">A whole sentence; empty: it is only shown.</param>
public sealed record DeskText(string First, string Second, string Spoken);

/// <summary>The dispenser's prompts in every language that EdgeQueue can call in. A file of <c>Desk/</c> is a language.</summary>
public static partial class DeskWords
{
    /// <summary>Characters of a line that every prompt fits into.</summary>
    public const int LineLength = 16;

    /// <summary>Characters of the longest label: three letters and five digits.</summary>
    public const int LongestLabel = 8;

    private const string Fallback = "en";
    private const string LabelGap = "{label}";

    private static readonly FrozenDictionary<string, FrozenDictionary<DeskPrompt, DeskText>> All =
        new Dictionary<string, FrozenDictionary<DeskPrompt, DeskText>>
        {
            ["ar"] = Arabic.ToFrozenDictionary(),
            ["de"] = German.ToFrozenDictionary(),
            ["en"] = English.ToFrozenDictionary(),
            ["es"] = Spanish.ToFrozenDictionary(),
            ["fr"] = French.ToFrozenDictionary(),
            ["nb"] = Norwegian.ToFrozenDictionary(),
            ["pl"] = Polish.ToFrozenDictionary(),
            ["pt"] = Portuguese.ToFrozenDictionary(),
            ["ru"] = Russian.ToFrozenDictionary(),
            ["uk"] = Ukrainian.ToFrozenDictionary(),
        }.ToFrozenDictionary();

    /// <summary>Whether there are words in this language (BCP 47; a variant falls back as in <see cref="Languages.Find"/>).</summary>
    public static bool Knows(string language) => Languages.Find(language) is not null;

    /// <summary>The two lines; in English where the language has no words: a branch may print tickets in more languages than it speaks.</summary>
    /// <param name="label">For <see cref="DeskPrompt.Issued"/>.</param>
    public static (string First, string Second) Lines(DeskPrompt prompt, string language, string label = "")
    {
        var text = Of(prompt, language);
        return (text.First.Replace(LabelGap, label, StringComparison.Ordinal), text.Second.Replace(LabelGap, label, StringComparison.Ordinal));
    }

    /// <summary>What is said, in English where the language has no words; null for what is only shown.</summary>
    public static Phrase? Spoken(DeskPrompt prompt, string language, string label = "")
    {
        if (!Knows(language))
        {
            language = Fallback;
        }

        var spoken = Of(prompt, language).Spoken;
        return spoken.Length == 0 ? null
            : spoken.Contains(LabelGap, StringComparison.Ordinal)
                ? AnnouncementPhrases.For(new CallToSpeak(label, ""), language, new PhraseOptions { Template = spoken })
                : Phrase.FreeText(language, spoken);
    }

    /// <summary>As it is written, with its gap.</summary>
    public static DeskText Of(DeskPrompt prompt, string language) =>
        All[Languages.Find(language)?.Code ?? Fallback][prompt];
}
