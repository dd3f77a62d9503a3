using EdgeQueue.Cloud.Ingest;

namespace EdgeQueue.Cloud.Reports.Figures;

/// <summary>What was counted of something: a branch, a service, an hour.</summary>
internal sealed class Sums
{
    private readonly long[] _row = new long[Measure.Count];

    public long Issued => At(Measure.Issued);

    public long Called => At(Measure.Called);

    public long Served => At(Measure.Served);

    public long NoShows => At(Measure.NoShows);

    /// <summary>Left, or were cleared at the end of the day.</summary>
    public long Left => At(Measure.Gone);

    public Durations Waiting => Of(Measure.WaitMs, Measure.WaitBuckets);

    public Durations Walking => Of(Measure.WalkMs, Measure.WalkBuckets);

    public Durations Serving => Of(Measure.ServeMs, Measure.ServeBuckets);

    /// <summary>Share of those called who had waited no longer than the target of their service, in thousandths; null: nobody was called.</summary>
    public long? ServiceLevel => Waiting.Count is > 0 and var all ? Math.Clamp(1000 - (At(Measure.OverTarget) * 1000 / all), 0, 1000) : null;

    public bool IsEmpty => !_row.Any(v => v != 0);

    public void Add(ReadOnlySpan<long> row)
    {
        for (int i = 0; i < _row.Length; i++)
        {
            _row[i] += row[i];
        }
    }

    public void Add(Sums other) => Add(other._row);

    private long At(int measure) => Math.Max(0, _row[measure]);

    private Durations Of(int sumMeasure, int firstBucket)
    {
        var durations = new Durations();
        durations.Add(_row, sumMeasure, firstBucket);
        return durations;
    }
}
