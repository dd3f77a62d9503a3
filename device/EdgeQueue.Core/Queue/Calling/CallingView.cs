using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace EdgeQueue.Core.Queue;

/// <summary>A queue that a counter calls from.</summary>
/// <param name="LeastMs">Who has waited less, in milliseconds, is left to others; 0 for the counter's own work.</param>
internal readonly record struct ViewedQueue(StreamPool Pool, int LeastMs);

/// <summary>
/// Queues among which one rule chooses, with the best score in each as a straight line over time. Every score grows in a straight
/// line until it jumps (a visit becomes due, or passes the cap), so who is best in a queue stays best until its heads change,
/// another's line crosses, or a jump comes: until then the queue need not be looked at. A choice compares one line per queue
/// and looks into about four. What is kept here is only remembered arithmetic; it changes no answer.
/// </summary>
internal sealed class CallingView
{
    private const int Lanes = StreamPool.Lanes;

    // Four queues a block: their scores at From, growing by Growth a millisecond, good from From until before Until, and the
    // scores now. Nobody is in the padding of the last block.
    private const int Score = 0;
    private const int Growth = Lanes;
    private const int From = 2 * Lanes;
    private const int Until = 3 * Lanes;
    private const int Now = 4 * Lanes;
    private const int BlockLength = 5 * Lanes;

    private readonly ViewedQueue[] _queues;
    private readonly double[] _lines;

    public CallingView(ViewedQueue[] queues)
    {
        _queues = queues;
        _lines = new double[(queues.Length + Lanes - 1) / Lanes * BlockLength];
        for (var i = 0; i < _lines.Length; i += BlockLength)
        {
            Array.Fill(_lines, double.NegativeInfinity, i + Score, Lanes);
            Array.Fill(_lines, double.NegativeInfinity, i + Now, Lanes);
            Array.Fill(_lines, double.PositiveInfinity, i + Until, Lanes);
        }

        for (var i = 0; i < queues.Length; i++)
        {
            queues[i].Pool.Watch(this, i);
            Waiting += queues[i].Pool.Visits;
            Forget(i);
        }
    }

    /// <summary>How many visits wait in these queues; the pools keep it.</summary>
    public int Waiting { get; set; }

    /// <summary>A head of this queue has changed: its line is not known any more.</summary>
    public void Forget(int queue) => Line(queue, Until) = double.NegativeInfinity;

    /// <summary>Puts these queues' best into the ranking.</summary>
    public void Rank<TRule>(ref Ranking<TRule> ranking, TRule rule, long now)
        where TRule : struct, ICallingRule
    {
        // Four queues reach the bar, so the best four visits do, too: whatever is below it need not be looked at.
        ranking.RaiseBar(BestScores(rule, now));
        ref var block = ref MemoryMarshal.GetArrayDataReference(_lines);
        for (var first = 0; first < _queues.Length; first += Lanes, block = ref Unsafe.Add(ref block, BlockLength))
        {
            var near = Vector256.GreaterThanOrEqual(
                Vector256.LoadUnsafe(ref block, Now), Vector256.Create(ranking.Bar)).ExtractMostSignificantBits();
            for (; near != 0; near &= near - 1)
            {
                ref readonly var queue = ref _queues[first + BitOperations.TrailingZeroCount(near)];
                ranking.Scan(queue.Pool, queue.LeastMs);
            }
        }
    }

    public void RankEarly<TRule>(ref Ranking<TRule> ranking)
        where TRule : struct, ICallingRule
    {
        // Only the counter's own work: help is looked for when nobody is there at all.
        foreach (var queue in _queues.Where(q => q.LeastMs == 0))
        {
            ranking.ScanEarly(queue.Pool, null);
        }
    }

    /// <summary>Brings the best score of every queue up to date; answers a score that at least four queues reach.</summary>
    private double BestScores<TRule>(TRule rule, long now)
        where TRule : struct, ICallingRule
    {
        var at = Vector256.Create((double)now);
        var best = Vector256.Create(double.NegativeInfinity);
        var second = best;
        ref var block = ref MemoryMarshal.GetArrayDataReference(_lines);
        for (var first = 0; first < _queues.Length; first += Lanes, block = ref Unsafe.Add(ref block, BlockLength))
        {
            var known = Vector256.LessThanOrEqual(Vector256.LoadUnsafe(ref block, From), at)
                & Vector256.LessThan(at, Vector256.LoadUnsafe(ref block, Until));
            if (known.ExtractMostSignificantBits() != (1u << Lanes) - 1)
            {
                LookAgain(rule, first, now);
            }

            var scores = Vector256.LoadUnsafe(ref block, Score)
                + (Vector256.LoadUnsafe(ref block, Growth) * (at - Vector256.LoadUnsafe(ref block, From)));
            scores.StoreUnsafe(ref block, Now);
            second = Vector256.MaxNative(second, Vector256.MinNative(best, scores));
            best = Vector256.MaxNative(best, scores);
        }

        // The two best of each lane are eight queues; at least four of them reach their fourth best.
        return FourthOf(best, second);
    }

    /// <summary>A score that four of the eight reach, nearly always their fourth; no lane's second is above its best.</summary>
    private static double FourthOf(Vector256<double> best, Vector256<double> second)
    {
        // Each lane has a queue that reaches the lowest best.
        var (a, b) = (best.GetLower(), best.GetUpper());
        var low = Vector128.MinNative(a, b);
        var lowest = double.MinNative(low[0], low[1]);
        var (c, d) = (second.GetLower(), second.GetUpper());
        var (secondHigh, secondLow) = (Vector128.MaxNative(c, d), Vector128.MinNative(c, d));
        var secondOfSeconds = double.MaxNative(
            double.MinNative(secondHigh[0], secondHigh[1]),
            double.MaxNative(secondLow[0], secondLow[1]));

        // Two lanes whose seconds reach a score have four queues that do.
        return double.MaxNative(lowest, secondOfSeconds);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void LookAgain<TRule>(TRule rule, int first, long now)
        where TRule : struct, ICallingRule
    {
        for (var queue = first; queue < Math.Min(first + Lanes, _queues.Length); queue++)
        {
            if (Line(queue, From) > now || Line(queue, Until) <= now)
            {
                var best = BestLine.Of(rule, _queues[queue].Pool, now, _queues[queue].LeastMs);
                Line(queue, Score) = best.Score;
                Line(queue, Growth) = best.Growth;
                Line(queue, From) = now;
                Line(queue, Until) = best.Until;
            }
        }
    }

    private ref double Line(int queue, int figure) => ref _lines[(queue / Lanes * BlockLength) + figure + (queue % Lanes)];
}
