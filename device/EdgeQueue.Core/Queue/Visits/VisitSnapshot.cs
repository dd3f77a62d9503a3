namespace EdgeQueue.Core.Queue;

/// <summary>The part of a snapshot that is about coming, waiting and leaving.</summary>
public sealed record VisitSnapshot(
    long BookingsVersion, Moment? WallJumpedAt, IReadOnlyList<HeldBooking> Bookings, IReadOnlyList<VisitFacts> Facts,
    IReadOnlyList<ServiceTickets> TicketsToday);

/// <summary>Tickets of the day's quota that were given.</summary>
public sealed record ServiceTickets(string Service, int Count);

public sealed partial class BranchState
{
    private VisitSnapshot VisitsToSnapshot() => new(
        BookingsVersion, WallJumpedAt, [.. Bookings.All], [.. FactsByVisit.Values.OrderBy(f => f.Visit)],
        [.. TicketsToday.Where(t => t.Value != 0).Select(t => new ServiceTickets(t.Key, t.Value))]);

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
    }
}
