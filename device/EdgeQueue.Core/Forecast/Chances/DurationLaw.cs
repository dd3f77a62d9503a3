namespace EdgeQueue.Core.Forecast;

/// <summary>How long something takes, by chance; milliseconds, at least 0.</summary>
public abstract record DurationLaw
{
    /// <summary>On average, milliseconds.</summary>
    public abstract double Mean { get; }

    public abstract long Sample(Chance chance);

    /// <summary>A whole duration of something that has lasted so long already: never less than that.</summary>
    public abstract long SampleBeyond(Chance chance, long lastedMs);

    protected static long Whole(double milliseconds) => (long)Math.Round(Math.Min(milliseconds, long.MaxValue / 4));
}

/// <summary>Always the same.</summary>
public sealed record FixedDuration(long Ms) : DurationLaw
{
    public override double Mean => Ms;

    public override long Sample(Chance chance) => Ms;

    public override long SampleBeyond(Chance chance, long lastedMs) => Math.Max(Ms, lastedMs);
}

/// <summary>Without memory.</summary>
public sealed record ExponentialDuration(double MeanMs) : DurationLaw
{
    public override double Mean => MeanMs;

    public override long Sample(Chance chance) => Whole(MeanMs * chance.Exponential());

    public override long SampleBeyond(Chance chance, long lastedMs) => lastedMs + Sample(chance);
}

/// <summary>As most services are: many short ones, some very long.</summary>
/// <param name="Cv">Standard deviation ÷ mean, more than 0.</param>
public sealed record LognormalDuration(double MeanMs, double Cv) : DurationLaw
{
    private readonly double _sigma = Math.Sqrt(Math.Log(1 + (Cv * Cv)));

    public override double Mean => MeanMs;

    private double Mu => Math.Log(MeanMs) - (_sigma * _sigma / 2);

    public override long Sample(Chance chance) => Whole(Math.Exp(Mu + (_sigma * chance.Normal())));

    public override long SampleBeyond(Chance chance, long lastedMs)
    {
        if (lastedMs <= 0)
        {
            return Sample(chance);
        }

        var passed = NormalLaw.Cdf((Math.Log(lastedMs) - Mu) / _sigma);
        var p = Math.Min(passed + ((1 - passed) * chance.Uniform()), 1 - 1e-12);
        return Math.Max(lastedMs, Whole(Math.Exp(Mu + (_sigma * NormalLaw.Quantile(p)))));
    }
}

/// <summary>As patience is: shape 1 has no memory, from 2 on hardly anybody leaves at once.</summary>
public sealed record WeibullDuration(double Shape, double ScaleMs) : DurationLaw
{
    // The gamma function by its integral is not in .NET; by sampling at even steps the mean is good to a thousandth.
    public override double Mean => ScaleMs * Enumerable.Range(0, 10_000).Average(i => Math.Pow(-Math.Log((i + 0.5) / 10_000), 1 / Shape));

    public override long Sample(Chance chance) => Whole(ScaleMs * Math.Pow(chance.Exponential(), 1 / Shape));

    public override long SampleBeyond(Chance chance, long lastedMs) =>
        Whole(ScaleMs * Math.Pow(chance.Exponential() + Math.Pow(lastedMs / ScaleMs, Shape), 1 / Shape));
}

/// <summary>As often as it was seen.</summary>
public sealed record ObservedDuration : DurationLaw
{
    private readonly long[] _sorted;

    /// <param name="seen">Milliseconds; at least one.</param>
    public ObservedDuration(IEnumerable<long> seen)
    {
        _sorted = [.. seen];
        Array.Sort(_sorted);
        Mean = _sorted.Average();
    }

    public override double Mean { get; }

    public int Count => _sorted.Length;

    public override long Sample(Chance chance) => Between(chance.Uniform() * _sorted.Length);

    public override long SampleBeyond(Chance chance, long lastedMs)
    {
        var first = Array.BinarySearch(_sorted, lastedMs);
        first = first < 0 ? ~first : first;
        var left = _sorted.Length - first;

        // Of what lasted longer than this a few were seen at least; beyond them, as long again as a long one takes to its end.
        return left >= 5
            ? Math.Max(lastedMs, Between(first + (chance.Uniform() * left)))
            : lastedMs + Whole(Math.Max(Mean, lastedMs * 0.5) * chance.Exponential());
    }

    // A little around what was seen: the next one is never to the millisecond like one before.
    private long Between(double position)
    {
        var at = Math.Min((int)position, _sorted.Length - 1);
        var low = at > 0 ? (_sorted[at - 1] + _sorted[at]) / 2 : _sorted[0];
        var high = at + 1 < _sorted.Length ? (_sorted[at] + _sorted[at + 1]) / 2 : _sorted[at];
        return low + (long)((high - low) * (position - at));
    }
}
