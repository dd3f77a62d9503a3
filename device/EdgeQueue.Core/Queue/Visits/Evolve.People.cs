namespace EdgeQueue.Core.Queue;

public static partial class Evolve
{
    /// <summary>What else is known of a visit changes, how many they are with it.</summary>
    private static void Know(BranchState state, VisitFacts facts)
    {
        var before = HeadsOf(state, facts.Visit);
        state.FactsByVisit[facts.Visit] = facts;
        if (state.Find(facts.Visit) is { Present: true })
        {
            state.PeoplePresent += facts.People - before;
        }
    }

    /// <summary>They are in the hall from now on.</summary>
    private static void Comes(BranchState state, long visit) => state.PeoplePresent += HeadsOf(state, visit);

    /// <summary>They are in the hall no more.</summary>
    private static void Goes(BranchState state, long visit) => state.PeoplePresent -= HeadsOf(state, visit);

    /// <summary>A visit is in the journal, whoever's it is.</summary>
    internal static void Enroll(BranchState state, Visit visit)
    {
        if (visit.Person is { } person)
        {
            if (!state.VisitsOfPerson.TryGetValue(person, out var visits))
            {
                state.VisitsOfPerson[person] = visits = [];
            }

            visits.Add(visit.Number);
        }
    }

    /// <summary>It leaves the state.</summary>
    private static void Forget(BranchState state, Visit visit)
    {
        state.VisitsByNumber.Remove(visit.Number);
        if (visit.Person is { } person && state.VisitsOfPerson.TryGetValue(person, out var visits))
        {
            visits.Remove(visit.Number);
            if (visits.Count == 0)
            {
                state.VisitsOfPerson.Remove(person);
            }
        }
    }

    private static int HeadsOf(BranchState state, long visit) => state.FactsByVisit.Count == 0 ? 1 : state.Facts(visit)?.People ?? 1;
}
