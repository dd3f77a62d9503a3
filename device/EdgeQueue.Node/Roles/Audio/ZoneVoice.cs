using EdgeQueue.Core.Announcements;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Hardware.Sound;
using EdgeQueue.Node.Host;
using EdgeQueue.Node.Speech;

namespace EdgeQueue.Node.Roles.Audio;

/// <summary>The voice of one zone: phrases from Core, sound from clips and synthesis, out through the configured device.</summary>
/// <param name="minuteOfDay">Local, 0 … 1439; null: not known.</param>
public sealed class ZoneVoice(
    AudioConfiguration configuration, ISpeaker speaker, ClipLibrary clips, ISoundOutput output, Func<int?> minuteOfDay, NodeStatus status)
    : IVoice
{
    /// <summary>4 MB: about a dozen announcements in three languages.</summary>
    private const int CachedSamples = 2_000_000;

    private readonly PhraseRenderer renderer = new(speaker, clips, Chime.Generate());
    private readonly SpeechCache cache = new(CachedSamples);
    private readonly ChannelLayout layout = new(configuration.Channels, configuration.Channel);
    private readonly NightHours? night = NightHours.Parse(configuration.Night);
    private readonly SortedDictionary<string, string> unspoken = new(StringComparer.Ordinal);

    public RenderedSpeech Call(OpenCall call, IReadOnlyList<string> languages)
    {
        var say = new CallToSpeak(call.Label, call.Number, Kind(call.Place));
        return cache.Get(
            $"{call.Place} {call.Number} {call.Label} {string.Join(' ', languages)}",
            () => Render(languages.Select(language => (language, (Func<Phrase>)(() => AnnouncementPhrases.For(say, language))))));
    }

    public RenderedSpeech Evacuation(IReadOnlyDictionary<string, string> texts) => cache.Get(
        $"! {string.Join(' ', texts.Select(text => text.Key + ' ' + text.Value))}",
        () => Render(texts.Select(text => (text.Key, (Func<Phrase>)(() => Phrase.FreeText(text.Key, text.Value))))));

    public Task PlayAsync(RenderedSpeech speech, bool loud, CancellationToken cancellation)
    {
        var quiet = !loud && night is not null && minuteOfDay() is { } minute && night.Contains(minute);
        return output.PlayAsync(
            new PcmSound(layout.Spread(speech.Samples), Pcm.SampleRate, layout.Channels),
            new Volume(quiet ? configuration.NightVolume : configuration.Volume), cancellation);
    }

    /// <summary>
    /// All languages that can be spoken, in order; one that cannot is reported and left out, because the others are worth
    /// hearing. With none at all the chime still sounds: people look up.
    /// </summary>
    private RenderedSpeech Render(IEnumerable<(string Language, Func<Phrase> Phrase)> wanted)
    {
        var sound = new List<short>(8 * Pcm.SampleRate);
        var (spoken, asked) = (0, 0);
        sound.AddRange(renderer.Render([], withChime: true));
        foreach (var (language, phrase) in wanted)
        {
            asked++;
            try
            {
                var said = renderer.Render([phrase()], withChime: false);
                if (spoken > 0)
                {
                    sound.AddRange(new short[Pcm.Samples(PhraseRenderer.BetweenLanguages)]);
                }

                sound.AddRange(said);
                spoken++;
                unspoken.Remove(language);
            }
            catch (Exception mute) when (mute is SpeechUnavailableException or ArgumentException)
            {
                unspoken[language] = mute.Message;
            }
        }

        status.Fault("languageNotSpoken", unspoken.Count == 0
            ? null
            : string.Join(' ', unspoken.Select(one => $"Calls in \"{one.Key}\" are not spoken: {one.Value}")));
        return new RenderedSpeech(sound.ToArray(), TimeSpan.FromSeconds((double)sound.Count / Pcm.SampleRate), spoken, spoken == asked);
    }

    private static PlaceKind Kind(string place) => Enum.TryParse<PlaceKind>(place, ignoreCase: true, out var kind) ? kind : PlaceKind.Counter;
}
