using EdgeQueue.Core.Queue;

namespace EdgeQueue.Core.Forecast;

/// <summary>Who worked at which counter, and when: the share of each half-hour of the day that a counter was open.</summary>
public sealed class StaffHistory
{
    private const double Keep = 0.97;
    private const int MostPairs = 10_000;
    private const int HalfHour = 30;

    private readonly Dictionary<string, (string Operator, Moment Since)> _open = [];
    private readonly Dictionary<string, double[]> _today = [];
    private readonly Dictionary<string, double[]> _shares = [];
    private readonly Dictionary<(string Counter, string Operator), long> _worked = [];
    private double _days;

    /// <summary>Counters that were open on the remembered days.</summary>
    public IEnumerable<string> Counters => _shares.Keys.Order(StringComparer.Ordinal);

    /// <summary>Of each half-hour, how much of it this counter was open on an average day; 0 … 1. Null: it never was.</summary>
    public IReadOnlyList<double>? OpenShare(string counter) =>
        _days > 0 && _shares.TryGetValue(counter, out var sums) ? [.. sums.Select(s => s / _days)] : null;

    /// <summary>Who worked longest at a counter; null: nobody.</summary>
    public string? UsualOperator(string counter) => _worked.Where(w => w.Key.Counter == counter)
        .OrderByDescending(w => w.Value).ThenBy(w => w.Key.Operator, StringComparer.Ordinal).Select(w => w.Key.Operator).FirstOrDefault();

    public void Learn(Event happened, BranchClock clock)
    {
        switch (happened)
        {
            case CounterOpened e:
                Leave(e.Counter, e.At, clock);
                _open[e.Counter] = (e.Operator, e.At);
                break;
            case CounterPaused e:
                Leave(e.Counter, e.At, clock);
                break;
            case CounterClosed e:
                Leave(e.Counter, e.At, clock);
                break;
            case DayOpened e:
                EndDay(e.At, clock);
                break;
            default:
                break;
        }
    }

    private void Leave(string counter, Moment at, BranchClock clock)
    {
        if (!_open.Remove(counter, out var since))
        {
            return;
        }

        var worked = Math.Max(0, at.Milliseconds - since.Since.Milliseconds);
        if (_worked.Count < MostPairs || _worked.ContainsKey((counter, since.Operator)))
        {
            _worked[(counter, since.Operator)] = _worked.GetValueOrDefault((counter, since.Operator)) + worked;
        }

        if (!clock.Trusted)
        {
            return;
        }

        if (!_today.TryGetValue(counter, out var slots))
        {
            _today[counter] = slots = new double[ArrivalHistory.Slots];
        }

        // Minute by minute: a day's work is some hundred of them, and midnight needs no thought.
        var from = clock.MinuteOfDay(since.Since);
        for (var minute = 0L; minute < Math.Min(1440, worked / 60_000); minute++)
        {
            slots[(from + minute) % 1440 / HalfHour] += 1.0 / HalfHour;
        }
    }

    // Whoever works over the end of a day is on the new one from its beginning.
    private void EndDay(Moment at, BranchClock clock)
    {
        foreach (var (counter, since) in _open.ToList())
        {
            Leave(counter, at, clock);
            _open[counter] = (since.Operator, at);
        }

        if (_today.Count == 0)
        {
            return;
        }

        _days = (_days * Keep) + 1;
        foreach (var sums in _shares.Values)
        {
            for (var i = 0; i < sums.Length; i++)
            {
                sums[i] *= Keep;
            }
        }

        foreach (var (counter, slots) in _today)
        {
            var sums = _shares.TryGetValue(counter, out var known) ? known : _shares[counter] = new double[ArrivalHistory.Slots];
            for (var i = 0; i < sums.Length; i++)
            {
                sums[i] += Math.Min(1, slots[i]);
            }
        }

        _today.Clear();
    }
}
