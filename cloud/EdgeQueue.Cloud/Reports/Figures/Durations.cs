using EdgeQueue.Cloud.Ingest;

namespace EdgeQueue.Cloud.Reports.Figures;

/// <summary>A percentile out of a histogram.</summary>
/// <param name="Ms">Between the bounds by proportion; the lower one where there is no upper one.</param>
/// <param name="LowMs">The true one is more than this …</param>
/// <param name="HighMs">… and at most this; null: nothing says how much more it is.</param>
internal readonly record struct Percentile(long Ms, long LowMs, long? HighMs);

/// <summary>
/// How long something took, added up: a sum and a histogram (<see cref="Buckets"/>). The mean is exact. A percentile is wrong by no more than the width of the
/// bucket that the true one (nearest rank) is in: 15 s below half a minute, 2 min at 3 min, 5 min at 12 min, 45 min at an hour.
/// </summary>
internal sealed class Durations
{
    private readonly long[] _counts = new long[Buckets.Count];

    public long SumMs { get; private set; }

    public long Count => _counts.Sum();

    /// <summary>People by bucket. A mistake that was taken back in a later period may leave less than nothing: that is nothing.</summary>
    public IReadOnlyList<long> Counts => [.. _counts.Select(c => Math.Max(0, c))];

    public long? MeanMs => Count > 0 ? Math.Max(0, SumMs) / Count : null;

    /// <param name="sums">A row of measures.</param>
    public void Add(ReadOnlySpan<long> sums, int sumMeasure, int firstBucket)
    {
        SumMs += sums[sumMeasure];
        for (int i = 0; i < _counts.Length; i++)
        {
            _counts[i] += sums[firstBucket + i];
        }
    }

    /// <param name="percent">1 … 99.</param>
    /// <returns>Null: there is none.</returns>
    public Percentile? At(int percent)
    {
        IReadOnlyList<long> counts = Counts;
        long all = counts.Sum();
        if (all == 0)
        {
            return null;
        }

        // Nearest rank: the smallest value that so many of a hundred do not exceed.
        long rank = ((all * percent) + 99) / 100;
        long below = 0;
        int bucket = 0;
        while (below + counts[bucket] < rank)
        {
            below += counts[bucket++];
        }

        long low = bucket == 0 ? 0 : Buckets.Seconds[bucket - 1] * 1000L;
        return bucket == Buckets.Count - 1
            ? new(low, low, null)
            : new(low + (((Buckets.Seconds[bucket] * 1000L) - low) * (rank - below) / counts[bucket]), low, Buckets.Seconds[bucket] * 1000L);
    }
}
