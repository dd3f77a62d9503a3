using EdgeQueue.Node.Speech;

namespace EdgeQueue.Node.Roles.Audio;

/// <summary>
/// Opens a language's voice when the first call in it comes: the languages are the branch's, and come with the calls.
/// One missing voice keeps no other from speaking.
/// </summary>
public sealed class VoicesOnDemand : ISpeaker
{
    private readonly Dictionary<string, EspeakSpeaker> voices = new(StringComparer.Ordinal);

    /// <exception cref="SpeechUnavailableException">The voice, the library or its data is missing; tried anew each time.</exception>
    public short[] Speak(string language, string ssml)
    {
        if (!voices.TryGetValue(language, out var voice))
        {
            voice = new EspeakSpeaker([language]);
            voice.Open();
            voices.Add(language, voice);
        }

        return voice.Speak(language, ssml);
    }
}
