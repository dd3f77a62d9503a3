namespace EdgeQueue.Tool.Simulation.Scenarios;

/// <summary>A figure and how far it may be off by chance: half of its 95 % interval.</summary>
internal readonly record struct Estimate(double Value, double Margin)
{
    /// <summary>A difference that chance alone would hardly make.</summary>
    public bool IsSeen => Math.Abs(Value) > Margin;
}

/// <summary>
/// What waiting was like over many days; shares in per cent, waits in minutes. As in <see cref="WaitFigures"/>, who was not served is late,
/// and waits that would be endless with them are NaN.
/// </summary>
/// <param name="Unserved">A day.</param>
internal sealed record ScenarioFigures(
    double Customers, Estimate Late, Estimate Mean, Estimate P95, Estimate Longest, Estimate Left, Estimate Unserved)
{
    private const int Most = 10;

    /// <param name="service">Index of a service; null: all.</param>
    public static ScenarioFigures Of(IReadOnlyList<DayFigures> days, int? service = null) => Of(days, null, service);

    /// <summary>How much it differs from the same days otherwise: day by day, so that what the days have in common falls out.</summary>
    public static ScenarioFigures Difference(IReadOnlyList<DayFigures> days, IReadOnlyList<DayFigures> from, int? service = null) =>
        Of(days, from, service);

    private static ScenarioFigures Of(IReadOnlyList<DayFigures> days, IReadOnlyList<DayFigures>? from, int? service)
    {
        var told = IsTold(days) && (from is null || IsTold(from));
        var unserved = Ratio(s => s.Unserved, _ => 1, perDay: true);

        // Who is served differs: whatever the waits of the others do, it is not the same people's.
        var comparable = from is null || !unserved.IsSeen;
        return new(
            days.Average(d => Select(d, service).Sum(s => s.Customers)),
            Ratio(s => 100.0 * (s.Late + s.Unserved), s => s.Waits.Length + s.Unserved),
            Told(Ratio(s => s.Waits.Sum(w => (double)w), s => s.Waits.Length)),
            comparable ? Batched() : Unsure(Batched()),
            told ? Longest() : None,
            comparable ? Ratio(s => 100.0 * s.Left, s => s.Customers) : Unsure(Ratio(s => 100.0 * s.Left, s => s.Customers)),
            unserved);

        Estimate Told(Estimate waits) => !told ? None : comparable ? waits : Unsure(waits);

        bool IsTold(IReadOnlyList<DayFigures> of) => of.Sum(d => Select(d, service).Sum(s => s.Waits.Length)) > 0
            && WaitFigures.IsTold(of.Sum(d => Select(d, service).Sum(s => s.Unserved)), of.Sum(d => Select(d, service).Sum(s => s.Customers)));

        // A ratio of sums over days; its error by linearisation, days being independent.
        Estimate Ratio(Func<ServiceDay, double> some, Func<ServiceDay, double> all, bool perDay = false)
        {
            var (value, parts) = Parts(days);
            if (from is not null)
            {
                var (other, others) = Parts(from);
                (value, parts) = (value - other, [.. parts.Zip(others, (a, b) => a - b)]);
            }

            return new(value, Margin(parts));

            (double Value, double[] Parts) Parts(IReadOnlyList<DayFigures> of)
            {
                var tops = of.Select(d => Select(d, service).Sum(some)).ToArray();
                var bottoms = of.Select(d => perDay ? 1 : Select(d, service).Sum(all)).ToArray();
                var ratio = bottoms.Sum() == 0 ? 0 : tops.Sum() / bottoms.Sum();
                var mean = Math.Max(1e-9, bottoms.Average());
                return (ratio, [.. tops.Zip(bottoms, (t, b) => (t - (ratio * b)) / mean)]);
            }
        }

        // A quantile has no such formula: the days are dealt out to groups, and the groups compared.
        Estimate Batched()
        {
            var groups = Math.Min(Most, days.Count);
            var parts = Enumerable.Range(0, groups).Select(g => Figure(days, g) - (from is null ? 0 : Figure(from, g))).ToArray();
            return new(Figure(days, null) - (from is null ? 0 : Figure(from, null)), Margin(parts));

            double Figure(IReadOnlyList<DayFigures> of, int? group)
            {
                var chosen = of.Where((_, i) => group is null || i % groups == group).SelectMany(d => Select(d, service)).ToList();
                var waits = chosen.SelectMany(s => s.Waits).Select(w => (double)w).ToList();
                waits.Sort();
                return waits.Count == 0 && chosen.Sum(s => s.Unserved) == 0 ? 0 : WaitFigures.Quantile(waits, 0.95, chosen.Sum(s => s.Unserved));
            }
        }

        Estimate Longest()
        {
            var here = days.Max(d => Select(d, service).Max(s => s.Waits.DefaultIfEmpty().Max()));
            return new(here - (from?.Max(d => Select(d, service).Max(s => s.Waits.DefaultIfEmpty().Max())) ?? 0), double.NaN);
        }
    }

    private static Estimate None => new(double.NaN, double.NaN);

    /// <summary>A difference of which nobody can say that it is more than chance.</summary>
    private static Estimate Unsure(Estimate of) => of with { Margin = double.NaN };

    private static IEnumerable<ServiceDay> Select(DayFigures day, int? service) => service is { } one ? [day.Of(one)] : day.All;

    private static double Margin(IReadOnlyList<double> parts)
    {
        if (parts.Count < 2)
        {
            return double.NaN;
        }

        var mean = parts.Average();
        var deviation = Math.Sqrt(parts.Sum(p => (p - mean) * (p - mean)) / (parts.Count - 1) / parts.Count);
        return deviation * StudentT(parts.Count - 1);
    }

    /// <summary>The 97.5 % point, to three digits.</summary>
    private static double StudentT(int freedom) => freedom switch
    {
        1 => 12.71,
        2 => 4.303,
        3 => 3.182,
        4 => 2.776,
        _ => 1.96 + (2.37 / freedom) + (2.82 / (freedom * freedom)) + (2.6 / Math.Pow(freedom, 3)),
    };
}
