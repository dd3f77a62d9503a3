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
        if (events.Count > 0 || state.Evacuating || state.Waiting == 0)
        {
            return;
        }

        List<Counter>? free = null;
        foreach (var (id, pause) in state.Standing.AutoCalls)
        {
            if (state.CountersById.TryGetValue(id, out var counter) && IsFree(state, counter)
                && at.Milliseconds - counter.LastRelease!.At.Milliseconds >= pause)
            {
                (free ??= []).Add(counter);
            }
        }

        // Of those free equally long, the first by name: the sort keeps their order.
        if (free is null)
        {
            return;
        }

        foreach (var counter in free.OrderBy(c => c.LastRelease!.At.Milliseconds))
        {
            if (state.Waiters.Post(counter, rules) is { } post
                && NextChoice.Of(state, rules, counter, post, at, out _) is { } choice)
            {
                events.AddRange(CallPacing.Announced(
                    state, rules, new VisitCalled(choice.Visit, counter.Id, post.Counter.Zone, counter.Operator, choice.Why, at, choice.Turn, Auto: true)));
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
