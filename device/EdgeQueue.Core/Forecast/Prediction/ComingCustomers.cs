using EdgeQueue.Core.Queue;

namespace EdgeQueue.Core.Forecast;

/// <summary>Who may come from a moment on, by the branch's own past and by how busy today has been so far.</summary>
internal sealed class ComingCustomers
{
    /// <summary>Nobody is foreseen beyond this.</summary>
    private const int MostSlots = 24;

    private readonly Moment _now;
    private readonly double _into;
    private readonly List<(ArrivalStream Stream, double[] Rates)> _streams = [];
    private readonly int _first;
    private readonly LikelyTimes _times;

    public ComingCustomers(BranchHistory history, LikelyTimes times, Moment now)
    {
        (_now, _times) = (now, times);
        _first = history.SlotOf(now);
        _into = history.IntoSlot(now);
        var (today, tomorrow) = (history.Clock.DayOfWeek(now), history.Clock.DayOfWeek(now + TimeSpan.FromDays(1)));
        var expected = history.Arrivals.Streams.Select(s => (Stream: s, Today: history.Arrivals.Expected(s, today))).ToList();
        foreach (var segment in expected.GroupBy(s => s.Stream.Segment))
        {
            var soFar = segment.Sum(s => s.Today.Take(_first).Sum() + (s.Today[_first] * _into));
            var factor = history.Arrivals.TodayFactor(segment.Key, soFar);
            foreach (var (stream, rates) in segment)
            {
                var next = history.Arrivals.Expected(stream, tomorrow);
                var from = _first;
                _streams.Add((stream, [.. Enumerable.Range(0, MostSlots).Select(i =>
                    from + i < ArrivalHistory.Slots ? factor * rates[from + i] : next[from + i - ArrivalHistory.Slots])]));
            }
        }
    }

    public IEnumerable<Customer> Sample(Chance chance)
    {
        const long HalfHour = 1_800_000;
        var begins = _now.Milliseconds - (long)(_into * HalfHour);
        var coming = new List<(long At, ArrivalStream Stream)>();
        for (var slot = 0; slot < MostSlots; slot++, begins += HalfHour)
        {
            coming.Clear();
            foreach (var (stream, rates) in _streams)
            {
                for (var left = chance.Poisson(rates[slot]); left > 0; left--)
                {
                    var at = begins + (long)(chance.Uniform() * HalfHour);
                    if (at > _now.Milliseconds)
                    {
                        coming.Add((at, stream));
                    }
                }
            }

            coming.Sort((a, b) => a.At.CompareTo(b.At));
            foreach (var (at, stream) in coming)
            {
                yield return _times.Newcomer(chance, stream, at);
            }
        }
    }
}
