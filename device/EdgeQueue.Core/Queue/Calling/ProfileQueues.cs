using System.Numerics;
using System.Runtime.CompilerServices;

namespace EdgeQueue.Core.Queue;

/// <summary>
/// The queues of one work profile, with the best score in each as a straight line over time. Every score grows in a straight
/// line until it jumps (a visit becomes due, or passes the cap), so who is best in a queue stays best until its heads change,
/// another's line crosses, or a jump comes: until then the queue need not be looked at. A choice compares one line per queue
/// and looks into about four. What is kept here is only remembered arithmetic; it changes no answer.
/// </summary>
internal sealed class ProfileQueues
{
    private const int Best = 4;

    private readonly StreamPool[] _pools;

    // A queue's line: _score at _from, growing by _growth a millisecond, good from _from until before _until. The arrays are
    // padded to whole vectors; nobody is in the padding.
    private readonly double[] _score;
    private readonly double[] _growth;
    private readonly double[] _from;
    private readonly double[] _until;
    private readonly double[] _now;
    private readonly int[] _near;

    public ProfileQueues(StreamPool[] pools)
    {
        var padded = (pools.Length + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count;
        _pools = pools;
        _score = new double[padded];
        _growth = new double[padded];
        _from = new double[padded];
        _until = new double[padded];
        _now = new double[padded];
        _near = new int[pools.Length];
        Array.Fill(_score, double.NegativeInfinity);
        Array.Fill(_from, double.NegativeInfinity);
        Array.Fill(_until, double.PositiveInfinity);
        for (var i = 0; i < pools.Length; i++)
        {
            pools[i].Watch(this, i);
            Waiting += pools[i].Visits;
            Forget(i);
        }
    }

    /// <summary>How many visits wait in these queues; the pools keep it.</summary>
    public int Waiting { get; set; }

    /// <summary>A head of this queue has changed: its line is not known any more.</summary>
    public void Forget(int queue) => (_from[queue], _until[queue]) = (0, double.NegativeInfinity);

    /// <summary>Puts this profile's best into the ranking.</summary>
    public void Rank<TRule>(ref Ranking<TRule> ranking, long now)
        where TRule : struct, ICallingRule
    {
        if (_pools.Length == 0)
        {
            return;
        }

        // Four queues reach the bar, so the best four visits do, too: whatever is below it need not be looked at.
        ranking.RaiseBar(BestScores<TRule>(now));
        var near = Near(ranking.Bar);

        // The best queues first, in order: they raise the bar for the others.
        Span<int> top = stackalloc int[Best];
        var found = 0;
        foreach (var queue in near)
        {
            var place = found;
            while (place > 0 && _now[queue] > _now[top[place - 1]])
            {
                if (place < Best)
                {
                    top[place] = top[place - 1];
                }

                place--;
            }

            if (place < Best)
            {
                top[place] = queue;
                found = Math.Min(found + 1, Best);
            }
        }

        if (found == Best)
        {
            ranking.RaiseBar(_now[top[Best - 1]]);
        }

        foreach (var queue in top[..found])
        {
            ranking.Scan(_pools[queue]);
        }

        // Hardly ever: as good as the fourth within the rounding.
        foreach (var queue in near)
        {
            if (_now[queue] >= ranking.Bar && !top[..found].Contains(queue))
            {
                ranking.Scan(_pools[queue]);
            }
        }
    }

    public void RankEarly<TRule>(ref Ranking<TRule> ranking)
        where TRule : struct, ICallingRule
    {
        foreach (var pool in _pools)
        {
            ranking.ScanEarly(pool);
        }
    }

    /// <summary>Brings the best score of every queue up to date; answers a score that at least four queues reach.</summary>
    private double BestScores<TRule>(long now)
        where TRule : struct, ICallingRule
    {
        var at = new Vector<double>(now);
        var never = new Vector<double>(double.NegativeInfinity);
        var (even, odd) = (never, never);
        for (nuint i = 0; i < (nuint)_now.Length; i += (nuint)Vector<double>.Count)
        {
            var from = StreamPool.Load(_from, i);
            if (!Vector.LessThanOrEqualAll(from, at) || !Vector.LessThanAll(at, StreamPool.Load(_until, i)))
            {
                LookAgain<TRule>((int)i, now);
                from = StreamPool.Load(_from, i);
            }

            // Before anything else is known (minus infinity, in the padding) growth is zero and the time must be finite.
            var elapsed = at - Vector.Max(from, Vector<double>.Zero);
            var scores = StreamPool.Load(_score, i) + (StreamPool.Load(_growth, i) * elapsed);
            scores.StoreUnsafe(ref _now[i]);
            (even, odd) = (Vector.Max(odd, scores), even);
        }

        // Each lane of a vector saw other queues, so as many queues as lanes reach the lowest of the lanes' best.
        var reached = Vector<double>.Count >= Best ? Lowest(Vector.Max(even, odd)) : Math.Min(Lowest(even), Lowest(odd));
        return Vector<double>.Count * 2 >= Best ? reached : double.NegativeInfinity;
    }

    private static double Lowest(Vector<double> of)
    {
        var lowest = of[0];
        for (var lane = 1; lane < Vector<double>.Count; lane++)
        {
            lowest = Math.Min(lowest, of[lane]);
        }

        return lowest;
    }

    /// <summary>The queues whose best score reaches the bar.</summary>
    private ReadOnlySpan<int> Near(double bar)
    {
        var found = 0;
        var least = new Vector<double>(bar);
        for (var i = 0; i < _now.Length; i += Vector<double>.Count)
        {
            if (!Vector.GreaterThanOrEqualAny(StreamPool.Load(_now, (nuint)i), least))
            {
                continue;
            }

            for (var queue = i; queue < Math.Min(i + Vector<double>.Count, _pools.Length); queue++)
            {
                if (_now[queue] >= bar)
                {
                    _near[found++] = queue;
                }
            }
        }

        return _near.AsSpan(0, found);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void LookAgain<TRule>(int first, long now)
        where TRule : struct, ICallingRule
    {
        for (var queue = first; queue < Math.Min(first + Vector<double>.Count, _pools.Length); queue++)
        {
            if (_from[queue] > now || _until[queue] <= now)
            {
                var best = BestLine.Of<TRule>(_pools[queue], now);
                (_score[queue], _growth[queue], _from[queue], _until[queue]) = (best.Score, best.Growth, now, best.Until);
            }
        }
    }
}
