using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EdgeQueue.Core.Queue;

/// <summary>
/// One calling rule. <see cref="Keys"/> is its score in doubles for the heads of four streams, larger is better, good to a few
/// units in the last place; <see cref="Exact"/> is the same comparison in integers and has the last word. Ties go to the longer
/// wait, then to the smaller visit number.
/// </summary>
internal interface ICallingRule
{
    Vector256<double> Keys(Vector256<double> wait, ref double block);

    /// <summary>How much a key grows in a millisecond.</summary>
    Vector256<double> Growth(Vector256<double> wait, ref double block);

    /// <summary>The wait at which a key jumps; infinity: it has, or never does.</summary>
    Vector256<double> JumpWait(Vector256<double> wait, ref double block);

    double Key(long wait, in StreamSlot stream);

    /// <summary>Negative: a goes before b by the score alone.</summary>
    int Exact(long waitA, in StreamSlot a, long waitB, in StreamSlot b);
}

internal readonly struct FifoRule : ICallingRule
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> Keys(Vector256<double> wait, ref double block) => wait;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> Growth(Vector256<double> wait, ref double block) => Vector256<double>.One;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> JumpWait(Vector256<double> wait, ref double block) => Vector256.Create(double.PositiveInfinity);

    public double Key(long wait, in StreamSlot stream) => wait;

    public int Exact(long waitA, in StreamSlot a, long waitB, in StreamSlot b) => 0;
}

internal readonly struct StrictRule : ICallingRule
{
    // Priority in front, the wait behind it: 7 + 45 bits are exact in a double.
    internal const double Step = 1L << 45;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> Keys(Vector256<double> wait, ref double block) =>
        wait + (HeadFigures.Load(ref block, HeadFigures.Priority) * Step);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> Growth(Vector256<double> wait, ref double block) => Vector256<double>.One;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> JumpWait(Vector256<double> wait, ref double block) => Vector256.Create(double.PositiveInfinity);

    public double Key(long wait, in StreamSlot stream) => wait + (stream.Priority * Step);

    public int Exact(long waitA, in StreamSlot a, long waitB, in StreamSlot b) => b.Priority.CompareTo(a.Priority);
}

internal readonly struct RelativeRule : ICallingRule
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> Keys(Vector256<double> wait, ref double block) =>
        wait * HeadFigures.Load(ref block, HeadFigures.InverseTarget);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> Growth(Vector256<double> wait, ref double block) =>
        HeadFigures.Load(ref block, HeadFigures.InverseTarget);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> JumpWait(Vector256<double> wait, ref double block) => Vector256.Create(double.PositiveInfinity);

    public double Key(long wait, in StreamSlot stream) => wait / (double)stream.TargetMs;

    public int Exact(long waitA, in StreamSlot a, long waitB, in StreamSlot b) =>
        ((UInt128)(ulong)waitB * (ulong)a.TargetMs).CompareTo((UInt128)(ulong)waitA * (ulong)b.TargetMs);
}

internal readonly struct DueDateRule : ICallingRule
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> Keys(Vector256<double> wait, ref double block) => wait - HeadFigures.Load(ref block, HeadFigures.Target);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> Growth(Vector256<double> wait, ref double block) => Vector256<double>.One;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> JumpWait(Vector256<double> wait, ref double block) => Vector256.Create(double.PositiveInfinity);

    public double Key(long wait, in StreamSlot stream) => wait - stream.TargetMs;

    public int Exact(long waitA, in StreamSlot a, long waitB, in StreamSlot b) =>
        (waitB - b.TargetMs).CompareTo(waitA - a.TargetMs);
}

internal readonly struct DueDatePriorityRule : ICallingRule
{
    private const long Limit = 120_000;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> Keys(Vector256<double> wait, ref double block)
    {
        var lateness = wait - HeadFigures.Load(ref block, HeadFigures.Target);
        return Vector256.ConditionalSelect(
            Vector256.GreaterThanOrEqual(lateness, Vector256.Create((double)-Limit)),
            wait + (HeadFigures.Load(ref block, HeadFigures.Priority) * StrictRule.Step),
            lateness);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> Growth(Vector256<double> wait, ref double block) => Vector256<double>.One;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> JumpWait(Vector256<double> wait, ref double block)
    {
        var jump = HeadFigures.Load(ref block, HeadFigures.Target) - Vector256.Create((double)Limit);
        return Vector256.ConditionalSelect(
            Vector256.GreaterThanOrEqual(wait, jump), Vector256.Create(double.PositiveInfinity), jump);
    }

    public double Key(long wait, in StreamSlot stream) =>
        Urgent(wait, stream) ? wait + (stream.Priority * StrictRule.Step) : wait - stream.TargetMs;

    public int Exact(long waitA, in StreamSlot a, long waitB, in StreamSlot b)
    {
        bool urgentA = Urgent(waitA, a), urgentB = Urgent(waitB, b);
        return urgentA != urgentB ? (urgentA ? -1 : 1)
            : urgentA ? default(StrictRule).Exact(waitA, a, waitB, b)
            : default(DueDateRule).Exact(waitA, a, waitB, b);
    }

    private static bool Urgent(long wait, in StreamSlot stream) => wait - stream.TargetMs >= -Limit;
}

/// <summary>Largest priority × wait / (target² × mean service); the target rule is this under a cap of four targets.</summary>
internal readonly struct WeightRule : ICallingRule
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> Keys(Vector256<double> wait, ref double block) => wait * HeadFigures.Load(ref block, HeadFigures.Rate);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> Growth(Vector256<double> wait, ref double block) => HeadFigures.Load(ref block, HeadFigures.Rate);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> JumpWait(Vector256<double> wait, ref double block) => Vector256.Create(double.PositiveInfinity);

    public double Key(long wait, in StreamSlot stream) =>
        wait * (stream.Priority / ((double)stream.TargetMs * stream.TargetMs * stream.MeanServiceMs));

    public int Exact(long waitA, in StreamSlot a, long waitB, in StreamSlot b) => Product(waitB, b, a).CompareTo(Product(waitA, a, b));

    // p·w·t'²·m': 7 + 31 + 53 + 27 bits stay below 128 because a target and a mean are at most a day (ApplyRules sees to it)
    // and a wait below the cap is less than twenty days.
    private static UInt128 Product(long wait, in StreamSlot of, in StreamSlot other) =>
        (UInt128)(ulong)(of.Priority * wait)
        * (UInt128)(ulong)(other.TargetMs * other.TargetMs)
        * (ulong)other.MeanServiceMs;
}
