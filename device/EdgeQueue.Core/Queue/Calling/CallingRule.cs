namespace EdgeQueue.Core.Queue;

/// <summary>Chooses whom a counter calls next, and says why.</summary>
internal static class CallingRule
{
    /// <summary>The best visit for this counter now; null when nobody waits for it.</summary>
    public static Choice? Next(BranchState state, Counter counter, CallingPost post, Moment now)
    {
        BestFour four = default;
        Span<Candidate> best = four;
        var found = Rank(state, counter, post, now, best, out var returning);
        if (found == 0)
        {
            return null;
        }

        state.Waiters.Chosen(best[0]);
        return new(best[0].Visit, Why(
            returning ? "returning" : NameOf(post.Rules.Rule), post.Rules.Rule, best[0],
            WaitingAt(state, counter, post), best[1..found], state.Waiters));
    }

    /// <summary>Why a visit that a person chose was called, and whom the rule would have called.</summary>
    public static CallReason Chosen(BranchState state, Counter counter, CallingPost post, Visit visit, Moment now)
    {
        BestFour four = default;
        Span<Candidate> best = four;
        var found = Rank(state, counter, post, now, best, out _);
        var others = new List<Beaten>(found);
        foreach (var candidate in best[..found])
        {
            if (candidate.Visit != visit.Number && others.Count < BestFour.Length - 1)
            {
                others.Add(Describe(candidate, state.Waiters));
            }
        }

        var place = visit.Place;
        return new("chosen", place.Priority, Math.Max(0, now.Milliseconds - place.Since.Milliseconds), place.TargetMs,
            place.MeanServiceMs, false, WaitingAt(state, counter, post), others);
    }

    /// <summary>How many visits wait that this counter might call.</summary>
    public static int WaitingAt(BranchState state, Counter counter, CallingPost post) =>
        state.Waiters.Returning(counter.Operator).Visits
        + state.Waiters.BoundToOperator(counter.Operator).Visits
        + state.Waiters.BoundToCounter(counter.Id).Visits
        + post.View.Waiting;

    public static string NameOf(CallingRuleKind rule) => rule switch
    {
        CallingRuleKind.Fifo => "fifo",
        CallingRuleKind.Strict => "strict",
        CallingRuleKind.Relative => "rel",
        CallingRuleKind.DueDate => "edd",
        CallingRuleKind.DueDatePriority => "edd_prio",
        _ => "target",
    };

    private const int TargetCap = 4;

    private static int Rank(
        BranchState state, Counter counter, CallingPost post, Moment now, Span<Candidate> into, out bool returning)
    {
        // Who comes back to this operator goes before all others, first come first served among themselves.
        var back = state.Waiters.Returning(counter.Operator);
        returning = back.Visits > 0;
        var first = 0;
        if (returning)
        {
            var ranking = new Ranking<FifoRule>(default, state.Waiters, now.Milliseconds, into, 0);
            ranking.Scan(back, 0);
            first = ranking.Take();
        }

        return post.Rules.Rule switch
        {
            CallingRuleKind.Fifo => Rank(default(FifoRule), state, counter, post, now, into, first),
            CallingRuleKind.Strict => Rank(default(StrictRule), state, counter, post, now, into, first),
            CallingRuleKind.Relative => Rank(default(RelativeRule), state, counter, post, now, into, first),
            CallingRuleKind.DueDate => Rank(default(DueDateRule), state, counter, post, now, into, first),
            CallingRuleKind.DueDatePriority => Rank(default(DueDatePriorityRule), state, counter, post, now, into, first),
            _ => Rank(new CappedRule<WeightRule>(default, TargetCap), state, counter, post, now, into, first),
        };
    }

    private static int Rank<TRule>(
        TRule rule, BranchState state, Counter counter, CallingPost post, Moment now, Span<Candidate> into, int settled)
        where TRule : struct, ICallingRule
    {
        var index = state.Waiters;
        var toOperator = index.BoundToOperator(counter.Operator);
        var toCounter = index.BoundToCounter(counter.Id);

        var ranking = new Ranking<TRule>(rule, index, now.Milliseconds, into, settled);
        ranking.Scan(toOperator, 0);
        ranking.Scan(toCounter, 0);
        post.View.Rank(ref ranking, rule, now.Milliseconds);
        if (ranking.Count == settled)
        {
            ranking.ScanEarly(toOperator);
            ranking.ScanEarly(toCounter);
            post.View.RankEarly(ref ranking);
        }

        return ranking.Take();
    }

    private static CallReason Why(
        string name, CallingRuleKind rule, in Candidate chosen, int waiting, ReadOnlySpan<Candidate> beaten,
        WaitingIndex index)
    {
        var others = beaten.Length == 0 ? [] : new Beaten[beaten.Length];
        for (var i = 0; i < others.Length; i++)
        {
            others[i] = Describe(beaten[i], index);
        }

        ref readonly var stream = ref index.Stream(chosen);
        return new(name, stream.Priority, Math.Max(0, chosen.Wait), stream.TargetMs, stream.MeanServiceMs,
            rule == CallingRuleKind.Target && chosen.Wait >= TargetCap * stream.TargetMs, waiting, others);
    }

    private static Beaten Describe(in Candidate c, WaitingIndex index)
    {
        ref readonly var stream = ref index.Stream(c);
        return new(c.Visit, stream.Service, stream.Priority, Math.Max(0, c.Wait), stream.TargetMs, stream.MeanServiceMs);
    }
}

/// <param name="Visit">The visit to call.</param>
internal readonly record struct Choice(long Visit, CallReason Why);
