using System.Text.Json.Serialization.Metadata;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Core.Contracts;

/// <summary>
/// The <c>type</c> of each command that a node may send and of each event of the journal. Names are for ever.
/// ApplyRules, ApplyBookings, Tick, ForkJournal and RevokeLease are not here: no node may send them.
/// </summary>
internal static partial class TypeNames
{
    private static readonly Type[] Commands =
    [
        typeof(IssueTicket), typeof(JoinOffline), typeof(LeaseNumbers), typeof(ReportPrint), typeof(ReprintTicket),
        typeof(CancelVisit), typeof(CallNext), typeof(CallTicket), typeof(Recall), typeof(Arrive), typeof(Finish),
        typeof(NoShow), typeof(Requeue), typeof(Reinstate), typeof(Park), typeof(Resume), typeof(Transfer),
        typeof(ChangeService), typeof(SetPriority), typeof(OpenCounter), typeof(PauseCounter), typeof(CloseCounter),
        typeof(CloseDay), typeof(Evacuate),
    ];

    private static readonly Type[] Events =
    [
        typeof(DayOpened), typeof(DayClosingPlanned), typeof(DayClosed), typeof(ClockStepped), typeof(RulesApplied),
        typeof(JournalForked), typeof(EvacuationStarted), typeof(EvacuationEnded), typeof(NumbersLeased), typeof(LeaseRevoked), typeof(LeaseEnded),
        typeof(TicketIssued), typeof(TicketRelabelled), typeof(TicketPrintReported), typeof(CopyRequested),
        typeof(VisitCalled), typeof(VisitRecalled), typeof(VisitArrived), typeof(TransactionFinished), typeof(VisitEnded),
        typeof(VisitRequeued), typeof(VisitReinstated), typeof(VisitRestored), typeof(VisitParked), typeof(VisitResumed),
        typeof(VisitTransferred), typeof(ServiceChanged), typeof(PriorityChanged), typeof(CounterOpened),
        typeof(CounterPaused), typeof(CounterClosed),
    ];

    public static IReadOnlyList<Type> AllEvents => [.. Events, .. VisitEvents, .. CallingEvents];

    public static string Of(Type type) => char.ToLowerInvariant(type.Name[0]) + type.Name[1..];

    public static void Apply(JsonTypeInfo info)
    {
        // What may be null may be left out: it is not written either.
        foreach (var property in info.Properties.Where(p => p.IsSetNullable || p.AssociatedParameter?.IsNullable == true))
        {
            property.IsRequired = false;
        }

        if (info.Type == typeof(Command))
        {
            info.PolymorphismOptions = Closed([.. Commands, .. VisitCommands]);
        }
        else if (info.Type == typeof(Event))
        {
            info.PolymorphismOptions = Closed([.. AllEvents]);
        }
        else if (info.Type.IsSubclassOf(typeof(Command)))
        {
            // The time of a command is the hub's: whatever a sender says is not read, and nothing is written (law 5).
            foreach (var property in info.Properties.Where(p => p.Name == "at"))
            {
                property.ShouldSerialize = static (_, _) => false;
                property.IsRequired = false;
            }
        }
    }

    private static JsonPolymorphismOptions Closed(Type[] types)
    {
        var options = new JsonPolymorphismOptions { TypeDiscriminatorPropertyName = "type" };
        foreach (var type in types)
        {
            options.DerivedTypes.Add(new JsonDerivedType(type, Of(type)));
        }

        return options;
    }
}
