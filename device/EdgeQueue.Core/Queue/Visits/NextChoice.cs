namespace EdgeQueue.Core.Queue;

/// <summary>
/// Whom a counter calls next: who comes back to its operator, then who was called ahead to a buffer, then whom the rule
/// chooses, within the capacity guard.
/// </summary>
internal static class NextChoice
{
    /// <param name="kept">Why nobody is called although somebody waits; null otherwise.</param>
    public static Choice? Of(
        BranchState state, BranchRules rules, Counter counter, CallingPost post, Moment at, out Refusal? kept)
    {
        kept = null;
        if (state.Precalled.Count > 0 && state.Waiters.Returning(counter.Operator).Visits == 0
            && PrecallDecisions.Next(state, post.Rules) is { } ahead)
        {
            return new(ahead.Number, CallingRule.Chosen(state, counter, post, ahead, at) with { Rule = "precalled" });
        }

        if (CallingRule.Next(state, counter, post, at) is not { } choice)
        {
            return null;
        }

        kept = CapacityGuard.Look(state, rules, counter, post, ref choice, at);
        return kept is null ? choice : null;
    }
}
