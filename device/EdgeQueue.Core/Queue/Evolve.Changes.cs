namespace EdgeQueue.Core.Queue;

public static partial class Evolve
{
    private static void ServiceChanged(BranchState state, ServiceChanged e)
    {
        Count(state, state.VisitsByNumber[e.Visit], -1);
        Replaced(state, e.Visit, e.Place, false);
        var visit = state.VisitsByNumber[e.Visit];
        Count(state, visit, 1);
        if (visit.AtCounter)
        {
            // The counter shows what it is for.
            Shows(state, state.Counter(visit.Counter!));
        }
    }

    private static void PriorityChanged(BranchState state, PriorityChanged e)
    {
        Replaced(state, e.Visit, e.Place, true);
        if (e.Own == true)
        {
            state.VisitsByNumber[e.Visit] = state.VisitsByNumber[e.Visit] with { PrioritySet = false };
        }
    }

    /// <summary>A call that nobody pressed for: who was released before it can still be taken back in their place.</summary>
    private static void FollowedBy(BranchState state, VisitCalled call)
    {
        var counter = state.Counter(call.Counter);
        if (counter.LastRelease is { } release)
        {
            state.CountersById[call.Counter] = counter with { LastRelease = release with { NextAt = call.At } };
        }
    }
}
