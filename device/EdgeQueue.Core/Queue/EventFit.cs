using System.Globalization;

namespace EdgeQueue.Core.Queue;

/// <summary>
/// Whether an event can have followed on what came before it: what the queue promises (no label twice in a business day, nobody called
/// who is not waiting, nobody to a counter that is not open), and what an event of its kind needs. <see cref="Evolve"/> believes every
/// event, so that a start is quick; whoever looks for damage in a journal asks here first. It looks at the state and not at the rules,
/// and it is no second decider: what it lets pass may still be what no decision would have made.
/// </summary>
public static class EventFit
{
    /// <summary>Why this event cannot follow on this state, as a half sentence; null: it can.</summary>
    public static string? FaultOf(BranchState state, Event next) => next switch
    {
        TicketIssued e => Issued(state, e),
        TicketRelabelled e => Relabelled(state, e),
        VisitCalled e => Called(state, e),
        VisitRecalled e => There(state, e.Visit, e.Counter, VisitPhase.Called),
        VisitArrived e => There(state, e.Visit, e.Counter, VisitPhase.Called),
        TransactionFinished e => There(state, e.Visit, e.Counter, null),
        VisitTransferred e => There(state, e.Visit, e.FromCounter, null),
        VisitRequeued e => There(state, e.Visit, e.Counter, null),
        VisitParked e => There(state, e.Visit, e.Counter, null),
        VisitMissed e => There(state, e.Visit, e.Counter, null),
        VisitEnded e => Known(state, e.Visit, v => v.Present, "is not in the branch any more"),
        VisitResumed e => Known(state, e.Visit, v => v.Phase == VisitPhase.Parked, "is not parked"),
        VisitRestored e => Known(state, e.Visit, v => v.Phase == VisitPhase.Ended, "has not ended"),
        VisitPrecalled e => Known(state, e.Visit, v => v.Phase == VisitPhase.Waiting, "is not waiting"),
        VisitRedirected e => Known(state, e.Visit, v => v.Present && !v.AtCounter, "is not waiting"),
        VisitReinstated e => Reinstated(state, e),
        _ => null,
    };

    private static string? Issued(BranchState state, TicketIssued e) =>
        e.Visit <= state.LastVisit ? $"visit {Text(e.Visit)} was there before: no number of a visit is given twice"
        : e.Queued ? Taken(state, e.Visit, e.Label)
        : null;

    private static string? Relabelled(BranchState state, TicketRelabelled e) =>
        state.Find(e.Visit) is { Phase: not VisitPhase.Recorded } ? Taken(state, e.Visit, e.To) : null;

    // Who was kept overnight still has the label of another day.
    private static string? Taken(BranchState state, long visit, string label) =>
        state.FindByLabel(label) is { } other && other.Number != visit && other.Day == state.Day
            ? $"visit {Text(visit)} gets the label {label}, which visit {Text(other.Number)} has of the same business day"
            : null;

    private static string? Called(BranchState state, VisitCalled e)
    {
        if (Known(state, e.Visit, v => v.Phase is VisitPhase.Waiting or VisitPhase.Parked, "does not wait") is { } fault)
        {
            return fault;
        }

        var counter = state.Counter(e.Counter);
        return counter.Phase == CounterPhase.Open
            ? Free(state, counter, e.Visit)
            : $"visit {Text(e.Visit)} is called to counter {e.Counter}, which {(counter.Version == 0 ? "was never opened" : "is " + Word(counter.Phase))}";
    }

    private static string? Reinstated(BranchState state, VisitReinstated e) =>
        Known(state, e.Visit, v => !v.AtCounter, "is at a counter and not released from one") ?? Free(state, state.Counter(e.Counter), e.Visit);

    private static string? Free(BranchState state, Counter counter, long visit) =>
        state.VisitAt(counter) is { } there
            ? $"visit {Text(visit)} comes to counter {counter.Id}, where visit {Text(there.Number)} is"
            : null;

    /// <param name="phase">That it must be in there; null: called or being served.</param>
    private static string? There(BranchState state, long number, string counter, VisitPhase? phase) =>
        state.Find(number) is not { } visit ? Unknown(number)
        : !visit.AtCounter ? $"visit {Text(number)} is {Word(visit.Phase)} and not at counter {counter}"
        : visit.Counter != counter ? $"visit {Text(number)} is at counter {visit.Counter ?? "none"} and not at counter {counter}"
        : phase is { } needed && visit.Phase != needed ? $"visit {Text(number)} is {Word(visit.Phase)} at counter {counter} and not {Word(needed)}"
        : null;

    private static string? Known(BranchState state, long number, Func<Visit, bool> fits, string otherwise) =>
        state.Find(number) is not { } visit ? Unknown(number)
        : fits(visit) ? null
        : $"visit {Text(number)} {otherwise} ({Word(visit.Phase)})";

    private static string Unknown(long number) => $"there is no visit {Text(number)}";

    private static string Word(VisitPhase phase) => phase.ToString().ToLowerInvariant();

    private static string Word(CounterPhase phase) => phase.ToString().ToLowerInvariant();

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
