namespace EdgeQueue.Cloud.Ingest;

/// <summary>A column of the table <c>quarter</c>, by its place.</summary>
public static class Measure
{
    public const int Issued = 0;
    public const int Called = 1;
    public const int Served = 2;
    public const int NoShows = 3;

    /// <summary>Left without being served: cancelled, or cleared at the end of the day.</summary>
    public const int Gone = 4;

    /// <summary>Waited longer than the target when called.</summary>
    public const int OverTarget = 5;
    public const int WaitMs = 6;
    public const int WalkMs = 7;
    public const int ServeMs = 8;
    public const int WaitBuckets = 9;
    public const int WalkBuckets = WaitBuckets + Buckets.Count;
    public const int ServeBuckets = WalkBuckets + Buckets.Count;
    public const int Count = ServeBuckets + Buckets.Count;

    /// <summary>Names of the columns, in order.</summary>
    public static IReadOnlyList<string> Columns { get; } =
    [
        "issued", "called", "served", "no_shows", "gone", "over_target", "wait_ms", "walk_ms", "serve_ms",
        .. Enumerable.Range(0, Buckets.Count).Select(i => $"wait_{i}"),
        .. Enumerable.Range(0, Buckets.Count).Select(i => $"walk_{i}"),
        .. Enumerable.Range(0, Buckets.Count).Select(i => $"serve_{i}"),
    ];
}

/// <summary>A row of the table <c>quarter</c>.</summary>
/// <param name="Quarter">Quarters of an hour since 1970, UTC.</param>
/// <param name="Counter">'' where none is concerned.</param>
public readonly record struct QuarterKey(long Branch, long Quarter, string Service, string Counter);

/// <summary>What is to be added to the aggregates.</summary>
public sealed class QuarterSums
{
    private readonly Dictionary<QuarterKey, long[]> _rows = [];

    public IReadOnlyDictionary<QuarterKey, long[]> Rows => _rows;

    public void Add(QuarterKey key, int measure, long amount)
    {
        if (!_rows.TryGetValue(key, out long[]? row))
        {
            _rows[key] = row = new long[Measure.Count];
        }

        row[measure] += amount;
    }

    /// <summary>A duration: its sum and its bucket.</summary>
    /// <param name="sign">-1 takes back what was counted.</param>
    public void Add(QuarterKey key, int sumMeasure, int firstBucket, long milliseconds, int sign = 1)
    {
        Add(key, sumMeasure, sign * milliseconds);
        Add(key, firstBucket + Buckets.Of(milliseconds), sign);
    }
}
