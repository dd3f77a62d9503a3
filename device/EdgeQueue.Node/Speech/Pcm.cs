namespace EdgeQueue.Node.Speech;

/// <summary>The one form of sound in this folder: 16-bit mono samples at 22,050 Hz, as espeak-ng makes them.</summary>
public static class Pcm
{
    /// <summary>Samples a second.</summary>
    public const int SampleRate = 22_050;

    /// <summary>About −48 dB: below this a sample is silence.</summary>
    private const short Silence = 128;

    public static int Samples(TimeSpan duration) => (int)(duration.TotalSeconds * SampleRate);

    /// <summary>
    /// Without the silence at both ends, so that the gaps between clips and synthesised words are ours; 10 ms stay,
    /// so that a soft consonant is not cut.
    /// </summary>
    public static ReadOnlySpan<short> Trim(ReadOnlySpan<short> sound)
    {
        var first = sound.IndexOfAnyExceptInRange((short)-Silence, Silence);
        if (first < 0)
        {
            return [];
        }

        var last = sound.LastIndexOfAnyExceptInRange((short)-Silence, Silence);
        var from = Math.Max(0, first - SampleRate / 100);
        return sound[from..Math.Min(sound.Length, last + 1 + SampleRate / 100)];
    }
}
