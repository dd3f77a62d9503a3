namespace EdgeQueue.EndToEnd.Branch;

/// <summary>Compares what came out of a loudspeaker with what should have.</summary>
internal static class Loudspeaker
{
    /// <summary>Normalised cross-correlation, both from their first sound on.</summary>
    public static double Likeness(short[] wanted, short[] heard)
    {
        var a = wanted.AsSpan(First(wanted));
        var b = heard.AsSpan(First(heard));
        double product = 0, own = 0, other = 0;
        for (var i = 0; i < Math.Max(a.Length, b.Length); i++)
        {
            double x = i < a.Length ? a[i] : 0, y = i < b.Length ? b[i] : 0;
            product += x * y;
            own += x * x;
            other += y * y;
        }

        return product / Math.Sqrt(own * other);
    }

    private static int First(short[] samples) => Math.Max(0, samples.AsSpan().IndexOfAnyExceptInRange((short)-20, (short)20));

    /// <summary>Of a WAV with the usual header of 44 bytes.</summary>
    public static short[] Samples(byte[] wav) => [.. Enumerable.Range(22, (wav.Length / 2) - 22).Select(i => BitConverter.ToInt16(wav, i * 2))];
}
