using EdgeQueue.Core.Queue;

namespace EdgeQueue.Core.Forecast;

/// <summary>
/// The waits in a branch, from as many futures as it keeps: the newest replace the oldest, so that a little work after each
/// event keeps all predictions fresh. One thread rolls; what it hands out is immutable.
/// </summary>
public sealed class WaitForecast(BranchHistory history, ulong seed, int futures = WaitForecast.Usual)
{
    /// <summary>Futures that are kept: with 60 the P50 and the P90 wander by a few per cent of the wait.</summary>
    public const int Usual = 60;

    /// <summary>With fewer nothing is said.</summary>
    public const int Least = 20;

    private const int LeastServed = 30;
    private readonly Queue<Future> _futures = new(futures);
    private Outlook? _outlook;
    private long _rolled;

    /// <summary>How many futures the predictions stand on now.</summary>
    public int Futures => _futures.Count;

    /// <summary>For whom a newcomer's wait is known.</summary>
    public IEnumerable<ArrivalStream> Streams => _futures.SelectMany(f => f.Newcomers.Keys).Distinct();

    /// <summary>From here on futures begin at this state; rolls nothing yet.</summary>
    /// <param name="state">Only read, and not kept.</param>
    public void Look(BranchState state, Moment now) =>
        _outlook = state.Rules is null || history.Served < LeastServed ? null : new(state, history, now);

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

        _futures.Enqueue(_outlook.Roll(Chance.Of(seed, ++_rolled)));
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
        var done = 0;
        while (done < futures && Roll())
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
    public WaitPrediction? Of(Visit visit, Moment now)
    {
        var stream = new ArrivalStream(visit.Service, visit.Segment);
        return Predict(now, f => f.CalledAt.TryGetValue(visit.Number, out var at) ? at
            : f.From >= visit.IssuedAt.Milliseconds ? null
            : f.Newcomers.GetValueOrDefault(stream));
    }

    /// <summary>When somebody would be called who took a ticket now; null: too little is known, or they would get none.</summary>
    public WaitPrediction? OfNewcomer(ArrivalStream stream, Moment now) => Predict(now, f => f.Newcomers.GetValueOrDefault(stream));

    private WaitPrediction? Predict(Moment now, Func<Future, long?> calledAt)
    {
        if (_futures.Count < Math.Min(futures, Least))
        {
            return null;
        }

        var waits = new double[_futures.Count];
        var (i, guessed) = (0, 0.0);
        foreach (var future in _futures)
        {
            waits[i++] = calledAt(future) is { } at ? Math.Max(0, at - now.Milliseconds) : double.PositiveInfinity;
            guessed += future.GuessedShare;
        }

        Array.Sort(waits);
        guessed /= waits.Length;
        var known = guessed <= 0.1 && history.Arrivals.Days >= 3;
        var (low, high) = known ? (Quantile(waits, 0.5), Quantile(waits, 0.9)) : (Quantile(waits, 0.1), Quantile(waits, 0.95));
        return guessed > 0.5 || double.IsInfinity(high)
            ? null
            : new(known ? PredictionBasis.Known : PredictionBasis.Range, (long)low, (long)high);
    }

    // Hazen's position: as many samples below as the share says, half of one between two.
    private static double Quantile(double[] sorted, double share)
    {
        var position = Math.Clamp((share * sorted.Length) - 0.5, 0, sorted.Length - 1);
        var low = (int)position;
        return low + 1 == sorted.Length || position == low
            ? sorted[low]
            : sorted[low] + ((position - low) * (sorted[low + 1] - sorted[low]));
    }
}
