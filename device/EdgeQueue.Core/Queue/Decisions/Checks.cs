namespace EdgeQueue.Core.Queue;

/// <summary>What several commands ask first.</summary>
internal static class Checks
{
    /// <summary>The counter, if it exists, is as the operator saw it, and is open; paused counts as open where a customer is there.</summary>
    public static Refusal? At(BranchState state, string id, long seen, out Counter counter)
    {
        counter = state.Counter(id);
        return counter.Version == 0 && state.Rules?.Counters.ContainsKey(id) != true ? Refusal.UnknownCounter(id)
            : counter.Version != seen ? Refusal.CounterMovedOn
            : counter.Phase == CounterPhase.Closed ? Refusal.CounterClosed
            : null;
    }

    /// <summary>The same, with the customer who is called there or served.</summary>
    public static Refusal? WithVisit(
        BranchState state, string id, long seen, Refusal nobody, out Counter counter, out Visit visit)
    {
        visit = null!;
        if (At(state, id, seen, out counter) is { } refusal)
        {
            return refusal;
        }

        if (state.VisitAt(counter) is not { } there)
        {
            return nobody;
        }

        visit = there;
        return null;
    }
}
