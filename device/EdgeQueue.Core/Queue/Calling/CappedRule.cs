using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EdgeQueue.Core.Queue;

/// <summary>Any rule under a cap: whoever has waited so many targets goes before all others, largest wait / target first.</summary>
/// <param name="rule">What decides below the cap.</param>
/// <param name="targets">The cap, in targets.</param>
internal readonly struct CappedRule<TRule>(TRule rule, int targets) : ICallingRule
    where TRule : struct, ICallingRule
{
    // Lifts those over the cap above every score without losing a bit of their ratio.
    private const double Lift = 1.6069380442589903e60; // 2^200

    private readonly double _cap = targets;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> Keys(Vector256<double> wait, ref double block) =>
        Vector256.ConditionalSelect(
            Over(wait, ref block),
            wait * HeadFigures.Load(ref block, HeadFigures.InverseTarget) * Lift,
            rule.Keys(wait, ref block));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> Growth(Vector256<double> wait, ref double block) =>
        Vector256.ConditionalSelect(
            Over(wait, ref block),
            HeadFigures.Load(ref block, HeadFigures.InverseTarget) * Lift,
            rule.Growth(wait, ref block));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> JumpWait(Vector256<double> wait, ref double block) =>
        Vector256.ConditionalSelect(
            Over(wait, ref block),
            Vector256.Create(double.PositiveInfinity),
            Vector256.MinNative(HeadFigures.Load(ref block, HeadFigures.Target) * _cap, rule.JumpWait(wait, ref block)));

    public double Key(long wait, in StreamSlot stream) =>
        Over(wait, stream) ? wait / (double)stream.TargetMs * Lift : rule.Key(wait, stream);

    public int Exact(long waitA, in StreamSlot a, long waitB, in StreamSlot b)
    {
        bool overA = Over(waitA, a), overB = Over(waitB, b);
        return overA != overB ? (overA ? -1 : 1)
            : overA ? default(RelativeRule).Exact(waitA, a, waitB, b)
            : rule.Exact(waitA, a, waitB, b);
    }

    private bool Over(long wait, in StreamSlot stream) => wait >= targets * stream.TargetMs;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector256<double> Over(Vector256<double> wait, ref double block) =>
        Vector256.GreaterThanOrEqual(wait, HeadFigures.Load(ref block, HeadFigures.Target) * _cap);
}
