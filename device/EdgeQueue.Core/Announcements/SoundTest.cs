using System.Collections.Frozen;

namespace EdgeQueue.Core.Announcements;

/// <summary>What a loudspeaker says when a technician tries it.</summary>
public static class SoundTest
{
    private static readonly FrozenDictionary<string, string> Words = new Dictionary<string, string>
    {
        ["en"] = "This is a sound test.",
        ["nb"] = "Dette er en lydprøve.",
        ["de"] = "Das ist eine Tonprobe.",
        ["fr"] = "Ceci est un essai de son.",
        ["es"] = "Esto es una prueba de sonido.",
        ["pt"] = "Este é um teste de som.",
        ["pl"] = "To jest próba dźwięku.",
        ["ru"] = "Это проверка звука.",
        ["uk"] = "Це перевірка звуку.",
        ["ar"] = "هذا اختبار للصوت.",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>By language, in their order; those without words are left out, and with none at all it is English.</summary>
    public static IReadOnlyDictionary<string, string> In(IEnumerable<string> languages)
    {
        var texts = new OrderedDictionary<string, string>();
        foreach (string language in languages.Where(Words.ContainsKey))
        {
            texts.TryAdd(language, Words[language]);
        }

        return texts.Count > 0 ? texts : new OrderedDictionary<string, string> { ["en"] = Words["en"] };
    }
}
