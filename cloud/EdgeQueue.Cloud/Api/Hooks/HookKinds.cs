using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Cloud.Api.Hooks;

/// <summary>What a web hook may be told of, and the scope that a key needs for it. Written in the database: a word stays.</summary>
internal static class HookKinds
{
    public const string TicketIssued = "ticket.issued";
    public const string TicketCalled = "ticket.called";
    public const string TicketServed = "ticket.served";
    public const string TicketNoShow = "ticket.noShow";
    public const string TicketLeft = "ticket.left";
    public const string BookingMade = "booking.made";
    public const string BookingMoved = "booking.moved";
    public const string BookingCancelled = "booking.cancelled";
    public const string BookingArrived = "booking.arrived";
    public const string BookingMissed = "booking.missed";
    public const string ConfigurationApplied = "configuration.applied";
    public const string ConfigurationRejected = "configuration.rejected";

    public static IReadOnlyList<(string Kind, string Scope)> All { get; } =
    [
        (TicketIssued, Scopes.TicketsRead), (TicketCalled, Scopes.TicketsRead), (TicketServed, Scopes.TicketsRead), (TicketNoShow, Scopes.TicketsRead), (TicketLeft, Scopes.TicketsRead),
        (BookingMade, Scopes.BookingsRead), (BookingMoved, Scopes.BookingsRead), (BookingCancelled, Scopes.BookingsRead), (BookingArrived, Scopes.BookingsRead), (BookingMissed, Scopes.BookingsRead),
        (ConfigurationApplied, Scopes.ConfigurationRead), (ConfigurationRejected, Scopes.ConfigurationRead),
    ];

    /// <summary>Types of the journal that some kind tells.</summary>
    public static IReadOnlySet<string> Types { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        EventJson.TypeOf(new TicketIssued(0, "", "", 0, "", null, 0, 0, 0, "", null, "", null, default, false, false, default)),
        EventJson.TypeOf(new VisitCalled(0, "", "", null!, null!, default)), EventJson.TypeOf(new VisitEnded(0, default, null, default)),
        EventJson.TypeOf(new BookingCheckedIn("", 0, default, null!, default)), EventJson.TypeOf(new BookingLapsed("", default)),
    };

    /// <summary>What an event of a journal is to a web hook. Never who somebody is (law 12): the journal does not know.</summary>
    /// <returns>Null: nothing.</returns>
    public static (string Kind, HookData Data)? Of(Event? happened) => happened switch
    {
        TicketIssued { Queued: true } e => (TicketIssued, new() { Visit = e.Visit, Ticket = e.Label, Service = e.Service }),
        VisitCalled e => (TicketCalled, new() { Visit = e.Visit, Counter = e.Counter }),
        VisitEnded { How: VisitEnd.Finished } e => (TicketServed, new() { Visit = e.Visit }),
        VisitEnded { How: VisitEnd.NoShow } e => (TicketNoShow, new() { Visit = e.Visit }),
        // Cancelled, or cleared when the day closed.
        VisitEnded e => (TicketLeft, new() { Visit = e.Visit, Reason = e.Reason }),
        BookingCheckedIn e => (BookingArrived, new() { Booking = e.Booking, Visit = e.Visit }),
        BookingLapsed e => (BookingMissed, new() { Booking = e.Booking }),
        _ => null,
    };
}
