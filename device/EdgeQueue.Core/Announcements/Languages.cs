using System.Collections.Frozen;
using System.Collections.Immutable;

namespace EdgeQueue.Core.Announcements;

/// <summary>The languages that EdgeQueue can call in. A file of <c>Languages/</c> is a language.</summary>
public static partial class Languages
{
    private static readonly FrozenDictionary<string, LanguageSpeech> All = new[]
    {
        Arabic, English, French, German, Norwegian, Polish, Portuguese, Russian, Spanish, Ukrainian,
    }.ToFrozenDictionary(speech => speech.Code, StringComparer.OrdinalIgnoreCase);

    /// <summary>The codes of all languages, sorted.</summary>
    public static ImmutableArray<string> Codes { get; } = [.. All.Keys.Order(StringComparer.Ordinal)];

    /// <summary>
    /// The language of a BCP 47 code; a regional variant ("en-US", "es-419") falls back to its language, and
    /// "no" is Bokmål. Null when there are no words for it.
    /// </summary>
    public static LanguageSpeech? Find(string code)
    {
        var primary = code.Split('-', '_')[0];
        return All.GetValueOrDefault(primary.Equals("no", StringComparison.OrdinalIgnoreCase) ? "nb" : primary);
    }
}
