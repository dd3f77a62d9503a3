using System.Text.Json.Serialization;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Core.Contracts;

/// <summary>
/// Events and snapshots as JSON, in the form of <see cref="JsonForm{TTables}"/>. Events carry <c>type</c> first; their names are listed in
/// <see cref="TypeNames"/> and never change.
/// </summary>
public sealed class JournalJson : JsonForm<JournalJson>, IJsonTables
{
    private JournalJson()
    {
    }

    static JsonSerializerContext IJsonTables.Tables => JournalJsonContext.Default;
}

[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata, UseStringEnumConverter = true)]
[JsonSerializable(typeof(Event))]
[JsonSerializable(typeof(BranchSnapshot))]
[JsonSerializable(typeof(CounterPhase))]
[JsonSerializable(typeof(DayOpened))]
[JsonSerializable(typeof(DayClosingPlanned))]
[JsonSerializable(typeof(DayClosed))]
[JsonSerializable(typeof(ClockStepped))]
[JsonSerializable(typeof(RulesApplied))]
[JsonSerializable(typeof(JournalForked))]
[JsonSerializable(typeof(EvacuationStarted))]
[JsonSerializable(typeof(EvacuationEnded))]
[JsonSerializable(typeof(NumbersLeased))]
[JsonSerializable(typeof(LeaseRevoked))]
[JsonSerializable(typeof(LeaseEnded))]
[JsonSerializable(typeof(TicketIssued))]
[JsonSerializable(typeof(TicketRelabelled))]
[JsonSerializable(typeof(TicketPrintReported))]
[JsonSerializable(typeof(CopyRequested))]
[JsonSerializable(typeof(VisitCalled))]
[JsonSerializable(typeof(VisitRecalled))]
[JsonSerializable(typeof(VisitArrived))]
[JsonSerializable(typeof(TransactionFinished))]
[JsonSerializable(typeof(VisitEnded))]
[JsonSerializable(typeof(VisitRequeued))]
[JsonSerializable(typeof(VisitReinstated))]
[JsonSerializable(typeof(VisitRestored))]
[JsonSerializable(typeof(VisitParked))]
[JsonSerializable(typeof(VisitResumed))]
[JsonSerializable(typeof(VisitTransferred))]
[JsonSerializable(typeof(ServiceChanged))]
[JsonSerializable(typeof(PriorityChanged))]
[JsonSerializable(typeof(CounterOpened))]
[JsonSerializable(typeof(CounterPaused))]
[JsonSerializable(typeof(CounterClosed))]
[JsonSerializable(typeof(VisitDescribed))]
[JsonSerializable(typeof(VisitMissed))]
[JsonSerializable(typeof(PauseOrdered))]
[JsonSerializable(typeof(PauseOrderWithdrawn))]
[JsonSerializable(typeof(VisitPrecalled))]
[JsonSerializable(typeof(CallHeld))]
[JsonSerializable(typeof(CallAnnounced))]
[JsonSerializable(typeof(JourneyPlanned))]
[JsonSerializable(typeof(LiveVisitBegun))]
[JsonSerializable(typeof(VisitPostponed))]
[JsonSerializable(typeof(VisitRedirected))]
[JsonSerializable(typeof(BookingPlaced))]
[JsonSerializable(typeof(BookingWithdrawn))]
[JsonSerializable(typeof(BookingsApplied))]
[JsonSerializable(typeof(BookingCheckedIn))]
[JsonSerializable(typeof(BookingLapsed))]
[JsonSerializable(typeof(BookingReopened))]
[JsonSerializable(typeof(BookingsHeldBack))]
[JsonSerializable(typeof(MeanServiceLearned))]
[JsonSerializable(typeof(WishesTold))]
[JsonSerializable(typeof(PersonWaitEnded))]
internal sealed partial class JournalJsonContext : JsonSerializerContext;
