using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

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
    /// <param name="least">Who has waited less, in milliseconds, is not due.</param>
    public static BestLine Of<TRule>(TRule rule, StreamPool pool, long now, double least)
        where TRule : struct, ICallingRule
    {
        var at = Vector256.Create((double)now);
        var never = Vector256.Create(double.NegativeInfinity);
        var (bestKeys, growths) = (never, Vector256<double>.Zero);
        var until = Vector256.Create(double.PositiveInfinity);
        ref var block = ref pool.FirstBlock;
        for (var slot = 0; slot < pool.Count; slot += StreamPool.Lanes, block = ref Unsafe.Add(ref block, StreamPool.BlockLength))
        {
            var since = HeadFigures.Load(ref block, HeadFigures.Since);
            var wait = at - since;
            var due = Vector256.GreaterThanOrEqual(wait, Vector256.Create(least));
            var keys = Vector256.ConditionalSelect(due, rule.Keys(wait, ref block), never);
            var better = Vector256.GreaterThan(keys, bestKeys);
            growths = Vector256.ConditionalSelect(better, rule.Growth(wait, ref block), growths);
            bestKeys = Vector256.MaxNative(keys, bestKeys);
            until = Vector256.MinNative(until, since + Vector256.ConditionalSelect(due, rule.JumpWait(wait, ref block), Vector256.Create(least)));
        }

        var (score, rise, end) = (bestKeys[0], growths[0], until[0]);
        for (var lane = 1; lane < StreamPool.Lanes; lane++)
        {
            if (bestKeys[lane] > score)
            {
                (score, rise) = (bestKeys[lane], growths[lane]);
            }

            end = Math.Min(end, until[lane]);
        }

        if (!double.IsNegativeInfinity(score))
        {
            end = Math.Min(end, now + Crossing(rule, pool, at, least, score, rise));
        }

        // Nothing happens between two milliseconds: whatever comes next, this moment is covered.
        return new(score, rise, Math.Max(end, now + 0.5));
    }

    /// <summary>In how many milliseconds the first of the steeper lines reaches the best one.</summary>
    private static double Crossing<TRule>(TRule rule, StreamPool pool, Vector256<double> at, double least, double score, double rise)
        where TRule : struct, ICallingRule
    {
        var never = Vector256.Create(double.PositiveInfinity);
        var (best, growthOfBest, first) = (Vector256.Create(score), Vector256.Create(rise), never);
        ref var block = ref pool.FirstBlock;
        for (var slot = 0; slot < pool.Count; slot += StreamPool.Lanes, block = ref Unsafe.Add(ref block, StreamPool.BlockLength))
        {
            var wait = at - HeadFigures.Load(ref block, HeadFigures.Since);
            var faster = rule.Growth(wait, ref block) - growthOfBest;
            var catches = Vector256.GreaterThan(faster, Vector256<double>.Zero)
                & Vector256.GreaterThanOrEqual(wait, Vector256.Create(least));
            if (catches != Vector256<double>.Zero)
            {
                first = Vector256.MinNative(first, Vector256.ConditionalSelect(catches, (best - rule.Keys(wait, ref block)) / faster, never));
            }
        }

        return Math.Min(Math.Min(first[0], first[1]), Math.Min(first[2], first[3]));
    }
}
