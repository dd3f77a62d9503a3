using EdgeQueue.Core.Queue;

namespace EdgeQueue.Core.Forecast;

/// <summary>
/// The waits in a branch, from as many futures as it keeps: the newest replace the oldest, so that a little work after each
/// event keeps all predictions fresh. What a future cannot foresee (a counter comes or goes, many leave) drops the futures of
/// before. One thread rolls; what it hands out is immutable.
/// </summary>
public sealed class WaitForecast(BranchHistory history, ulong seed, int futures = WaitForecast.Usual)
{
    /// <summary>Futures that are kept: with 60 the P50 and the P90 wander by a few per cent of the wait.</summary>
    public const int Usual = 60;

    /// <summary>With fewer no P50 and P90 are said, but a range: just after a counter came or went in a large branch.</summary>
    public const int LeastForFigures = 20;

    /// <summary>With fewer nothing is said.</summary>
    public const int Least = 10;

    private const int LeastServed = 30;

    // Of a hundred who wait so many may change their place before the futures of before are of another branch.
    private const int MostChangedPercent = 5;

    private readonly Queue<Future> _futures = new(futures);
    private Outlook? _outlook;
    private Surprises _surprises;
    private int _look;
    private long _rolled;

    /// <summary>How many futures the predictions stand on now.</summary>
    public int Futures => _futures.Count;

    /// <summary>How many of them begin at the state that was looked at last; the others began before, and nothing has happened
    /// since then that they could not foresee.</summary>
    public int Fresh { get; private set; }

    /// <summary>All futures begin at the last look, or too little is known for any.</summary>
    public bool IsFresh => _outlook is null || Fresh == futures;

    /// <summary>For whom a newcomer's wait is known.</summary>
    public IEnumerable<ArrivalStream> Streams => _futures.SelectMany(f => f.Newcomers.Keys).Distinct();

    /// <summary>Bookings that may check in now and whose call is known.</summary>
    public IEnumerable<string> Bookings => _futures.SelectMany(f => f.BookedAt.Keys).Distinct();

    /// <summary>What happened since the last look. Futures that could not foresee it are dropped with the next.</summary>
    public void Learn(Event happened) => _surprises = _surprises.After(happened);

    /// <summary>From here on futures begin at this state; those that are contradicted by now are dropped. Rolls nothing yet.</summary>
    /// <param name="state">Only read, and not kept.</param>
    public void Look(BranchState state, Moment now)
    {
        _outlook = state.Rules is null || history.Served < LeastServed ? null : new(state, history, now);
        (_look, Fresh) = (_look + 1, 0);
        var most = Math.Max(2, (_outlook?.Waiting ?? 0) * MostChangedPercent / 100);
        for (var left = _futures.Count; left > 0; left--)
        {
            var future = _futures.Dequeue();
            if (future.Seen.Turns == _surprises.Turns && _surprises.Single - future.Seen.Single <= most)
            {
                _futures.Enqueue(future);
            }
        }
    }

    /// <summary>Rolls one more future from the last look; false: too little is known to roll.</summary>
    public bool Roll()
    {
        if (_outlook is null)
        {
            _futures.Clear();
            return false;
        }

        if (_futures.Count == futures)
        {
            _futures.Dequeue();
        }

        _futures.Enqueue(_outlook.Roll(Chance.Of(seed, ++_rolled)) with { Look = _look, Seen = _surprises });
        Fresh = Math.Min(Fresh + 1, futures);
        return true;
    }

    /// <summary>Replaces all futures by ones from this state.</summary>
    public void Refresh(BranchState state, Moment now)
    {
        Look(state, now);
        for (var i = 0; i < futures && Roll(); i++)
        {
        }
    }

    /// <summary>Replaces as many futures as there is time for, at least one, at most all: what one event costs.</summary>
    /// <param name="goesOn">Asked after each future; the caller has the clock.</param>
    /// <returns>How many were replaced.</returns>
    public int Renew(BranchState state, Moment now, Func<bool> goesOn)
    {
        Look(state, now);
        return GoOn(goesOn);
    }

    /// <summary>The same for those that are not of the last look yet, while nothing has happened since.</summary>
    public int GoOn(Func<bool> goesOn)
    {
        var done = 0;
        while (Fresh < futures && Roll())
        {
            done++;
            if (!goesOn())
            {
                break;
            }
        }

        return done;
    }

    /// <summary>When a waiting visit will be called; null: too little is known to say anything.</summary>
    /// <param name="booking">The booking that it came with, if any.</param>
    public WaitPrediction? Of(Visit visit, Moment now, string? booking = null)
    {
        var stream = new ArrivalStream(visit.Service, visit.Segment);
        return Predict(now, f => f.CalledAt.TryGetValue(visit.Number, out var at) ? at
            : f.From >= visit.IssuedAt.Milliseconds ? null
            : booking is not null ? f.BookedAt.TryGetValue(booking, out var booked) ? booked : Unforeseen
            : f.Newcomers.GetValueOrDefault(stream));
    }

    /// <summary>When somebody would be called who took a ticket now; null: too little is known, or they would get none.</summary>
    public WaitPrediction? OfNewcomer(ArrivalStream stream, Moment now) => Predict(now, f => f.Newcomers.GetValueOrDefault(stream));

    /// <summary>When the customer of this booking will be called who checks in now; null: too little is known, or it is too early.</summary>
    public WaitPrediction? OfBooking(string booking, Moment now) =>
        Predict(now, f => f.BookedAt.TryGetValue(booking, out var at) ? at : Unforeseen);

    // This future was not asked.
    private const long Unforeseen = -1;

    private WaitPrediction? Predict(Moment now, Func<Future, long?> calledAt)
    {
        var waits = new List<double>(_futures.Count);
        var guessed = 0.0;
        foreach (var future in _futures)
        {
            var at = calledAt(future);
            if (at != Unforeseen)
            {
                waits.Add(at is { } called ? Math.Max(0, called - now.Milliseconds) : double.PositiveInfinity);
                guessed += future.GuessedShare;
            }
        }

        if (waits.Count < Math.Min(futures, Least))
        {
            return null;
        }

        waits.Sort();
        guessed /= waits.Count;
        var known = guessed <= 0.1 && history.Arrivals.Days >= 3 && waits.Count >= Math.Min(futures, LeastForFigures);
        var (low, high) = known ? (Quantile(waits, 0.5), Quantile(waits, 0.9)) : (Quantile(waits, 0.1), Quantile(waits, 0.95));
        return guessed > 0.5 || double.IsInfinity(high)
            ? null
            : new(known ? PredictionBasis.Known : PredictionBasis.Range, (long)low, (long)high);
    }

    // Hazen's position: as many samples below as the share says, half of one between two.
    private static double Quantile(List<double> sorted, double share)
    {
        var position = Math.Clamp((share * sorted.Count) - 0.5, 0, sorted.Count - 1);
        var low = (int)position;
        return low + 1 == sorted.Count || position == low
            ? sorted[low]
            : sorted[low] + ((position - low) * (sorted[low + 1] - sorted[low]));
    }
}
