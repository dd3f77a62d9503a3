namespace EdgeQueue.Core.Forecast;

/// <summary>Customers of one service and segment come as a stream.</summary>
public readonly record struct ArrivalStream(string Service, string? Segment);

/// <summary>How many came when, by half-hours of the local day, over the last business days.</summary>
public sealed class ArrivalHistory
{
    /// <summary>Half-hours of a day.</summary>
    public const int Slots = 48;

    /// <summary>Business days that are remembered.</summary>
    public const int MostDays = 60;

    // A day long ago counts less, another day of the week counts less; both as months of real branches look.
    private const double Fades = 0.97;
    private const double OtherWeekday = 0.4;

    private readonly Queue<Day> _days = new();
    private Day _today = new(null);

    /// <summary>Days that ended, with somebody in them.</summary>
    public int Days => _days.Count;

    public IEnumerable<ArrivalStream> Streams => _days.Append(_today).SelectMany(d => d.Counts.Keys).Distinct()
        .OrderBy(s => s.Service, StringComparer.Ordinal).ThenBy(s => s.Segment, StringComparer.Ordinal);

    public void Add(ArrivalStream stream, int slot, DayOfWeek weekday)
    {
        _today.Weekday ??= weekday;
        if (!_today.Counts.TryGetValue(stream, out var counts))
        {
            _today.Counts[stream] = counts = new ushort[Slots];
        }

        counts[slot] += (ushort)(counts[slot] < ushort.MaxValue ? 1 : 0);
    }

    /// <summary>It was no arrival of this kind: takes back the last <see cref="Add"/> of the day.</summary>
    public void Remove(ArrivalStream stream, int slot)
    {
        if (_today.Counts.TryGetValue(stream, out var counts) && counts[slot] > 0)
        {
            counts[slot]--;
        }
    }

    public void EndDay()
    {
        if (_today.Counts.Count == 0)
        {
            return;
        }

        if (_days.Count == MostDays)
        {
            _days.Dequeue();
        }

        _days.Enqueue(_today);
        _today = new(null);
    }

    /// <summary>How many come in each half-hour of such a day, on average.</summary>
    public double[] Expected(ArrivalStream stream, DayOfWeek weekday)
    {
        var (expected, weights, age) = (new double[Slots], 0.0, _days.Count);
        foreach (var day in _days)
        {
            var weight = Math.Pow(Fades, age--) * (day.Weekday == weekday ? 1 : OtherWeekday);
            weights += weight;
            if (day.Counts.TryGetValue(stream, out var counts))
            {
                for (var i = 0; i < Slots; i++)
                {
                    expected[i] += weight * counts[i];
                }
            }
        }

        for (var i = 0; i < Slots && weights > 0; i++)
        {
            expected[i] /= weights;
        }

        return expected;
    }

    /// <summary>
    /// How much busier than on average today is for a segment's customers, by how many have come: drawn towards 1 by as much
    /// as days were alike before.
    /// </summary>
    /// <param name="expectedSoFar">How many come on average until now.</param>
    public double TodayFactor(string? segment, double expectedSoFar)
    {
        double came = _today.Of(segment);
        var alike = 1 / Math.Clamp(Unevenness(segment), 0.0025, 0.25);
        return (came + alike) / (expectedSoFar + alike);
    }

    /// <summary>Squared coefficient of variation of the days' own rate, without the chance of single arrivals.</summary>
    public double Unevenness(string? segment)
    {
        if (_days.Count < 5)
        {
            return 0.02;
        }

        var totals = _days.Select(d => (double)d.Of(segment)).ToList();
        var mean = totals.Average();
        return mean <= 0 ? 0.02 : (totals.Sum(t => (t - mean) * (t - mean)) / (totals.Count - 1) - mean) / (mean * mean);
    }

    private sealed class Day(DayOfWeek? weekday)
    {
        public DayOfWeek? Weekday { get; set; } = weekday;

        public Dictionary<ArrivalStream, ushort[]> Counts { get; } = [];

        public int Of(string? segment) => Counts.Where(c => c.Key.Segment == segment).Sum(c => c.Value.Sum(n => n));
    }
}
