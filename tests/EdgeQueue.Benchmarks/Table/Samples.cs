namespace EdgeQueue.Benchmarks.Table;

/// <summary>Durations in milliseconds, and what is asked of them.</summary>
internal sealed class Samples
{
    private readonly List<double> values = [];

    public int Count => values.Count;

    public double Median => Percentile(50);

    public double P99 => Percentile(99);

    public void Add(double milliseconds) => values.Add(milliseconds);

    public void Clear() => values.Clear();

    /// <summary>The smallest value that at least so many per cent are not above (nearest rank).</summary>
    public double Percentile(double percent)
    {
        if (values.Count == 0)
        {
            throw new InvalidOperationException("Nothing was measured.");
        }

        var sorted = values.Order().ToList();
        return sorted[Math.Max(0, (int)Math.Ceiling(percent / 100 * sorted.Count) - 1)];
    }
}
