namespace EdgeQueue.Core.Queue;

public static partial class Evolve
{
    private static void CountTurn(BranchState state, RatioTurn? used)
    {
        if (used is { } turn)
        {
            state.RatioPositions[turn.Profile] = turn.Position;
        }
    }

    private static void WaitForPerson(BranchState state, Visit visit)
    {
        if (visit.Place is { BoundOperator: not null, BoundUntil: { } until })
        {
            state.PersonWaits.Add((until.Milliseconds, visit.Number));
        }
    }

    // Most branches have nobody who waits so: then the place, which lies elsewhere, is not looked at.
    private static void WaitForPersonNoMore(BranchState state, Visit visit)
    {
        if (state.PersonWaits.Count > 0 && visit.Place is { BoundOperator: not null, BoundUntil: { } until })
        {
            state.PersonWaits.Remove((until.Milliseconds, visit.Number));
        }
    }
}
