using System.Text;

namespace EdgeQueue.EndToEnd.Speech;

/// <summary>
/// Two transcriptions of the same sounds, made comparable. Sources and engine differ in how narrowly they write and in
/// accents that every listener of the language knows; each folding is one such difference, and nothing else is ignored.
/// A voice that changes language inside a word ("(en)") is never folded away.
/// </summary>
internal static class PhonemeFolding
{
    /// <summary>Stress, length, tongue place, aspiration, tie bars, word boundaries: how, not what.</summary>
    private const string Marks = "ˈˌːʰ.- \u032A\u033A\u0329\u0325\u0361\u0303ˤ";

    private static readonly (string From, string To)[] Everywhere =
        [("ɡ", "g"), ("ɹ", "r"), ("ɾ", "r"), ("ɛ", "e"), ("ɑ", "a"), ("ɭ", "l"), ("ɫ", "l"), ("ɔ", "o")];

    private static readonly Dictionary<string, (string From, string To)[]> PerLanguage = new()
    {
        // Northern English "one" [wɒn]; the weak vowel of "seven", "double-u" is written or not; "zero".
        ["en"] = [("ʌ", "ɒ"), ("ə", ""), ("ɪ", "i")],
        // The engine writes unstressed e as [a].
        ["nb"] = [("ə", "a")],
        // b, d, g soften between vowels; i and u as glides; n before k.
        ["es"] = [("β", "b"), ("ð", "d"), ("ɣ", "g"), ("ɪ", "i"), ("j", "i"), ("ŋ", "n")],
        // Unstressed a; ы; ш; ч is always soft; s before a soft t.
        ["ru"] = [("ʌ", "a"), ("ɐ", "a"), ("ɨ", "y"), ("ɪ", "i"), ("ʂ", "ʃ"), ("ʐ", "ʒ"), ("tɕ", "tʃ"), ("tʃʲ", "tʃ"), ("sʲtʲ", "stʲ")],
        // espeak-ng 1.51 does not tell и from і and softens consonants before и and е, as Russian does: an accent, said in the README.
        ["uk"] = [("ɪ", "i"), ("y", "i"), ("ʲi", "i"), ("ʲe", "e"), ("tʃʲ", "tʃ"), ("ʃʲ", "ʃ"), ("ʲ", "j"), ("ʋ", "v"), ("w", "v"), ("ɦ", "h")],
        // Arabic has the vowels a, i, u: e of an English name becomes a; hamza before a first vowel; doubled ʕ of the engine.
        ["ar"] = [("ʔ", ""), ("e", "a"), ("ɪ", "i"), ("j", "i"), ("ʕʕ", "ʕ"), ("tt", "t"), ("ii", "i")],
    };

    public static string Fold(string language, string phonemes)
    {
        var text = new StringBuilder(phonemes.Normalize(NormalizationForm.FormD));
        if (language == "nb")
        {
            text.Replace("ɛː", "æ"); // how the engine writes the long æ, which must stay apart from e
        }

        foreach (var mark in Marks)
        {
            text.Replace(mark.ToString(), "");
        }

        foreach (var (from, to) in Everywhere.Concat(PerLanguage[language]))
        {
            text.Replace(from, to);
        }

        return text.ToString();
    }
}
