namespace EdgeQueue.Core.Queue;

/// <summary>
/// Somebody who waits, or is aside, is sent elsewhere from no counter: to at most one of a service, a counter and an operator, or to later, or both.
/// They keep their place in time. Who is at a counter is transferred from there.
/// </summary>
/// <param name="Minutes">From now on they are aside for so long, 1 … 1440, and then wait on; null: they are where they were, waiting or aside.</param>
/// <param name="Label">As <see cref="CancelVisit.Label"/>.</param>
public sealed record Redirect(
    long Visit, string? ToService, string? ToCounter, string? ToOperator, int? Minutes, Moment At, string? Label = null) : Command(At);

/// <param name="Place">Where it waits from now on, or once it is back.</param>
/// <param name="Until">It is aside until then; null: it is where it was, waiting or aside.</param>
public sealed record VisitRedirected(long Visit, Place Place, Moment? Until, Moment At) : Event(At);

internal static class RedirectDecisions
{
    private const int LongestMinutes = 1440;

    public static Decision Redirect(BranchState state, BranchRules rules, Redirect c)
    {
        if (state.Find(c.Visit) is not { Present: true } visit || (c.Label is { } label && label != visit.Label))
        {
            return Decision.Refuse(Refusal.UnknownVisit);
        }

        if (visit.AtCounter)
        {
            return Decision.Refuse(Refusal.NotWaiting(visit.Label));
        }

        if (c.Minutes is < 1 or > LongestMinutes)
        {
            return Decision.Refuse(Refusal.Invalid($"Somebody is sent to 1 to {LongestMinutes} minutes later."));
        }

        if (PlaceOf(rules, visit, c, out var place) is { } refusal)
        {
            return Decision.Refuse(refusal);
        }

        return place == visit.Place && c.Minutes is null
            ? Decision.Accept()
            : Decision.Accept(new VisitRedirected(visit.Number, place, c.Minutes is { } minutes ? c.At + TimeSpan.FromMinutes(minutes) : null, c.At));
    }

    private static Refusal? PlaceOf(BranchRules rules, Visit visit, Redirect c, out Place place)
    {
        // Later, and nothing else, is to whom they waited for before.
        place = BufferName.Left(visit.Place);
        var free = place with { BoundCounter = null, BoundOperator = null, Returning = false, BoundUntil = null };
        switch (c)
        {
            case { ToService: { } name, ToCounter: null, ToOperator: null } when rules.Services.TryGetValue(name, out var service):
                // A booking's importance and its time are the visit's own while the service is the same.
                place = visit.Service == name ? free : TransferDecisions.PlaceIn(rules, name, service, visit, visit.Place.Since);
                return null;
            case { ToService: { } name, ToCounter: null, ToOperator: null }:
                return Refusal.UnknownService(name);
            case { ToService: null, ToCounter: { } counter, ToOperator: null }:
                place = free with { BoundCounter = counter };
                return rules.Counters.ContainsKey(counter) ? null : Refusal.UnknownCounter(counter);
            case { ToService: null, ToCounter: null, ToOperator: { } person }:
                // Whoever waits for this operator already goes on as they do.
                place = place.BoundOperator == person ? place : free with { BoundOperator = person };
                return rules.Operators.Contains(person) ? null : Refusal.UnknownOperator(person);
            case { ToService: null, ToCounter: null, ToOperator: null, Minutes: not null }:
                return null;
            default:
                return Refusal.Invalid("Somebody is sent to one of a service, a counter and an operator, or to later.");
        }
    }
}

public static partial class Evolve
{
    private static void Redirected(BranchState state, VisitRedirected e)
    {
        if (e.Until is not { } until)
        {
            Replaced(state, e.Visit, e.Place, false);
            return;
        }

        state.HeldCalls.Remove(e.Visit);
        var visit = Moved(state, e.Visit, VisitPhase.Parked, e.Place, e.At) with { ParkedUntil = until };
        state.VisitsByNumber[e.Visit] = visit;
        state.ParkEnds.Add((until.Milliseconds, visit.Number));
    }
}
