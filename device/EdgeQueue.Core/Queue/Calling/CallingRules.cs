using System.Numerics;
using System.Runtime.CompilerServices;

namespace EdgeQueue.Core.Queue;

/// <summary>
/// One calling rule. <see cref="Keys"/> is its score in doubles, larger is better, good to a few units in the last place;
/// <see cref="Exact"/> is the same comparison in integers and has the last word. Ties go to the longer wait, then to the
/// smaller visit number.
/// </summary>
internal interface ICallingRule
{
    static abstract Vector<double> Keys(Vector<double> wait, StreamPool pool, nuint slot);

    /// <summary>How much a key grows in a millisecond.</summary>
    static abstract Vector<double> Growth(Vector<double> wait, StreamPool pool, nuint slot);

    /// <summary>The wait at which a key jumps; infinity: it has, or never does.</summary>
    static abstract Vector<double> JumpWait(Vector<double> wait, StreamPool pool, nuint slot);

    static abstract double Key(long wait, VisitStream stream);

    /// <summary>Negative: a goes before b by the score alone.</summary>
    static abstract int Exact(in Candidate a, in Candidate b);
}

internal readonly struct FifoRule : ICallingRule
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Keys(Vector<double> wait, StreamPool pool, nuint slot) => wait;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Growth(Vector<double> wait, StreamPool pool, nuint slot) =>
        Vector<double>.One;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> JumpWait(Vector<double> wait, StreamPool pool, nuint slot) =>
        new(double.PositiveInfinity);

    public static double Key(long wait, VisitStream stream) => wait;

    public static int Exact(in Candidate a, in Candidate b) => 0;
}

internal readonly struct StrictRule : ICallingRule
{
    // Priority in front, the wait behind it: 7 + 45 bits are exact in a double.
    internal const double Step = 1L << 45;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Keys(Vector<double> wait, StreamPool pool, nuint slot) =>
        wait + (StreamPool.Load(pool.Priority, slot) * Step);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Growth(Vector<double> wait, StreamPool pool, nuint slot) =>
        Vector<double>.One;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> JumpWait(Vector<double> wait, StreamPool pool, nuint slot) =>
        new(double.PositiveInfinity);

    public static double Key(long wait, VisitStream stream) => wait + (stream.Priority * Step);

    public static int Exact(in Candidate a, in Candidate b) => b.Stream.Priority.CompareTo(a.Stream.Priority);
}

internal readonly struct RelativeRule : ICallingRule
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Keys(Vector<double> wait, StreamPool pool, nuint slot) =>
        wait * StreamPool.Load(pool.InverseTarget, slot);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Growth(Vector<double> wait, StreamPool pool, nuint slot) =>
        StreamPool.Load(pool.InverseTarget, slot);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> JumpWait(Vector<double> wait, StreamPool pool, nuint slot) =>
        new(double.PositiveInfinity);

    public static double Key(long wait, VisitStream stream) => wait / (double)stream.TargetMs;

    public static int Exact(in Candidate a, in Candidate b) =>
        ((UInt128)(ulong)b.Wait * (ulong)a.Stream.TargetMs).CompareTo((UInt128)(ulong)a.Wait * (ulong)b.Stream.TargetMs);
}

internal readonly struct DueDateRule : ICallingRule
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Keys(Vector<double> wait, StreamPool pool, nuint slot) =>
        wait - StreamPool.Load(pool.Target, slot);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Growth(Vector<double> wait, StreamPool pool, nuint slot) =>
        Vector<double>.One;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> JumpWait(Vector<double> wait, StreamPool pool, nuint slot) =>
        new(double.PositiveInfinity);

    public static double Key(long wait, VisitStream stream) => wait - stream.TargetMs;

    public static int Exact(in Candidate a, in Candidate b) =>
        (b.Wait - b.Stream.TargetMs).CompareTo(a.Wait - a.Stream.TargetMs);
}

internal readonly struct DueDatePriorityRule : ICallingRule
{
    private const long Limit = 120_000;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Keys(Vector<double> wait, StreamPool pool, nuint slot)
    {
        var lateness = wait - StreamPool.Load(pool.Target, slot);
        return Vector.ConditionalSelect(
            Vector.GreaterThanOrEqual(lateness, new Vector<double>(-Limit)),
            wait + (StreamPool.Load(pool.Priority, slot) * StrictRule.Step),
            lateness);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Growth(Vector<double> wait, StreamPool pool, nuint slot) =>
        Vector<double>.One;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> JumpWait(Vector<double> wait, StreamPool pool, nuint slot) =>
        Vector.ConditionalSelect(
            Vector.GreaterThanOrEqual(wait - StreamPool.Load(pool.Target, slot), new Vector<double>(-Limit)),
            new Vector<double>(double.PositiveInfinity),
            StreamPool.Load(pool.Target, slot) - new Vector<double>(Limit));

    public static double Key(long wait, VisitStream stream) =>
        Urgent(wait, stream) ? wait + (stream.Priority * StrictRule.Step) : wait - stream.TargetMs;

    public static int Exact(in Candidate a, in Candidate b)
    {
        bool urgentA = Urgent(a.Wait, a.Stream), urgentB = Urgent(b.Wait, b.Stream);
        return urgentA != urgentB ? (urgentA ? -1 : 1)
            : urgentA ? StrictRule.Exact(a, b)
            : DueDateRule.Exact(a, b);
    }

    private static bool Urgent(long wait, VisitStream stream) => wait - stream.TargetMs >= -Limit;
}

internal readonly struct TargetRule : ICallingRule
{
    internal const int Cap = 4;

    // Lifts those over the cap above every score without losing a bit of their ratio.
    private const double Lift = 1.6069380442589903e60; // 2^200

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Keys(Vector<double> wait, StreamPool pool, nuint slot)
    {
        var ratio = wait * StreamPool.Load(pool.InverseTarget, slot);
        var over = Vector.GreaterThanOrEqual(wait, StreamPool.Load(pool.Target, slot) * Cap);
        return Vector.ConditionalSelect(over, ratio * Lift, wait * StreamPool.Load(pool.Rate, slot));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> Growth(Vector<double> wait, StreamPool pool, nuint slot) =>
        Vector.ConditionalSelect(
            Vector.GreaterThanOrEqual(wait, StreamPool.Load(pool.Target, slot) * Cap),
            StreamPool.Load(pool.InverseTarget, slot) * Lift,
            StreamPool.Load(pool.Rate, slot));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<double> JumpWait(Vector<double> wait, StreamPool pool, nuint slot) =>
        Vector.ConditionalSelect(
            Vector.GreaterThanOrEqual(wait, StreamPool.Load(pool.Target, slot) * Cap),
            new Vector<double>(double.PositiveInfinity),
            StreamPool.Load(pool.Target, slot) * Cap);

    public static double Key(long wait, VisitStream stream) => OverCap(wait, stream)
        ? wait / (double)stream.TargetMs * Lift
        : wait * (stream.Priority / ((double)stream.TargetMs * stream.TargetMs * stream.MeanServiceMs));

    public static bool OverCap(long wait, VisitStream stream) => wait >= Cap * stream.TargetMs;

    public static int Exact(in Candidate a, in Candidate b)
    {
        bool overA = OverCap(a.Wait, a.Stream), overB = OverCap(b.Wait, b.Stream);
        return overA != overB ? (overA ? -1 : 1)
            : overA ? RelativeRule.Exact(a, b)
            : Product(b, a).CompareTo(Product(a, b));
    }

    // p·w·t'²·m': 7 + 42 + 53 + 27 bits stay below 128 because a target and a mean are at most a day (ApplyRules sees to it)
    // and a wait below the cap is less than four days.
    private static UInt128 Product(in Candidate of, in Candidate other) =>
        (UInt128)(ulong)(of.Stream.Priority * of.Wait)
        * (UInt128)(ulong)(other.Stream.TargetMs * other.Stream.TargetMs)
        * (ulong)other.Stream.MeanServiceMs;
}
