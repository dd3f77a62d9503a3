namespace EdgeQueue.Hub.Web;

/// <summary>A number that only grows.</summary>
public sealed class Count
{
    private long _value;

    public long Value => Volatile.Read(ref _value);

    public void Add() => Interlocked.Increment(ref _value);
}

/// <summary>How often values fell under each bound.</summary>
public sealed class Histogram(params double[] bounds)
{
    private readonly long[] _counts = new long[bounds.Length + 1];
    private double _sum;

    public IReadOnlyList<double> Bounds { get; } = bounds;

    public double Sum => Volatile.Read(ref _sum);

    public long At(int index) => Volatile.Read(ref _counts[index]);

    /// <summary>By the loop's thread only.</summary>
    public void Add(double value)
    {
        int i = 0;
        while (i < Bounds.Count && value > Bounds[i])
        {
            i++;
        }

        Volatile.Write(ref _counts[i], _counts[i] + 1);
        Volatile.Write(ref _sum, _sum + value);
    }
}
