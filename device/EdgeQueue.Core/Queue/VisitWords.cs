using System.Globalization;

namespace EdgeQueue.Core.Queue;

/// <summary>What happened to a visit, in words, for whoever asks afterwards; of a call, <see cref="CallWords"/> says more.</summary>
public static class VisitWords
{
    /// <param name="local">The clock on the branch's wall at a moment.</param>
    /// <returns>Empty: the name of the event and its time say all of it.</returns>
    public static string Of(Event happened, Func<Moment, string> local) => happened switch
    {
        TicketIssued e => $"ticket {e.Label} for {e.Service}{Named(", segment", e.Segment)}, priority {e.Priority}, target {CallWords.Time(e.TargetMs)}"
            + $"; language {e.Language}{Since(e, local)}{Person(e.Person)}{(e.Lease is null ? "" : ", printed while the dispenser was cut off")}"
            + (e.Queued ? "" : "; recorded only, it waits for nobody"),
        TicketRelabelled e => $"the paper says {e.To} and not {e.From}: what is printed counts",
        TicketPrintReported e => (e.Copy ? "a copy: " : "the ticket: ") + Paper(e.Outcome),
        CopyRequested e => $"a copy was ordered from {e.Node}/{e.Unit}",
        VisitRecalled e => $"to counter {e.Counter} for the {Ordinal(e.Times)} time",
        VisitArrived e => $"at counter {e.Counter}",
        TransactionFinished e => $"{e.Service} at counter {e.Counter}{Named(", outcome", e.Outcome)}{Listed("; delivered: ", e.DeliveredServices)}{Listed("; marks: ", e.Marks)}",
        VisitEnded e => End(e.How) + Reason(e.Reason),
        VisitRequeued e => $"from counter {e.Counter} back to the queue, {(e.ToEnd ? "at its end" : "at the old place")}",
        VisitReinstated e => $"the release was a mistake: at counter {e.Counter} again, {(e.Serving ? "being served" : "called")}",
        VisitRestored e => $"the paper had come out after all: waits again{Waits(e.Place, local)}",
        VisitParked e => $"put aside at counter {e.Counter}{(e.Until is { } until ? $" until {local(until)}" : ", without an end")}",
        VisitResumed e => $"waits again{Waits(e.Place, local)}",
        VisitTransferred e => $"waits{Waits(e.Place, local)}{(e.Return ? $", and comes back to {e.FromOperator ?? "the counter"} afterwards" : "")}",
        VisitRedirected e => $"is sent elsewhere: waits{Waits(e.Place, local)}{(e.Until is { } later ? $", from {local(later)} on" : "")}",
        ServiceChanged e => $"is now{Waits(e.Place, local)}{Changed(e.Counter, e.Operator, e.Reason)}",
        PriorityChanged e => $"priority {e.Place.Priority}{(e.Own == true ? ", the service's and the segment's own again" : "")}{Changed(e.Counter, e.Operator, e.Reason)}",
        BookingCheckedIn e => $"has the booking {e.Booking}, came {Came(e.Came)}: waits{Waits(e.Place, local)}",
        VisitDescribed e => $"{e.People} {(e.People == 1 ? "person" : "people")}{Listed(", ", e.Attributes)}{Named("; case", e.Case)}",
        VisitMissed e => $"did not come to counter {e.Counter}, {Ordinal(e.Times)} time; waits again{Waits(e.Place, local)}",
        VisitPostponed e => $"asked for more time, {Ordinal(e.Times)} time: aside until {local(e.Until)}",
        VisitPrecalled e => $"called ahead to '{e.Buffer}'{(e.HeardAt is { } heard ? $", shown and spoken at {local(heard)}" : "")}",
        CallHeld e => $"something else is said in '{e.Zone}': the call is shown and spoken at {local(e.Until)}",
        CallAnnounced e => $"shown and spoken, to {e.Counter}",
        JourneyPlanned e => Steps(e),
        LiveVisitBegun => "came without a ticket; no board shows it",
        WishesTold e => $"waits{Waits(e.Place, local)}",
        PersonWaitEnded e => $"waited for {e.Operator} as long as the branch lets, and waits for anybody now",
        _ => "",
    };

    private static string Since(TicketIssued e, Func<Moment, string> local) =>
        e.WaitingSince == e.At ? "" : $", taken at {local(e.WaitingSince)}{(e.Estimated ? " (estimated)" : "")}";

    private static string Person(string? person) => person is null ? "" : $", person {person}";

    private static string Paper(PrintOutcome outcome) => outcome switch
    {
        PrintOutcome.Printed => "printed",
        PrintOutcome.Failed => "certainly no paper came out",
        _ => "whether it came out is not known",
    };

    private static string End(VisitEnd how) => how switch
    {
        VisitEnd.Finished => "served",
        VisitEnd.NoShow => "never came",
        VisitEnd.Cleared => "cleared when the day was closed",
        _ => "cancelled",
    };

    // The machine's own word for the reason that needs a sentence.
    private static string Reason(string? reason) => reason switch
    {
        null => "",
        PrintDecisions.Unprinted => ": no paper came out, or nothing was heard of it",
        _ => $": {reason}",
    };

    private static string Came(CheckInTime came) => came switch
    {
        CheckInTime.Early => "early",
        CheckInTime.OnTime => "in time",
        _ => "too late for it",
    };

    private static string Waits(Place place, Func<Moment, string> local) =>
        $" for {place.Service} since {local(place.Since)}, priority {place.Priority}{Named(", at counter", place.BoundCounter)}{Named(", for the operator", place.BoundOperator)}"
        + $"{(place.BoundUntil is { } until ? $" until {local(until)}" : "")}{Named(", for somebody with", place.Wants?.Replace(" ", ", ", StringComparison.Ordinal))}{(place.Returning ? ", before all others of theirs" : "")}";

    private static string Changed(string? counter, string? by, string? reason) =>
        (counter is null ? "" : $"; changed at counter {counter}{(by is null ? "" : $" by {by}")}") + Reason(reason);

    private static string Steps(JourneyPlanned e)
    {
        var steps = e.Steps.Select(s => s.Operator is { } person ? $"{s.Service} with {person}" : s.Service).ToList();
        return (e.Taken is { } taken ? $"goes on to {taken.Service}; " : "")
            + (steps.Count == 0 ? "nothing more to do after it" : $"still to do, {(e.BestOrder ? "where it is quickest first" : "in this order")}: {string.Join(", ", steps)}");
    }

    private static string Named(string what, string? value) => value is null ? "" : $"{what} {value}";

    private static string Listed(string what, IReadOnlyList<string> values) => values.Count == 0 ? "" : what + string.Join(", ", values);

    private static string Ordinal(int times) => string.Create(CultureInfo.InvariantCulture, $"{times}{(times % 100 is >= 11 and <= 13 ? "th"
        : (times % 10) switch { 1 => "st", 2 => "nd", 3 => "rd", _ => "th" })}");
}
