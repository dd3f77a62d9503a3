using EdgeQueue.Node.Speech;

namespace EdgeQueue.EndToEnd.Faults;

/// <summary>Finds the announcements in what a loudspeaker played: each begins with the chime after silence.</summary>
internal static class SpokenCalls
{
    private static readonly short[] Pattern = Chime.Generate()[..(Pcm.SampleRate * 3 / 10)];

    /// <param name="wav">44 bytes of header, one channel, signed 16 bit little endian.</param>
    /// <returns>The samples of each announcement, from its chime to before the next, without the silence at the end.</returns>
    public static List<short[]> In(byte[] wav)
    {
        short[] samples = [.. Enumerable.Range(22, (wav.Length / 2) - 22).Select(i => BitConverter.ToInt16(wav, i * 2))];
        var starts = new List<int>();
        for (int at = 0; at + Pattern.Length <= samples.Length; at++)
        {
            if (samples[at] != 0 && (starts.Count == 0 || at - starts[^1] > Pattern.Length) && IsSilentBefore(samples, at) && IsChime(samples, at))
            {
                starts.Add(at);
            }
        }

        return [.. starts.Select((start, i) => Trimmed(samples.AsSpan(start, (i + 1 < starts.Count ? starts[i + 1] : samples.Length) - start)))];
    }

    private static bool IsSilentBefore(short[] samples, int at) =>
        samples.AsSpan(Math.Max(0, at - 200), Math.Min(200, at)).IndexOfAnyExcept((short)0) < 0;

    /// <summary>Normalised correlation with the chime at whatever volume; its first samples round to zero, so a few lags are tried.</summary>
    private static bool IsChime(short[] samples, int at)
    {
        for (int lag = 0; lag < 12 && at - lag >= 0 && at - lag + Pattern.Length <= samples.Length; lag++)
        {
            double product = 0, own = 0, wanted = 0;
            for (int i = 0; i < Pattern.Length; i++)
            {
                double sample = samples[at - lag + i];
                product += sample * Pattern[i];
                own += sample * sample;
                wanted += (double)Pattern[i] * Pattern[i];
            }

            if (product > 0.98 * Math.Sqrt(own * wanted))
            {
                return true;
            }
        }

        return false;
    }

    private static short[] Trimmed(ReadOnlySpan<short> samples) => samples[..(samples.LastIndexOfAnyExcept((short)0) + 1)].ToArray();
}
