namespace EdgeQueue.Core.Queue;

/// <summary>
/// What somebody wants. Time is a field, set by the hub when the command enters its loop (law 5).
/// A counter's command carries the version of the counter that the operator saw (<c>Seen</c>); when the counter has moved on,
/// the command is refused with what it shows now, so that a double press never skips a person (DESIGN §5).
/// </summary>
public abstract record Command(Moment At);

// ---- customers and dispensers

/// <summary>A customer takes a ticket.</summary>
/// <param name="Press">Id of the command, the same as the envelope's: one press, one visit, for ever.</param>
/// <param name="Segment">Null: an ordinary customer of the service.</param>
/// <param name="Language">BCP 47 tag that the customer chose, or null for the branch's first.</param>
/// <param name="Person">Opaque id, never a name or a number (law 12).</param>
/// <param name="Attributes">What the customer is or asks for, at most 16; the configuration's segment rules look at it.</param>
/// <param name="People">How many come with this ticket, 1 … 99; null: one.</param>
/// <param name="Case">Opaque id of a case that goes on over several visits.</param>
/// <param name="Steps">Further services of the visit, at most 16.</param>
/// <param name="BestOrder">The visit begins, and goes on, where the wait is expected to be shortest; null or false: as given.</param>
/// <param name="ExpectedWaitMs">The hub's: how long somebody who takes this ticket will probably wait; null: not known.</param>
/// <param name="Wants">What the operator must have: a language, "woman doctor"; attributes that the configuration names.</param>
/// <param name="Operator">The person that the customer wants: waits for them, as long as the configuration says.</param>
public sealed record IssueTicket(
    string Press, string Service, string? Segment, string? Language, string? Person, Moment At,
    IReadOnlyList<string>? Attributes = null, int? People = null, string? Case = null, long? ExpectedWaitMs = null,
    IReadOnlyList<JourneyStep>? Steps = null, bool? BestOrder = null,
    IReadOnlyList<string>? Wants = null, string? Operator = null) : Command(At);

/// <summary>A ticket that a dispenser gave from its leased numbers while it was cut off (DESIGN §7, offline tickets).</summary>
/// <param name="Press">Id of the key press. Had the hub answered it after all, the printed label wins.</param>
/// <param name="Number">The leased number that was printed.</param>
/// <param name="TakenAt">When it was taken, in branch time, as well as the hub could tell from boot id and boot-time clock.</param>
/// <param name="Day">Business day in which it was taken, as the node knew it.</param>
/// <param name="Estimated">Taken in an earlier boot of the node: order is known, time is not.</param>
/// <param name="AnsweredVisit">The hub's: the visit that it had answered this press with, days ago; null: none that it knows of.</param>
/// <param name="AnsweredLabel">The hub's: the label that it had answered it with.</param>
/// <param name="Details">What the button said and the customer answered; null: nothing.</param>
public sealed record JoinOffline(
    string Press, string Store, string Service, string? Segment, string? Language, int Number,
    Moment TakenAt, int Day, bool Estimated, Moment At, long? AnsweredVisit = null, string? AnsweredLabel = null,
    TicketDetails? Details = null) : Command(At);

/// <summary>
/// What an offline ticket says beyond its service, as <see cref="IssueTicket"/> has it. Of the person nothing is kept while the hub is
/// away, not even an opaque id (law 12).
/// </summary>
public sealed record TicketDetails(
    IReadOnlyList<string>? Attributes = null, int? People = null, string? Case = null, IReadOnlyList<JourneyStep>? Steps = null,
    bool? BestOrder = null, IReadOnlyList<string>? Wants = null, string? Operator = null);

/// <summary>A dispenser asks for numbers of its own to have when the hub is away.</summary>
/// <param name="Store">Random id of the dispenser's store; a wiped store has another.</param>
/// <param name="Remaining">Unused leased numbers it still has, by service.</param>
public sealed record LeaseNumbers(
    string Node, string Unit, string Store, IReadOnlyDictionary<string, int> Remaining, Moment At) : Command(At);

/// <summary>A technician gives up on a lease, because its dispenser was scrapped or its store wiped.</summary>
public sealed record RevokeLease(string Lease, Moment At) : Command(At);

/// <summary>What became of the paper. A repeat by a person is a copy and says so.</summary>
public sealed record ReportPrint(long Visit, PrintOutcome Outcome, bool Copy, Moment At) : Command(At);

/// <summary>How a print ended, as far as the dispenser can know (law 11).</summary>
public enum PrintOutcome
{
    /// <summary>All bytes left and the printer did not complain.</summary>
    Printed,

    /// <summary>The intent was durable, the result is not known. Never resent by itself.</summary>
    Uncertain,

    /// <summary>Certainly no ticket came out.</summary>
    Failed,
}

/// <summary>Print this visit's ticket again, marked COPY, at a dispenser.</summary>
/// <param name="Visit">Ignored when there is a label.</param>
/// <param name="Node">Empty: the hub takes the branch's first dispenser.</param>
/// <param name="Label">As a person types it: the label, or only its number where one ticket alone can be meant.</param>
public sealed record ReprintTicket(long Visit, string Node, string Unit, Moment At, string? Label = null) : Command(At);

/// <summary>The customer leaves, or a ticket did not come out.</summary>
/// <param name="Label">What stands on the ticket, where whoever asks knows it: after the journal was lost the number may be another's. Null: not looked at.</param>
public sealed record CancelVisit(long Visit, string Reason, Moment At, string? Label = null) : Command(At);

// ---- operators

/// <summary>Finish whom the counter serves, if anyone, then call the next by the work profile's rule.</summary>
/// <param name="Service">The queue to call from, chosen by a person who may; null: the rule chooses.</param>
public sealed record CallNext(string Counter, long Seen, Moment At, string? Service = null) : Command(At);

/// <summary>Call one chosen visit, by its label of today.</summary>
/// <param name="Label">Or only its number, as a numeric keypad types it, where one ticket alone can be meant.</param>
public sealed record CallTicket(string Counter, long Seen, string Label, Moment At) : Command(At);

public sealed record Recall(string Counter, long Seen, Moment At) : Command(At);

/// <summary>The called customer is at the counter; serving starts.</summary>
public sealed record Arrive(string Counter, long Seen, Moment At) : Command(At);

public sealed record Finish(
    string Counter, long Seen, IReadOnlyList<string> DeliveredServices, string? Outcome, IReadOnlyList<string> Marks,
    Moment At) : Command(At);

/// <summary>The called customer did not come: allowed after the policy's number and spacing of calls.</summary>
public sealed record NoShow(string Counter, long Seen, Moment At) : Command(At);

/// <summary>Back to the queue from the counter, to the old place or to the end.</summary>
public sealed record Requeue(string Counter, long Seen, bool ToEnd, Moment At) : Command(At);

/// <summary>
/// Corrects the counter's last release (NoShow, Finish, Park, Transfer, Requeue): the visit is back at the counter as it was.
/// </summary>
public sealed record Reinstate(string Counter, long Seen, Moment At) : Command(At);

/// <summary>Aside, not waiting. Null: until resumed by a person.</summary>
/// <param name="Minutes">Length of the parking, 1 … 1440; null: until <see cref="Resume"/>.</param>
public sealed record Park(string Counter, long Seen, int? Minutes, Moment At) : Command(At);

/// <summary>A parked visit waits again, at its old place; by its label.</summary>
/// <param name="Label">Or only its number, where one parked ticket alone can be meant.</param>
public sealed record Resume(string Counter, string Label, Moment At) : Command(At);

/// <summary>To exactly one of a service, a counter, an operator.</summary>
/// <param name="Return">The visit comes back to this operator afterwards, ahead of the others.</param>
public sealed record Transfer(
    string Counter, long Seen, string? ToService, string? ToCounter, string? ToOperator, bool Return, Moment At) : Command(At);

/// <summary>The customer came for something else: of somebody who waits, or of the customer at the counter that asks.</summary>
/// <param name="Visit">Ignored when there is a counter.</param>
/// <param name="Counter">The counter whose operator wants it; null: nobody's.</param>
/// <param name="Label">With a counter: whose, by the label or its number, of those who wait; null: the customer at the counter.</param>
/// <param name="Seen">With a counter and without a label.</param>
/// <param name="Reason">Why, at most 256 characters; it is in the journal.</param>
public sealed record ChangeService(
    long Visit, string Service, Moment At, string? Counter = null, string? Label = null, long? Seen = null, string? Reason = null) : Command(At);

/// <summary>Another importance, which stays with the visit; the rest as in <see cref="ChangeService"/>.</summary>
/// <param name="Priority">1 … 99; 99 is the most important. 0: what the service and the segment say, again.</param>
public sealed record SetPriority(
    long Visit, int Priority, Moment At, string? Counter = null, string? Label = null, long? Seen = null, string? Reason = null) : Command(At);

/// <summary>An operator opens a counter, or ends its pause.</summary>
/// <param name="TakeOver">Take the counter from another operator on purpose.</param>
public sealed record OpenCounter(
    string Counter, string Operator, string? WorkProfile, bool TakeOver, Moment At) : Command(At);

/// <param name="Minutes">Planned length, 1 … 1440; null: the configuration's for this reason, if any. It ends by a person only.</param>
public sealed record PauseCounter(string Counter, long Seen, string Reason, Moment At, int? Minutes = null) : Command(At);

public sealed record CloseCounter(string Counter, long Seen, Moment At) : Command(At);

// ---- the branch

/// <summary>Ends the business day; who waits is kept or cleared as configured.</summary>
public sealed record CloseDay(Moment At) : Command(At);

/// <summary>Speak the configured evacuation text in all zones, or end it.</summary>
public sealed record Evacuate(bool Active, Moment At) : Command(At);

/// <summary>Only time, and what the hub knows of the clock on the wall. Whatever is due happens.</summary>
/// <param name="Clock">The wall clock as the hub sees it now.</param>
public sealed record Tick(BranchClock Clock, Moment At) : Command(At);

/// <summary>New rules from a validated configuration; applied between two commands.</summary>
public sealed record ApplyRules(BranchRules Rules, Moment At) : Command(At);

/// <summary>A technician forks a journal that was restored or cloned: numbers that may have been given are skipped.</summary>
/// <param name="Skip">How many visits, leases and numbers of each prefix to skip: at least the events that are missing, as each gives at most one.</param>
/// <param name="Last">By prefix, the highest ordinary number that somebody has on paper: a better bound than <c>Skip</c>.</param>
/// <param name="AcceptExhaustion">Fork even when a prefix has no number left then.</param>
public sealed record ForkJournal(
    string FromJournal, long FromSeq, string ToJournal, int Skip, Moment At, IReadOnlyList<PrefixLast>? Last = null,
    bool AcceptExhaustion = false) : Command(At);

/// <summary>The highest number of a prefix that is known to have been given.</summary>
public sealed record PrefixLast(string Prefix, int Number);
