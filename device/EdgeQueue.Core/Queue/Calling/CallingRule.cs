using System.Runtime.CompilerServices;

namespace EdgeQueue.Core.Queue;

/// <summary>Chooses whom a counter calls next, and says why.</summary>
internal static class CallingRule
{
    private const int BeatShown = 3;

    /// <summary>The best visit for this counter now; null when nobody waits for it.</summary>
    public static Choice? Next(BranchState state, Counter counter, WorkProfileRules profile, Moment now)
    {
        BestFour four = default;
        Span<Candidate> best = four;
        var queues = state.Waiters.Profile(counter.WorkProfile!, profile.Services);
        var found = Rank(state, counter, queues, profile.Rule, now, best, out var returning);
        return found == 0
            ? null
            : new(best[0].Visit, Why(returning ? "returning" : NameOf(profile.Rule), profile.Rule, best[0],
                WaitingAt(state, counter, queues), best[1..found], state));
    }

    /// <summary>Why a visit that a person chose was called, and whom the rule would have called.</summary>
    public static CallReason Chosen(BranchState state, Counter counter, WorkProfileRules profile, Visit visit, Moment now)
    {
        BestFour four = default;
        Span<Candidate> best = four;
        var queues = state.Waiters.Profile(counter.WorkProfile!, profile.Services);
        var found = Rank(state, counter, queues, profile.Rule, now, best, out _);
        var others = new List<Beaten>(BeatShown);
        foreach (var candidate in best[..found])
        {
            if (candidate.Visit != visit.Number && others.Count < BeatShown)
            {
                others.Add(Describe(candidate, state));
            }
        }

        var place = visit.Place;
        return new("chosen", place.Priority, Math.Max(0, now.Milliseconds - place.Since.Milliseconds), place.TargetMs,
            place.MeanServiceMs, false, WaitingAt(state, counter, queues), others);
    }

    /// <summary>How many visits wait that this counter might call.</summary>
    public static int WaitingAt(BranchState state, Counter counter, WorkProfileRules profile) =>
        WaitingAt(state, counter, state.Waiters.Profile(counter.WorkProfile!, profile.Services));

    private static int WaitingAt(BranchState state, Counter counter, ProfileQueues queues) =>
        state.Waiters.Returning(counter.Operator).Visits
        + state.Waiters.BoundToOperator(counter.Operator).Visits
        + state.Waiters.BoundToCounter(counter.Id).Visits
        + queues.Waiting;

    public static string NameOf(CallingRuleKind rule) => rule switch
    {
        CallingRuleKind.Fifo => "fifo",
        CallingRuleKind.Strict => "strict",
        CallingRuleKind.Relative => "rel",
        CallingRuleKind.DueDate => "edd",
        CallingRuleKind.DueDatePriority => "edd_prio",
        _ => "target",
    };

    private static int Rank(
        BranchState state, Counter counter, ProfileQueues queues, CallingRuleKind rule, Moment now, Span<Candidate> into,
        out bool returning)
    {
        // Who comes back to this operator goes before all others, first come first served among themselves.
        var back = state.Waiters.Returning(counter.Operator);
        returning = back.Visits > 0;
        var first = 0;
        if (returning)
        {
            var ranking = new Ranking<FifoRule>(now.Milliseconds);
            ranking.Scan(back);
            first = ranking.Take(into);
            into = into[first..];
        }

        return first + (rule switch
        {
            CallingRuleKind.Fifo => Rank<FifoRule>(state, counter, queues, now, into),
            CallingRuleKind.Strict => Rank<StrictRule>(state, counter, queues, now, into),
            CallingRuleKind.Relative => Rank<RelativeRule>(state, counter, queues, now, into),
            CallingRuleKind.DueDate => Rank<DueDateRule>(state, counter, queues, now, into),
            CallingRuleKind.DueDatePriority => Rank<DueDatePriorityRule>(state, counter, queues, now, into),
            _ => Rank<TargetRule>(state, counter, queues, now, into),
        });
    }

    private static int Rank<TRule>(
        BranchState state, Counter counter, ProfileQueues queues, Moment now, Span<Candidate> into)
        where TRule : struct, ICallingRule
    {
        var index = state.Waiters;
        var toOperator = index.BoundToOperator(counter.Operator);
        var toCounter = index.BoundToCounter(counter.Id);

        var ranking = new Ranking<TRule>(now.Milliseconds);
        ranking.Scan(toOperator);
        ranking.Scan(toCounter);
        queues.Rank(ref ranking, now.Milliseconds);
        if (ranking.IsEmpty)
        {
            ranking.ScanEarly(toOperator);
            ranking.ScanEarly(toCounter);
            queues.RankEarly(ref ranking);
        }

        return ranking.Take(into);
    }

    private static CallReason Why(
        string name, CallingRuleKind rule, in Candidate chosen, int waiting, ReadOnlySpan<Candidate> beaten, BranchState state)
    {
        var others = new Beaten[beaten.Length];
        for (var i = 0; i < others.Length; i++)
        {
            others[i] = Describe(beaten[i], state);
        }

        return new(name, chosen.Stream.Priority, Math.Max(0, chosen.Wait), chosen.Stream.TargetMs, chosen.Stream.MeanServiceMs,
            rule == CallingRuleKind.Target && TargetRule.OverCap(chosen.Wait, chosen.Stream), waiting, others);
    }

    [InlineArray(BeatShown + 1)]
    private struct BestFour
    {
        private Candidate _first;
    }

    private static Beaten Describe(in Candidate c, BranchState state) =>
        new(c.Visit, c.Stream.Service ?? state.Find(c.Visit)!.Service, c.Stream.Priority, Math.Max(0, c.Wait), c.Stream.TargetMs, c.Stream.MeanServiceMs);
}

/// <param name="Visit">The visit to call.</param>
internal readonly record struct Choice(long Visit, CallReason Why);
