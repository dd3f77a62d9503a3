using System.Numerics;

namespace EdgeQueue.Core.Queue;

/// <summary>The best score in a queue, as it will grow.</summary>
/// <param name="Score">Now; minus infinity: nobody is due.</param>
/// <param name="Growth">In a millisecond.</param>
/// <param name="Until">
/// Before this moment nobody else becomes best, in doubles: at a crossing the two scores differ by rounding only, which is far
/// inside the margin with which <see cref="Ranking{TRule}"/> filters.
/// </param>
internal readonly record struct BestLine(double Score, double Growth, double Until)
{
    public static BestLine Of<TRule>(StreamPool pool, long now)
        where TRule : struct, ICallingRule
    {
        var at = new Vector<double>(now);
        var never = new Vector<double>(double.NegativeInfinity);
        var (bestKeys, growths) = (never, Vector<double>.Zero);
        var until = new Vector<double>(double.PositiveInfinity);
        for (nuint slot = 0; slot < (nuint)pool.Count; slot += (nuint)Vector<double>.Count)
        {
            var since = StreamPool.Load(pool.Since, slot);
            var wait = at - since;
            var due = Vector.GreaterThanOrEqual(wait, Vector<double>.Zero);
            var keys = Vector.ConditionalSelect(due, TRule.Keys(wait, pool, slot), never);
            var growth = TRule.Growth(wait, pool, slot);
            var better = Vector.GreaterThan(keys, bestKeys);
            growths = Vector.ConditionalSelect(better, growth, growths);
            bestKeys = Vector.Max(keys, bestKeys);
            until = Vector.Min(until, Vector.ConditionalSelect(due, since + TRule.JumpWait(wait, pool, slot), since));
        }

        var (score, rise, end) = (bestKeys[0], growths[0], until[0]);
        for (var lane = 1; lane < Vector<double>.Count; lane++)
        {
            if (bestKeys[lane] > score)
            {
                (score, rise) = (bestKeys[lane], growths[lane]);
            }

            end = Math.Min(end, until[lane]);
        }

        // Nothing happens between two milliseconds: whatever comes next, this moment is covered.
        return new(score, rise, Math.Max(Math.Min(end, now + Crossing<TRule>(pool, at, score, rise)), now + 0.5));
    }

    /// <summary>In how many milliseconds the first of the steeper lines reaches the best one.</summary>
    private static double Crossing<TRule>(StreamPool pool, Vector<double> at, double score, double rise)
        where TRule : struct, ICallingRule
    {
        if (double.IsNegativeInfinity(score))
        {
            return double.PositiveInfinity;
        }

        var never = new Vector<double>(double.PositiveInfinity);
        var (best, growthOfBest, first) = (new Vector<double>(score), new Vector<double>(rise), never);
        for (nuint slot = 0; slot < (nuint)pool.Count; slot += (nuint)Vector<double>.Count)
        {
            var wait = at - StreamPool.Load(pool.Since, slot);
            var faster = TRule.Growth(wait, pool, slot) - growthOfBest;
            var catches = Vector.GreaterThan(faster, Vector<double>.Zero) & Vector.GreaterThanOrEqual(wait, Vector<double>.Zero);
            var crossing = (best - TRule.Keys(wait, pool, slot)) / faster;
            first = Vector.Min(first, Vector.ConditionalSelect(catches, crossing, never));
        }

        var soonest = first[0];
        for (var lane = 1; lane < Vector<double>.Count; lane++)
        {
            soonest = Math.Min(soonest, first[lane]);
        }

        return soonest;
    }
}
