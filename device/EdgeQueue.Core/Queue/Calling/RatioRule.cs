using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace EdgeQueue.Core.Queue;

/// <summary>One side before the other, by whose turn it is; on each side the longest wait.</summary>
/// <param name="priority">From here on a visit is on the first side.</param>
/// <param name="first">It is the first side's turn.</param>
internal readonly struct RatioRule(int priority, bool first) : ICallingRule
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> Keys(Vector256<double> wait, ref double block)
    {
        var isFirst = Vector256.GreaterThanOrEqual(HeadFigures.Load(ref block, HeadFigures.Priority), Vector256.Create((double)priority));
        var lifted = wait + Vector256.Create(StrictRule.Step);
        return first ? Vector256.ConditionalSelect(isFirst, lifted, wait) : Vector256.ConditionalSelect(isFirst, wait, lifted);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> Growth(Vector256<double> wait, ref double block) => Vector256<double>.One;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<double> JumpWait(Vector256<double> wait, ref double block) => Vector256.Create(double.PositiveInfinity);

    public double Key(long wait, in StreamSlot stream) => wait + (HasTurn(stream) ? StrictRule.Step : 0);

    public int Exact(long waitA, in StreamSlot a, long waitB, in StreamSlot b) => HasTurn(b).CompareTo(HasTurn(a));

    private bool HasTurn(in StreamSlot stream) => stream.Priority >= priority == first;
}

/// <summary>Where a work profile stands in its ratio after a call.</summary>
/// <param name="Position">
/// Calls made in this round: below <see cref="RatioSettings.First"/> it is the first side's turn. A turn that finds nobody of its
/// side stays open: the other side is called meanwhile, and that call uses no turn.
/// </param>
/// <param name="First">The first side had the turn at this call.</param>
/// <param name="Open">True: nobody of that side was there, so the turn stays open.</param>
public sealed record RatioTurn(string Profile, int Position, bool First, bool? Open = null)
{
    internal static RatioTurn After(string profile, RatioSettings ratio, int position, int priority)
    {
        var first = position < ratio.First;
        return priority >= ratio.Priority == first
            ? new(profile, (position + 1) % (ratio.First + ratio.Others), first)
            : new(profile, position, first, Open: true);
    }
}
