using System.Collections.Immutable;

namespace EdgeQueue.Node.Speech;

/// <summary>
/// espeak-ng as a speaker. The library's state is global to the process, so one synthesis runs at a time, whichever
/// instance asks.
/// </summary>
/// <param name="languages">BCP 47 codes; a variant that espeak-ng has ("es-419", "pt-BR") is used, else its language.</param>
/// <param name="wordsPerMinute">80 … 450; 150 is calmer than the library's 175, for large rooms.</param>
public sealed class EspeakSpeaker(IEnumerable<string> languages, int wordsPerMinute = 150) : ISpeaker
{
    private static readonly Lock Engine = new();
    private readonly ImmutableArray<string> languages = [.. languages];
    private ImmutableDictionary<string, string> voices = ImmutableDictionary<string, string>.Empty;

    /// <summary>Tries the library and every language's voice, so that a fault is known at start and not at the first call.</summary>
    /// <exception cref="SpeechUnavailableException">The library, its data or a voice is missing; all voices at once.</exception>
    public void Open()
    {
        lock (Engine)
        {
            using var espeak = EspeakLibrary.Load();
            voices = languages.Distinct(StringComparer.Ordinal)
                .ToImmutableDictionary(language => language, language => Candidates(language).FirstOrDefault(espeak.SetVoice) ?? "");
        }

        var missing = voices.Where(voice => voice.Value.Length == 0).Select(voice => voice.Key).Order(StringComparer.Ordinal).ToArray();
        if (missing.Length > 0)
        {
            throw new SpeechUnavailableException(
                $"espeak-ng has no voice for: {string.Join(", ", missing)}. \"espeak-ng --voices\" lists what it has; " +
                "correct the languages in the branch's configuration.");
        }
    }

    /// <inheritdoc/>
    public short[] Speak(string language, string ssml) =>
        With(language, espeak => Pcm.Trim(espeak.Synthesise(ssml)).ToArray());

    /// <summary>
    /// What is said for <paramref name="ssml"/>, in the International Phonetic Alphabet with espeak-ng's marks. Taken
    /// from the synthesis, because the library's text-to-phonemes call knows no SSML.
    /// </summary>
    public string Phonemes(string language, string ssml) =>
        string.Join(' ', With(language, espeak => espeak.Phonemes(ssml)).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    private T With<T>(string language, Func<EspeakLibrary, T> say)
    {
        var voice = voices.GetValueOrDefault(language) ?? throw new InvalidOperationException(
            $"The voice for \"{language}\" was not opened; opened are: {string.Join(", ", voices.Keys.Order(StringComparer.Ordinal))}.");
        lock (Engine)
        {
            using var espeak = EspeakLibrary.Load();
            if (!espeak.SetVoice(voice))
            {
                throw new SpeechUnavailableException($"espeak-ng's voice \"{voice}\" was there at start and is not any more. Was the package espeak-ng-data removed?");
            }

            espeak.SetWordsPerMinute(wordsPerMinute);
            return say(espeak);
        }
    }

    /// <summary>"en-GB" is not a name that espeak-ng takes, "en" is; "no" is called "nb" there.</summary>
    private static IEnumerable<string> Candidates(string language)
    {
        var name = language.ToLowerInvariant();
        yield return name;
        yield return name.Split('-')[0] is "no" ? "nb" : name.Split('-')[0];
    }
}
