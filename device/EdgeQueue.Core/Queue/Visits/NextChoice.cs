namespace EdgeQueue.Core.Queue;

/// <summary>
/// Whom a counter calls next: who comes back to its operator, then who was called ahead to a buffer, then whom the rule
/// chooses, within the capacity guard. Who may be served at few counters only (bound to this one or its operator, or with a
/// wish) cannot be called ahead: when the rule would call them, they go before the buffer's head if they have waited longer.
/// </summary>
internal static class NextChoice
{
    /// <param name="kept">Why nobody is called although somebody waits; null otherwise.</param>
    public static Choice? Of(
        BranchState state, BranchRules rules, Counter counter, CallingPost post, Moment at, out Refusal? kept)
    {
        kept = null;
        var next = CallingRule.Next(state, counter, post, at);
        if (state.Precalled.Count > 0 && state.Waiters.Returning(counter.Operator).Visits == 0
            && PrecallDecisions.Next(state, post.Serves) is { } ahead
            && !(next is { } here && IsForFew(state.Find(here.Visit)!.Place) && state.Find(here.Visit)!.Place.Since <= ahead.Place.Since))
        {
            return Ahead(state, counter, post, ahead, at);
        }

        if (next is not { } choice)
        {
            return null;
        }

        kept = CapacityGuard.Look(state, rules, counter, post, ref choice, at);
        return kept is null ? choice : null;
    }

    /// <summary>Out of the one queue that a person chose: who of it was called ahead, else whom the rule chooses of it.</summary>
    public static Choice? OfQueue(BranchState state, Counter counter, CallingPost post, Moment at, string service) =>
        PrecallDecisions.Next(state, s => s == service) is { } ahead
            ? Ahead(state, counter, post, ahead, at)
            : CallingRule.Next(state, counter, post, at, service);

    private static Choice Ahead(BranchState state, Counter counter, CallingPost post, Visit ahead, Moment at) =>
        new(ahead.Number, CallingRule.Chosen(state, counter, post, ahead, at) with { Rule = "precalled" });

    private static bool IsForFew(Place place) => place.BoundCounter is not null || place.BoundOperator is not null || place.Wants is not null;
}
