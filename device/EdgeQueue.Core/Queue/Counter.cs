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
    internal static Counter Untouched(string id) =>
        new(id, 0, CounterPhase.Closed, null, null, null, default, null, null, null);
}

/// <summary>A visit left a counter.</summary>
/// <param name="Before">The visit as it was there.</param>
public sealed record Release(Visit Before, Moment At);

/// <summary>A call that a board may show.</summary>
/// <param name="Times">1 for the first call, then one more with each recall.</param>
public sealed record RecentCall(long Visit, string Label, string Counter, int Times, Moment At);
