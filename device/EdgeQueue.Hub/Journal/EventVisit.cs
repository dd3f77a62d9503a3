using EdgeQueue.Core.Queue;

namespace EdgeQueue.Hub.Journal;

/// <summary>The visit that an event is about: a column of its own, so that a dispute is one query.</summary>
internal static class EventVisit
{
    public static long? Of(Event happened) => happened switch
    {
        TicketIssued e => e.Visit,
        TicketRelabelled e => e.Visit,
        TicketPrintReported e => e.Visit,
        CopyRequested e => e.Visit,
        VisitCalled e => e.Visit,
        VisitRecalled e => e.Visit,
        VisitArrived e => e.Visit,
        TransactionFinished e => e.Visit,
        VisitEnded e => e.Visit,
        VisitRequeued e => e.Visit,
        VisitReinstated e => e.Visit,
        VisitRestored e => e.Visit,
        VisitParked e => e.Visit,
        VisitResumed e => e.Visit,
        VisitTransferred e => e.Visit,
        ServiceChanged e => e.Visit,
        PriorityChanged e => e.Visit,
        BookingCheckedIn e => e.Visit,
        VisitDescribed e => e.Visit,
        VisitMissed e => e.Visit,
        VisitPostponed e => e.Visit,
        VisitRedirected e => e.Visit,
        VisitPrecalled e => e.Visit,
        CallHeld e => e.Visit,
        JourneyPlanned e => e.Visit,
        LiveVisitBegun e => e.Visit,
        CallAnnounced e => e.Visit,
        WishesTold e => e.Visit,
        PersonWaitEnded e => e.Visit,
        _ => null,
    };
}
