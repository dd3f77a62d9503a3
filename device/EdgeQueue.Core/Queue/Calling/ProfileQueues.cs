using System.Numerics;

namespace EdgeQueue.Core.Queue;

/// <summary>
/// The queues of one work profile, with an upper bound of the best score in each. Every score grows in a straight line until
/// it jumps (a visit becomes due, or passes the cap), so a bound taken earlier holds until the queue's heads change or the
/// jump comes: most queues need not be looked at to know that their best is not among the best four.
/// What is kept here is only remembered arithmetic; it changes no answer.
/// </summary>
internal sealed class ProfileQueues(StreamPool[] pools)
{
    private readonly Bound[] _bounds = new Bound[pools.Length];
    // Padded to whole vectors; nobody is in the padding.
    private readonly double[] _above = Padded(pools.Length);

    public int Waiting
    {
        get
        {
            var waiting = 0;
            foreach (var pool in pools)
            {
                waiting += pool.Visits;
            }

            return waiting;
        }
    }

    /// <summary>Puts this profile's best into the ranking.</summary>
    public void Rank<TRule>(ref Ranking<TRule> ranking, long now)
        where TRule : struct, ICallingRule
    {
        for (var i = 0; i < pools.Length; i++)
        {
            ref var bound = ref _bounds[i];
            if (bound.Version != pools[i].Version || now >= bound.Jump || now < bound.At)
            {
                bound = BoundOf<TRule>(pools[i], now);
            }

            _above[i] = bound.Key + (bound.Growth * (now - bound.At));
        }

        // The best scores of four queues are a bar that the best four of all are not below: set it before looking closer.
        Span<int> top = stackalloc int[Ranking<TRule>.Best];
        var found = 0;
        var lowest = double.NegativeInfinity;
        while (found < top.Length && Largest<TRule>(now, double.MinValue) is var best and >= 0)
        {
            top[found++] = best;
            lowest = _above[best];
            _above[best] = double.NegativeInfinity;
        }

        if (found == top.Length)
        {
            ranking.RaiseBar(lowest);
        }

        foreach (var best in top[..found])
        {
            ranking.Scan(pools[best]);
        }

        while (Largest<TRule>(now, ranking.Bar) is var next and >= 0)
        {
            ranking.Scan(pools[next]);
            _above[next] = double.NegativeInfinity;
        }
    }

    /// <summary>The queue with the best score of all, exactly known, if it reaches the bar.</summary>
    private int Largest<TRule>(long now, double bar)
        where TRule : struct, ICallingRule
    {
        while (true)
        {
            var best = IndexOfLargest(_above);
            if (best < 0 || _above[best] < bar)
            {
                return -1;
            }

            if (_bounds[best].At == now)
            {
                return best;
            }

            _bounds[best] = BoundOf<TRule>(pools[best], now);
            _above[best] = _bounds[best].Key;
        }
    }

    public void RankEarly<TRule>(ref Ranking<TRule> ranking)
        where TRule : struct, ICallingRule
    {
        foreach (var pool in pools)
        {
            ranking.ScanEarly(pool);
        }
    }

    private static int IndexOfLargest(double[] of)
    {
        var largest = new Vector<double>(double.NegativeInfinity);
        for (nuint i = 0; i < (nuint)of.Length; i += (nuint)Vector<double>.Count)
        {
            largest = Vector.Max(largest, StreamPool.Load(of, i));
        }

        var value = largest[0];
        for (var lane = 1; lane < Vector<double>.Count; lane++)
        {
            value = Math.Max(value, largest[lane]);
        }

        var wanted = new Vector<double>(value);
        for (nuint i = 0; value > double.NegativeInfinity && i < (nuint)of.Length; i += (nuint)Vector<double>.Count)
        {
            if (Vector.EqualsAny(wanted, StreamPool.Load(of, i)))
            {
                return Array.IndexOf(of, value, (int)i);
            }
        }

        return -1;
    }

    private static double[] Padded(int length)
    {
        var padded = new double[(length + Vector<double>.Count - 1) / Vector<double>.Count * Vector<double>.Count];
        Array.Fill(padded, double.NegativeInfinity);
        return padded;
    }

    private static Bound BoundOf<TRule>(StreamPool pool, long now)
        where TRule : struct, ICallingRule
    {
        var at = new Vector<double>(now);
        var never = new Vector<double>(double.NegativeInfinity);
        var (key, growth, jump) = (never, Vector<double>.Zero, new Vector<double>(double.PositiveInfinity));
        for (nuint slot = 0; slot < (nuint)pool.Count; slot += (nuint)Vector<double>.Count)
        {
            var since = StreamPool.Load(pool.Since, slot);
            var wait = at - since;
            var due = Vector.GreaterThanOrEqual(wait, Vector<double>.Zero);
            key = Vector.Max(key, Vector.ConditionalSelect(due, TRule.Keys(wait, pool, slot), never));
            growth = Vector.Max(growth, TRule.Growth(wait, pool, slot));
            jump = Vector.Min(jump, Vector.ConditionalSelect(due, since + TRule.JumpWait(wait, pool, slot), since));
        }

        var bound = new Bound(double.NegativeInfinity, 0, double.PositiveInfinity, now, pool.Version);
        for (var lane = 0; lane < Vector<double>.Count; lane++)
        {
            bound = bound with
            {
                Key = Math.Max(bound.Key, key[lane]),
                Growth = Math.Max(bound.Growth, growth[lane]),
                Jump = Math.Min(bound.Jump, jump[lane]),
            };
        }

        return bound;
    }

    /// <param name="Key">The best score at <c>At</c>; minus infinity: nobody is due.</param>
    /// <param name="Growth">The most that any score here grows in a millisecond.</param>
    /// <param name="Jump">The first moment at which one of them jumps.</param>
    /// <param name="Version">The pool's, then; a pool begins at 1, so that nothing is known before the first look.</param>
    private readonly record struct Bound(double Key, double Growth, double Jump, long At, long Version);
}
