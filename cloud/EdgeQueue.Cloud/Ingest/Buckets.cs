namespace EdgeQueue.Cloud.Ingest;

/// <summary>The histograms' bounds, the same for waiting, walking and serving: so percentiles of any range can be added up.</summary>
public static class Buckets
{
    /// <summary>Upper bounds in seconds, inclusive; the twelfth bucket is without one.</summary>
    public static IReadOnlyList<int> Seconds { get; } = [15, 30, 60, 120, 240, 420, 600, 900, 1500, 2700, 5400];

    public const int Count = 12;

    public static int Of(long milliseconds)
    {
        int bucket = 0;
        while (bucket < Seconds.Count && milliseconds > Seconds[bucket] * 1000L)
        {
            bucket++;
        }

        return bucket;
    }
}
