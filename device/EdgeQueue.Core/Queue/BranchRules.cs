namespace EdgeQueue.Core.Queue;

/// <summary>
/// What the decider must know of the configuration. It is in the journal (<see cref="RulesApplied"/>), so a replay decides as
/// the branch did on that day. The loader of <c>Contracts</c> makes it from a validated branch configuration.
/// </summary>
public sealed record BranchRules(
    IReadOnlyDictionary<string, ServiceRules> Services,
    IReadOnlyDictionary<string, SegmentRules> Segments,
    IReadOnlyDictionary<string, WorkProfileRules> WorkProfiles,
    IReadOnlyDictionary<string, CounterRules> Counters,
    IReadOnlySet<string> Operators,
    PolicyRules Policy,
    VisitRules? Visits = null,
    CallingSettings? Calling = null);

/// <param name="Prefix">0 … 3 letters before the number; services may share a prefix, then they share the numbers.</param>
/// <param name="Digits">Least digits of the number, 1 … 5, filled with zeros.</param>
/// <param name="FirstNumber">First number of the ordinary sequence.</param>
/// <param name="LastNumber">Last number of the ordinary sequence, inclusive.</param>
/// <param name="OfflineFirst">First number kept for dispensers that are cut off; apart from the ordinary sequence.</param>
/// <param name="OfflineLast">Last of them, inclusive.</param>
/// <param name="TargetMs">Target wait, milliseconds, 1 … 86,400,000 (a day: so that the target rule is exact in 128 bits).</param>
/// <param name="Priority">1 … 99; 99 is the most important.</param>
/// <param name="MeanServiceMs">Mean service time that the target rule uses, milliseconds, 1 … 86,400,000.</param>
/// <param name="Hours">When tickets are given, local time; empty: always.</param>
public sealed record ServiceRules(
    string Prefix, int Digits, int FirstNumber, int LastNumber, int OfflineFirst, int OfflineLast,
    long TargetMs, int Priority, long MeanServiceMs, IReadOnlyList<OpeningHours> Hours);

/// <param name="FromMinute">Minute of the local day, 0 … 1439.</param>
/// <param name="ToMinute">Exclusive; 1 … 1440; larger than <c>FromMinute</c>.</param>
public sealed record OpeningHours(IReadOnlyList<DayOfWeek> Days, int FromMinute, int ToMinute);

/// <param name="TargetMs">Target wait of this segment's customers, milliseconds; null: the service's.</param>
public sealed record SegmentRules(int Priority, long? TargetMs);

/// <param name="Services">The services that the counter calls from.</param>
public sealed record WorkProfileRules(IReadOnlyList<string> Services, CallingRuleKind Rule);

/// <summary>How the next visit is chosen; each is defined exactly in the README of <c>Core/Queue</c>.</summary>
public enum CallingRuleKind
{
    /// <summary>First come, first served.</summary>
    Fifo,

    /// <summary>Largest priority, then longest wait.</summary>
    Strict,

    /// <summary>Largest wait / target (accumulating priority).</summary>
    Relative,

    /// <summary>Earliest due date: smallest start of waiting + target.</summary>
    DueDate,

    /// <summary>Within 120 s of the target or late: largest priority; otherwise the earliest due date.</summary>
    DueDatePriority,

    /// <summary>
    /// The target rule <c>gcmu_cap4</c>: at or over 4 × its target first, largest wait / target; else largest
    /// priority × wait / (target² × mean service), in exact integers.
    /// </summary>
    Target,

    /// <summary>So many of a side of priorities, then so many of the other; on each side first come, first served.</summary>
    Ratio,
}

/// <param name="WorkProfile">The work profile that an operator gets who names none.</param>
/// <param name="Zone">Where the counter's calls are shown and spoken.</param>
public sealed record CounterRules(string WorkProfile, string Zone);

/// <param name="NoShowCalls">Calls that must have been made before NoShow, 1 … 9.</param>
/// <param name="NoShowSpacingMs">Least time between the last call and NoShow, and between two calls, milliseconds.</param>
/// <param name="ClearAtClose">CloseDay clears who waits (true) or keeps them (false).</param>
/// <param name="DayEndsMinute">Local minute of the day at which Tick closes the business day; null: only CloseDay closes it.</param>
/// <param name="UnprintedMs">A ticket without a print report is cancelled after this, milliseconds; 0: never.</param>
/// <param name="LeaseBlock">Numbers in one leased block, per service.</param>
/// <param name="Language">The branch's first language.</param>
/// <param name="MaxWaiting">Bound of the visits waiting in the branch; reaching it is refused aloud (law 10).</param>
public sealed record PolicyRules(
    int NoShowCalls, long NoShowSpacingMs, bool ClearAtClose, int? DayEndsMinute, long UnprintedMs, int LeaseBlock,
    string Language, int MaxWaiting);
