namespace EdgeQueue.Core.Queue;

public enum CounterPhase
{
    Closed,
    Open,
    Paused,
}

/// <summary>A place that serves, as it stands. Immutable: safe to hand to another thread.</summary>
/// <param name="Version">Grows with every event that changes what the counter shows; commands carry the one that was seen.</param>
/// <param name="Since">When the phase began.</param>
/// <param name="Visit">Who is called or served here.</param>
/// <param name="LastRelease">What <see cref="Reinstate"/> would take back.</param>
/// <param name="Finishing">Between the two events of one decision: the visit as it was before its transaction finished.</param>
public sealed record Counter(
    string Id, long Version, CounterPhase Phase, string? Operator, string? WorkProfile, string? PauseReason, Moment Since,
    long? Visit, Release? LastRelease, Visit? Finishing)
{
    /// <summary>
    /// Whether the press that finished one customer called this one, or the counter called them by itself afterwards. Put back before
    /// arriving, they make way for the first to be taken back: that is what an operator wants who finished by mistake.
    /// </summary>
    internal bool CalledInstead(Visit called) =>
        called.Phase == VisitPhase.Called && LastRelease is { } release
        && (release.At == called.PhaseSince || release.NextAt == called.PhaseSince);

    internal static Counter Untouched(string id) =>
        new(id, 0, CounterPhase.Closed, null, null, null, default, null, null, null);
}

/// <summary>A visit left a counter.</summary>
/// <param name="Before">The visit as it was there.</param>
/// <param name="NextAt">When the counter called somebody by itself after it; null: it did not.</param>
/// <param name="Earlier">Of who was called by the press of an earlier release and put back: that one, the next to be taken back.</param>
public sealed record Release(Visit Before, Moment At, Moment? NextAt = null, Release? Earlier = null);

/// <summary>A call that a board may show.</summary>
/// <param name="Times">1 for the first call, then one more with each recall.</param>
public sealed record RecentCall(long Visit, string Label, string Counter, int Times, Moment At);
