namespace EdgeQueue.Core.Queue;

public static partial class Evolve
{
    private static void Described(BranchState state, VisitDescribed e) =>
        state.FactsByVisit[e.Visit] = (state.Facts(e.Visit) ?? new VisitFacts(e.Visit)) with
        {
            Attributes = e.Attributes.Count == 0 ? null : e.Attributes, People = e.People, Case = e.Case,
        };

    private static void ServiceChanged(BranchState state, ServiceChanged e)
    {
        Count(state, state.VisitsByNumber[e.Visit], -1);
        Replaced(state, e.Visit, e.Place, false);
        Count(state, state.VisitsByNumber[e.Visit], 1);
    }

    /// <summary>A ticket of the day's quota was given, or is free again.</summary>
    private static void Count(BranchState state, Visit visit, int tickets)
    {
        if (visit.Day == state.Day)
        {
            state.TicketsToday[visit.Service] = state.TicketsToday.GetValueOrDefault(visit.Service) + tickets;
        }
    }
}
