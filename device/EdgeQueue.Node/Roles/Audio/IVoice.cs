using EdgeQueue.Core.Contracts.Messages;

namespace EdgeQueue.Node.Roles.Audio;

/// <summary>Makes announcements into sound and lets it be heard in the zone.</summary>
public interface IVoice
{
    /// <summary>Mono, at the voice's rate; empty when not one of the languages can be spoken.</summary>
    RenderedSpeech Call(OpenCall call, IReadOnlyList<string> languages);

    /// <summary>An evacuation's text in each language, in order.</summary>
    RenderedSpeech Evacuation(IReadOnlyDictionary<string, string> texts);

    /// <summary>Completes when it has been heard; a cancelled sound stops within tens of milliseconds.</summary>
    /// <param name="loud">By day's volume, whatever the hour.</param>
    /// <exception cref="Hardware.DeviceException">The loudspeaker is gone; the next sound tries it anew.</exception>
    Task PlayAsync(RenderedSpeech speech, bool loud, CancellationToken cancellation);
}

/// <param name="Languages">How many of the languages are in it.</param>
/// <param name="Complete">All languages that were asked for are in it.</param>
public sealed record RenderedSpeech(ReadOnlyMemory<short> Samples, TimeSpan Duration, int Languages, bool Complete = true);
