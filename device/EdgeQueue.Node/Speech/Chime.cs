namespace EdgeQueue.Node.Speech;

/// <summary>The sound before a call: two falling tones that ring out, calculated, the same every time.</summary>
public static class Chime
{
    /// <summary>E5, then C5 (twelve-tone equal temperament, A4 = 440 Hz): a falling third, the usual door chime.</summary>
    private static readonly double[] TonesInHertz = [659.255, 523.251];

    private const double SecondsApart = 0.35;
    private const double RingsForSeconds = 0.9;
    private const double Loudness = 0.3;

    public static short[] Generate()
    {
        var sound = new short[(int)((SecondsApart * (TonesInHertz.Length - 1) + RingsForSeconds) * Pcm.SampleRate)];
        for (var tone = 0; tone < TonesInHertz.Length; tone++)
        {
            var start = (int)(tone * SecondsApart * Pcm.SampleRate);
            var length = (int)(RingsForSeconds * Pcm.SampleRate);
            for (var at = 0; at < length; at++)
            {
                var seconds = (double)at / Pcm.SampleRate;
                // Rises in 5 ms and is led to zero at the end: a step would click in the loudspeaker.
                var envelope = Math.Min(1, seconds / 0.005) * Math.Exp(-4.5 * seconds) * Math.Min(1, (RingsForSeconds - seconds) / 0.05);
                var phase = 2 * Math.PI * TonesInHertz[tone] * seconds;
                var wave = (Math.Sin(phase) + 0.3 * Math.Sin(2 * phase)) / 1.3;
                sound[start + at] += (short)(short.MaxValue * Loudness * envelope * wave);
            }
        }

        return sound;
    }
}
