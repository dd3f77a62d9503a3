namespace EdgeQueue.Core.Queue;

/// <summary>The part of a snapshot that is about coming, waiting and leaving.</summary>
public sealed record VisitSnapshot(
    long BookingsVersion, Moment? WallJumpedAt, IReadOnlyList<HeldBooking> Bookings, IReadOnlyList<VisitFacts> Facts,
    IReadOnlyList<ServiceTickets> TicketsToday,
    IReadOnlyList<PlannedEnd> PlannedEnds, IReadOnlyList<OrderedPause> PausesOrdered, IReadOnlyList<long> Precalled,
    IReadOnlyList<HeldCall> HeldCalls, IReadOnlyList<string> PutBack, IReadOnlyList<SaidAhead> SaidAhead);

/// <summary>When a pause is planned to end.</summary>
public sealed record PlannedEnd(string Counter, Moment Until);

/// <summary>A pause that begins when a counter's customer has left.</summary>
public sealed record OrderedPause(string Counter, string Reason);

/// <summary>When somebody was last heard to be called ahead in a zone.</summary>
public sealed record SaidAhead(string Zone, Moment At);

/// <summary>Tickets of the day's quota that were given.</summary>
public sealed record ServiceTickets(string Service, int Count);

public sealed partial class BranchState
{
    private VisitSnapshot VisitsToSnapshot() => new(
        BookingsVersion, WallJumpedAt, [.. Bookings.All], [.. FactsByVisit.Values.OrderBy(f => f.Visit)],
        [.. TicketsToday.Where(t => t.Value != 0).Select(t => new ServiceTickets(t.Key, t.Value))],
        [.. PlannedEnds.Select(p => new PlannedEnd(p.Key, p.Value))],
        [.. PausesOrdered.Select(p => new OrderedPause(p.Key, p.Value))],
        [.. Precalled], [.. HeldCalls.Values], [.. PutBack], [.. SaidAhead.Select(s => new SaidAhead(s.Key, s.Value))]);

    private void VisitsFromSnapshot(VisitSnapshot snapshot)
    {
        BookingsVersion = snapshot.BookingsVersion;
        WallJumpedAt = snapshot.WallJumpedAt;
        foreach (var held in snapshot.Bookings)
        {
            Bookings.Put(held);
        }

        foreach (var facts in snapshot.Facts)
        {
            FactsByVisit[facts.Visit] = facts;
        }

        foreach (var (service, count) in snapshot.TicketsToday)
        {
            TicketsToday[service] = count;
        }

        foreach (var (counter, until) in snapshot.PlannedEnds)
        {
            PlannedEnds[counter] = until;
        }

        foreach (var (counter, reason) in snapshot.PausesOrdered)
        {
            PausesOrdered[counter] = reason;
        }

        foreach (var held in snapshot.HeldCalls)
        {
            HeldCalls[held.Visit] = held;
        }

        PutBack.UnionWith(snapshot.PutBack);
        foreach (var (zone, at) in snapshot.SaidAhead)
        {
            SaidAhead[zone] = at;
        }

        foreach (var visit in Visits)
        {
            PeoplePresent += visit.Present ? Facts(visit.Number)?.People ?? 1 : 0;
        }

        // The visits came in the order of their numbers.
        Precalled.Clear();
        Precalled.AddRange(snapshot.Precalled);
    }
}
