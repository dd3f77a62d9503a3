namespace EdgeQueue.Core.Queue;

/// <summary>
/// What happened. Past tense and sufficient: replaying the journal gives the same state, bit for bit, on any later version,
/// whatever the configuration is by then. Types are only added to; a property added later is optional.
/// </summary>
public abstract record Event(Moment At);

// ---- the branch

/// <param name="Day">Number of the business day, from 1, without gaps.</param>
/// <param name="ClosesAt">When Tick closes it, in branch time; null while the wall clock is not trusted.</param>
public sealed record DayOpened(int Day, Moment? ClosesAt, Moment At) : Event(At);

/// <summary>The wall clock became trusted during the day, summer time began or ended, or the configuration has another end: now it is known when the day ends.</summary>
/// <param name="Day">The open business day.</param>
/// <param name="ClosesAt">As in <see cref="DayOpened"/>; null also where the configuration plans no end.</param>
public sealed record DayClosingPlanned(int Day, Moment? ClosesAt, Moment At) : Event(At);

public sealed record DayClosed(int Day, Moment At) : Event(At);

/// <summary>The wall clock stepped, became trusted, or summer time changed. Corrects the displayed time and nothing else.</summary>
public sealed record ClockStepped(BranchClock Clock, Moment At) : Event(At);

public sealed record RulesApplied(BranchRules Rules, Moment At) : Event(At);

/// <param name="Next">
/// Prefixes whose highest ticket was told: the number that their ordinary sequence goes on with at the least, today and on the
/// next day. The other prefixes step over <paramref name="Skip"/> numbers.
/// </param>
public sealed record JournalForked(
    string FromJournal, long FromSeq, string ToJournal, int Skip, Moment At, IReadOnlyList<PrefixNumber>? Next = null) : Event(At);

public sealed record EvacuationStarted(Moment At) : Event(At);

public sealed record EvacuationEnded(Moment At) : Event(At);

// ---- numbers

/// <param name="Store">Random id of the dispenser's store; empty: numbers set aside by a fork, that some store may hold.</param>
/// <param name="Prefix">Letters of the labels that are printed from this block, whatever the configuration is by then.</param>
/// <param name="Digits">Least digits of their numbers.</param>
/// <param name="First">First number of the block, inclusive.</param>
/// <param name="Last">Last number of the block, inclusive.</param>
public sealed record NumbersLeased(
    string Lease, string Node, string Unit, string Store, string Service, string Prefix, int Digits, int First, int Last,
    Moment At) : Event(At);

/// <summary>A technician gave up on a lease (a scrapped dispenser). Its numbers stay excluded until the day is closed.</summary>
public sealed record LeaseRevoked(string Lease, Moment At) : Event(At);

/// <summary>All numbers of the lease were used on days that are closed, or it was revoked: they may be leased again.</summary>
public sealed record LeaseEnded(string Lease, Moment At) : Event(At);

// ---- visits

/// <summary>A visit began.</summary>
/// <param name="Visit">Number of the visit, from 1, never reused.</param>
/// <param name="Prefix">Letters of the label: the sequence that <c>Number</c> comes from.</param>
/// <param name="TargetMs">Target wait in milliseconds.</param>
/// <param name="MeanServiceMs">Mean service time that the calling rule uses, in milliseconds.</param>
/// <param name="WaitingSince">When it was taken: earlier than <c>At</c> for an offline ticket.</param>
/// <param name="Estimated">The time of taking is an estimate; the order is not.</param>
/// <param name="Queued">False: recorded only (taken on a day that is already closed).</param>
public sealed record TicketIssued(
    long Visit, string Label, string Prefix, int Number, string Service, string? Segment, int Priority, long TargetMs, long MeanServiceMs,
    string Language, string? Person, string Press, string? Lease, Moment WaitingSince, bool Estimated, bool Queued,
    Moment At) : Event(At);

/// <summary>The hub had answered the press with one label, the dispenser printed another: the printed one wins.</summary>
public sealed record TicketRelabelled(long Visit, string From, string To, int Number, string? Lease, Moment At) : Event(At);

public sealed record TicketPrintReported(long Visit, PrintOutcome Outcome, bool Copy, Moment At) : Event(At);

/// <summary>A copy was ordered at a dispenser.</summary>
public sealed record CopyRequested(long Visit, string Node, string Unit, Moment At) : Event(At);

/// <param name="Zone">Where the call is shown and spoken.</param>
/// <param name="Turn">Ratio rule only: where the work profile's round stands after this call.</param>
/// <param name="Auto">True: nobody pressed; it followed on the counter's last release by itself.</param>
public sealed record VisitCalled(
    long Visit, string Counter, string Zone, string? Operator, CallReason Why, Moment At, RatioTurn? Turn = null, bool? Auto = null) : Event(At);

/// <param name="Times">How often the visit has been called to this counter now, from 2.</param>
public sealed record VisitRecalled(long Visit, string Counter, int Times, Moment At) : Event(At);

public sealed record VisitArrived(long Visit, string Counter, Moment At) : Event(At);

/// <summary>One transaction ended. <see cref="VisitEnded"/> follows unless the visit goes on.</summary>
public sealed record TransactionFinished(
    long Visit, string Counter, string Service, IReadOnlyList<string> DeliveredServices, string? Outcome,
    IReadOnlyList<string> Marks, Moment At) : Event(At);

/// <summary>The visit is over.</summary>
public sealed record VisitEnded(long Visit, VisitEnd How, string? Reason, Moment At) : Event(At);

/// <summary>How a visit ended.</summary>
public enum VisitEnd
{
    /// <summary>Served.</summary>
    Finished,

    /// <summary>Called as often as the policy says, never came.</summary>
    NoShow,

    /// <summary>Cancelled by the customer, an operator, or because no paper came out.</summary>
    Cancelled,

    /// <summary>Cleared when the business day closed.</summary>
    Cleared,
}

/// <param name="Place">Where it waits from now on.</param>
public sealed record VisitRequeued(long Visit, string Counter, bool ToEnd, Place Place, Moment At) : Event(At);

/// <summary>A wrong release was corrected: the visit is at the counter again.</summary>
/// <param name="Serving">True: it is being served again; false: it is called and awaited.</param>
public sealed record VisitReinstated(long Visit, string Counter, bool Serving, Moment At) : Event(At);

/// <summary>A late print report: the ticket was in the customer's hand, so the visit waits again at its old place.</summary>
public sealed record VisitRestored(long Visit, Place Place, Moment At) : Event(At);

public sealed record VisitParked(long Visit, string Counter, Moment? Until, Moment At) : Event(At);

public sealed record VisitResumed(long Visit, Place Place, Moment At) : Event(At);

/// <param name="Return">It comes back to <c>FromOperator</c> afterwards; that return is an event of this type too, with <c>Place.Returning</c>.</param>
public sealed record VisitTransferred(
    long Visit, string FromCounter, string? FromOperator, bool Return, Place Place, Moment At) : Event(At);

/// <param name="Counter">From where it was changed; null: from no counter.</param>
/// <param name="Operator">Who changed it there.</param>
public sealed record ServiceChanged(
    long Visit, Place Place, Moment At, string? Counter = null, string? Operator = null, string? Reason = null) : Event(At);

/// <param name="Own">True: the priority is the service's and the segment's again, and nobody's choice.</param>
public sealed record PriorityChanged(
    long Visit, Place Place, Moment At, string? Counter = null, string? Operator = null, string? Reason = null, bool? Own = null) : Event(At);

/// <summary>Where and how a visit waits: everything that the index of the queues needs.</summary>
/// <param name="Since">When its waiting started; the key of the order within a queue, then the visit's number.</param>
/// <param name="BoundCounter">Waits for this counter only.</param>
/// <param name="BoundOperator">Waits for this operator only.</param>
/// <param name="Returning">Back from a transfer with return: ahead of the others of that operator.</param>
/// <param name="Wants">What the operator must have, such as a language: attributes in ordinal order, a space between.</param>
/// <param name="BoundUntil">From then on it waits for anyone with the skill and no longer for <paramref name="BoundOperator"/>.</param>
public sealed record Place(
    string Service, int Priority, long TargetMs, long MeanServiceMs, Moment Since,
    string? BoundCounter = null, string? BoundOperator = null, bool Returning = false, string? Wants = null, Moment? BoundUntil = null);

// ---- counters

public sealed record CounterOpened(
    string Counter, string Operator, string WorkProfile, string? TakenOverFrom, Moment At) : Event(At);

/// <param name="Until">When it is planned to end; null: not said. Nothing happens then but that it is shown.</param>
public sealed record CounterPaused(string Counter, string Reason, Moment At, Moment? Until = null) : Event(At);

public sealed record CounterClosed(string Counter, Moment At) : Event(At);
