namespace EdgeQueue.Core.Queue;

/// <summary>Chooses whom a counter calls next, and says why.</summary>
internal static class CallingRule
{
    /// <summary>The reason of a call of somebody who comes back to the counter's operator.</summary>
    public const string Returning = "returning";

    private const int TargetCap = 4;

    /// <summary>The best visit for this counter now; null when nobody waits for it.</summary>
    /// <param name="service">The queue that a person chose; null: the rule chooses among all.</param>
    public static Choice? Next(BranchState state, Counter counter, CallingPost post, Moment now, string? service = null)
    {
        BestFour four = default;
        Span<Candidate> best = four;
        var found = Rank(state, counter, post, now, service, best, out var returning);
        if (found == 0)
        {
            return null;
        }

        state.Waiters.Chosen(best[0]);
        ref readonly var stream = ref state.Waiters.Stream(best[0]);
        return new(best[0].Visit, new CallReason(
            returning ? Returning : NameOf(post.Rules.Rule), stream.Priority, Math.Max(0, best[0].Wait), stream.TargetMs,
            stream.MeanServiceMs, CapOf(post) is { } cap && best[0].Wait >= cap * stream.TargetMs, WaitingAt(state, counter, post),
            Beaten(state, post, best[1..found], now), post.Plan.IsHelp(stream.Service) ? true : null, service),
            post.Rules.Rule == CallingRuleKind.Ratio && !returning && service is null
                ? RatioTurn.After(post.Profile, RatioOf(post), state.RatioPosition(post.Profile), stream.Priority)
                : null);
    }

    /// <summary>Why a visit that a person chose was called, and whom the rule would have called.</summary>
    public static CallReason Chosen(BranchState state, Counter counter, CallingPost post, Visit visit, Moment now)
    {
        var place = visit.Place;
        return new("chosen", place.Priority, Math.Max(0, now.Milliseconds - place.Since.Milliseconds), place.TargetMs,
            place.MeanServiceMs, false, WaitingAt(state, counter, post), Others(state, counter, post, visit.Number, now));
    }

    /// <summary>The same for somebody of whom nobody knew until now, so not how long they waited either.</summary>
    public static CallReason Chosen(BranchState state, Counter counter, CallingPost post, TicketIssued unknown) =>
        new("chosen", unknown.Priority, 0, unknown.TargetMs, unknown.MeanServiceMs, false, WaitingAt(state, counter, post) + 1,
            Others(state, counter, post, unknown.Visit, unknown.At));

    /// <summary>How many visits wait that this counter might call.</summary>
    public static int WaitingAt(BranchState state, Counter counter, CallingPost post) =>
        state.Waiters.Returning(counter.Operator).Visits
        + state.Waiters.BoundToOperator(counter.Operator).Visits
        + state.Waiters.BoundToCounter(counter.Id).Visits
        + post.Plan.Waiting;

    public static string NameOf(CallingRuleKind rule) => rule switch
    {
        CallingRuleKind.Fifo => "fifo",
        CallingRuleKind.Strict => "strict",
        CallingRuleKind.Relative => "rel",
        CallingRuleKind.DueDate => "edd",
        CallingRuleKind.DueDatePriority => "edd_prio",
        CallingRuleKind.Ratio => "ratio",
        _ => "target",
    };

    public static RatioSettings RatioOf(CallingPost post) => post.Settings.Ratio ?? RatioSettings.Default;

    /// <summary>The cap in targets: the work profile's, or the target rule's own four.</summary>
    public static int? CapOf(CallingPost post) =>
        post.Settings.CapTargets ?? (post.Rules.Rule == CallingRuleKind.Target ? TargetCap : null);

    private static Beaten[] Others(BranchState state, Counter counter, CallingPost post, long chosen, Moment now)
    {
        BestFour four = default;
        Span<Candidate> best = four;
        var found = Rank(state, counter, post, now, null, best, out _);
        return [.. Beaten(state, post, best[..found], now).Where(b => b.Visit != chosen).Take(BestFour.Length - 1)];
    }

    private static int Rank(
        BranchState state, Counter counter, CallingPost post, Moment now, string? service, Span<Candidate> into, out bool returning)
    {
        // Who comes back to this operator goes before all others, first come first served among themselves.
        var back = state.Waiters.Returning(counter.Operator);
        var first = 0;
        if (back.Visits > 0)
        {
            var ranking = new Ranking<FifoRule>(default, state.Waiters, now.Milliseconds, into, 0);
            ranking.ScanOf(back, service);
            first = ranking.Take();
        }

        returning = first > 0;
        var asked = new Asked(state, counter, post, now, service, first);
        return post.Rules.Rule switch
        {
            CallingRuleKind.Fifo => Capped(default(FifoRule), asked, into),
            CallingRuleKind.Strict => Capped(default(StrictRule), asked, into),
            CallingRuleKind.Relative => Capped(default(RelativeRule), asked, into),
            CallingRuleKind.DueDate => Capped(default(DueDateRule), asked, into),
            CallingRuleKind.DueDatePriority => Capped(default(DueDatePriorityRule), asked, into),
            CallingRuleKind.Ratio => Capped(new RatioRule(RatioOf(post).Priority, asked.FirstTurn), asked, into),
            _ => Capped(default(WeightRule), asked, into),
        };
    }

    private static int Capped<TRule>(TRule rule, in Asked asked, Span<Candidate> into)
        where TRule : struct, ICallingRule =>
        CapOf(asked.Post) is { } cap ? Rank(new CappedRule<TRule>(rule, cap), asked, into) : Rank(rule, asked, into);

    private static int Rank<TRule>(TRule rule, in Asked asked, Span<Candidate> into)
        where TRule : struct, ICallingRule
    {
        var index = asked.State.Waiters;
        var toOperator = index.BoundToOperator(asked.Counter.Operator);
        var toCounter = index.BoundToCounter(asked.Counter.Id);

        var ranking = new Ranking<TRule>(rule, index, asked.Now.Milliseconds, into, asked.Settled);
        ranking.ScanOf(toOperator, asked.Service);
        ranking.ScanOf(toCounter, asked.Service);
        if (asked.Service is null)
        {
            asked.Post.Plan.View(asked.FirstTurn).Rank(ref ranking, rule, asked.Now.Milliseconds);
        }
        else
        {
            ranking.ScanAll(index.PoolsOf(asked.Service, asked.Post.Person));
        }

        var found = ranking.Take();
        if (found < into.Length && asked.Service is null && asked.Post.Plan.Helped.Count > 0)
        {
            // Hardly anything of the counter's own: help the others.
            var help = new Ranking<TRule>(rule, index, asked.Now.Milliseconds, into, found);
            help.ScanAll(asked.Post.Plan.Helped);
            found = help.Take();
        }

        return found > asked.Settled ? found : Early(rule, asked, into, toOperator, toCounter);
    }

    // Nobody is due: those whose time has not come, the smallest clock first.
    private static int Early<TRule>(TRule rule, in Asked asked, Span<Candidate> into, StreamPool toOperator, StreamPool toCounter)
        where TRule : struct, ICallingRule
    {
        var ranking = new Ranking<TRule>(rule, asked.State.Waiters, asked.Now.Milliseconds, into, asked.Settled);
        ranking.ScanEarly(toOperator, asked.Service);
        ranking.ScanEarly(toCounter, asked.Service);
        if (asked.Service is not null)
        {
            foreach (var pool in asked.State.Waiters.PoolsOf(asked.Service, asked.Post.Person))
            {
                ranking.ScanEarly(pool, asked.Service);
            }

            return ranking.Take();
        }

        asked.Post.Plan.View(true).RankEarly(ref ranking);
        var found = ranking.Take();
        if (found == asked.Settled)
        {
            foreach (var pool in asked.Post.Plan.Helped)
            {
                ranking.ScanEarly(pool, null);
            }

            found = ranking.Take();
        }

        return found;
    }

    private static Beaten[] Beaten(BranchState state, CallingPost post, ReadOnlySpan<Candidate> beaten, Moment now)
    {
        var others = beaten.Length == 0 ? [] : new Beaten[beaten.Length];
        for (var i = 0; i < others.Length; i++)
        {
            ref readonly var stream = ref state.Waiters.Stream(beaten[i]);
            others[i] = new(
                beaten[i].Visit, stream.Service, stream.Priority, Math.Max(0, beaten[i].Wait), stream.TargetMs, stream.MeanServiceMs,
                post.Plan.IsHelp(stream.Service) && !post.IsOwn(state.VisitsByNumber[beaten[i].Visit].Place, now) ? true : null);
        }

        return others;
    }

    /// <param name="Service">The queue that a person chose.</param>
    /// <param name="Settled">How many stand already.</param>
    private readonly record struct Asked(
        BranchState State, Counter Counter, CallingPost Post, Moment Now, string? Service, int Settled)
    {
        public bool FirstTurn => Post.Rules.Rule != CallingRuleKind.Ratio || State.RatioPosition(Post.Profile) < RatioOf(Post).First;
    }
}

/// <param name="Visit">The visit to call.</param>
/// <param name="Turn">Where the ratio's round stands after this call.</param>
internal readonly record struct Choice(long Visit, CallReason Why, RatioTurn? Turn = null);
