namespace EdgeQueue.Core.Queue;

/// <summary>
/// The whole state as plain data in a fixed order: a snapshot and the events after it give, bit for bit, what all events give.
/// The indexes are not in it; they follow from the rest.
/// </summary>
/// <param name="Form">Form of the snapshot; a release reads its own and discards others (the journal has everything).</param>
public sealed record BranchSnapshot(
    int Form, int Day, Moment DayOpenedAt, Moment? ClosesAt, BranchClock Clock, BranchRules? Rules, bool Evacuating,
    long LastVisit, long LastLease, int ForkedOnDay, int ForkSkip,
    IReadOnlyList<PrefixNumber> NextNumbers, IReadOnlyList<PrefixNumber> NextOffline, IReadOnlyList<PrefixNumber> ForkNext,
    IReadOnlyList<Visit> Visits, IReadOnlyList<Counter> Counters, IReadOnlyList<Lease> Leases,
    IReadOnlyList<PressedTicket> Presses, IReadOnlyList<ZoneCalls> Zones,
    VisitSnapshot VisitLife, CallingSnapshot Calling)
{
    /// <summary>Raised whenever a record in here changes.</summary>
    public const int CurrentForm = 8;
}

/// <summary>The next number of a sequence.</summary>
public sealed record PrefixNumber(string Prefix, int Next);

/// <summary>Recent calls of a zone, newest first.</summary>
public sealed record ZoneCalls(string Zone, IReadOnlyList<RecentCall> Calls);
