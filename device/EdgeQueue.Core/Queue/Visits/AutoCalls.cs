namespace EdgeQueue.Core.Queue;

/// <summary>
/// After a customer left, the next is called without a press, when the counter's pause for it has passed. A counter that was
/// opened, or put somebody back to their old place, waits for a press.
/// </summary>
internal static class AutoCalls
{
    /// <summary>One call a tick, at the counter that is free longest: two of one tick could be the same person's.</summary>
    public static void Due(BranchState state, BranchRules rules, Moment at, List<Event> events)
    {
        if (rules.Visits?.AutoCall is not { } pauses || events.Count > 0 || state.Evacuating)
        {
            return;
        }

        foreach (var counter in pauses
            .Select(p => (Counter: state.Counter(p.Key), Pause: p.Value))
            .Where(c => IsFree(state, c.Counter) && at.Milliseconds - c.Counter.LastRelease!.At.Milliseconds >= c.Pause)
            .Select(c => c.Counter)
            .OrderBy(c => c.LastRelease!.At.Milliseconds).ThenBy(c => c.Id, StringComparer.Ordinal))
        {
            if (state.Waiters.Post(counter, rules) is { } post
                && NextChoice.Of(state, rules, counter, post, at, out _) is { } choice)
            {
                events.AddRange(CallPacing.Announced(
                    state, rules, new VisitCalled(choice.Visit, counter.Id, post.Counter.Zone, counter.Operator, choice.Why, at, choice.Turn)));
                return;
            }
        }
    }

    private static bool IsFree(BranchState state, Counter counter) =>
        counter is { Phase: CounterPhase.Open, Visit: null, LastRelease: { } release }
        && release.At >= counter.Since
        && !state.PausesOrdered.ContainsKey(counter.Id)
        && !state.PutBack.Contains(counter.Id);
}
