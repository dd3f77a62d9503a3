namespace EdgeQueue.Core.Queue;

/// <summary>Learned mean service times, in integers, so that every machine learns the same.</summary>
internal static class MeanService
{
    private const long Day = 86_400_000;

    // A new transaction counts a sixteenth; a forgotten Finish not more than eight ordinary ones.
    private const int Weight = 16;
    private const int Longest = 8;

    public static long After(long mean, long servingMs) =>
        Math.Clamp(mean + ((Math.Clamp(servingMs, 1, Math.Min(Day, mean * Longest)) - mean) / Weight), 1, Day);

    /// <summary>
    /// What a visit waits with: the mean to four binary digits. A mean moves with every transaction, and every value that
    /// differs makes a stream of its own in the index.
    /// </summary>
    public static long Rounded(long mean)
    {
        var unit = 1L << Math.Max(0, 60 - System.Numerics.BitOperations.LeadingZeroCount((ulong)mean));
        return Math.Clamp((mean + (unit / 2)) / unit * unit, 1, Day);
    }
}
