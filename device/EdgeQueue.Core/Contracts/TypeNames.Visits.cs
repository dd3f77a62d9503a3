using EdgeQueue.Core.Queue;

namespace EdgeQueue.Core.Contracts;

internal static partial class TypeNames
{
    // Properties and not fields: fields of two files are initialised in no certain order.
    private static Type[] VisitCommands => [typeof(CheckIn), typeof(LockConsole), typeof(Precall), typeof(PlanJourney), typeof(AddStep), typeof(StartService), typeof(GiveBack), typeof(Postpone), typeof(Redirect)];

    private static Type[] VisitEvents =>
    [
        typeof(BookingPlaced), typeof(BookingWithdrawn), typeof(BookingsApplied), typeof(BookingCheckedIn), typeof(BookingLapsed),
        typeof(BookingReopened), typeof(BookingsHeldBack),
        typeof(VisitDescribed), typeof(VisitMissed), typeof(PauseOrdered), typeof(PauseOrderWithdrawn), typeof(VisitPrecalled),
        typeof(CallHeld), typeof(CallAnnounced), typeof(JourneyPlanned), typeof(LiveVisitBegun), typeof(VisitPostponed), typeof(VisitRedirected),
    ];
}
