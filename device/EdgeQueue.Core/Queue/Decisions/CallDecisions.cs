namespace EdgeQueue.Core.Queue;

/// <summary>Summoning a visit to a counter.</summary>
internal static class CallDecisions
{
    public static Decision Next(BranchState state, BranchRules rules, CallNext c)
    {
        if (MayCall(state, rules, c.Counter, c.Seen, out var counter, out var post) is { } refusal)
        {
            return Decision.Refuse(refusal);
        }

        if (c.Service is { } queue && MayChoose(rules, post, queue) is { } notThere)
        {
            return Decision.Refuse(notThere);
        }

        var serving = state.VisitAt(counter);
        var next = NextChoice.Of(state, rules, counter, post, c.At, out var kept, c.Service);
        if (next is not { } choice)
        {
            if (kept is null && c.Service is null && LiveDecisions.Next(state, rules, counter, post, c.At) is { } live)
            {
                return serving is null
                    ? Decision.Accept(live)
                    : Decision.Accept([.. ReleaseDecisions.FinishEvents(state, counter, serving, [], null, [], c.At), .. live]);
            }

            // Next was pressed because this customer is done; that nobody follows does not undo it.
            return serving is null
                ? Decision.Refuse(kept ?? (c.Service is { } empty ? Refusal.NobodyWaitingFor(empty) : Refusal.NobodyWaiting))
                : Decision.Accept(ReleaseDecisions.FinishEvents(state, counter, serving, [], null, [], c.At));
        }

        var called = CallPacing.Announced(
            state, rules, new VisitCalled(choice.Visit, c.Counter, post.Counter.Zone, counter.Operator, choice.Why, c.At, choice.Turn));
        return serving is null
            ? Decision.Accept(called)
            : Decision.Accept([.. ReleaseDecisions.FinishEvents(state, counter, serving, [], null, [], c.At), .. called]);
    }

    /// <summary>
    /// Any counter may call any ticket by its label, where its people may choose; in the journal with whom the rule preferred. A paper that
    /// only its holder knows of is recorded by being called.
    /// </summary>
    public static Decision Ticket(BranchState state, BranchRules rules, CallTicket c)
    {
        if (MayCall(state, rules, c.Counter, c.Seen, out var counter, out var post) is { } refusal)
        {
            return Decision.Refuse(refusal);
        }

        if (!post.ChoosesTicket)
        {
            return Decision.Refuse(Refusal.MayNotChooseTicket);
        }

        if (TypedLabel.Find(state, rules, c.Label, v => CanBeCalled(rules, v), out var visit) is { } unclear)
        {
            return unclear != Refusal.UnknownLabel(c.Label) ? Decision.Refuse(unclear)
                : LostPapers.Find(state, rules, c.Label, c.At, out var paper) is { } neither ? Decision.Refuse(neither)
                : OfPaper(state, rules, counter, post, paper);
        }

        if (!CanBeCalled(rules, visit))
        {
            return Decision.Refuse(Refusal.NotWaiting(visit.Label));
        }

        var why = CallingRule.Chosen(state, counter, post, visit, c.At);
        var called = CallPacing.Announced(state, rules, new VisitCalled(visit.Number, c.Counter, post.Counter.Zone, counter.Operator, why, c.At));
        if (visit.AtCounter)
        {
            called = [new VisitRequeued(visit.Number, visit.Counter!, ToEnd: false, visit.Place, c.At), .. called];
        }

        return After(state, counter, called, c.At);
    }

    private static Decision OfPaper(BranchState state, BranchRules rules, Counter counter, CallingPost post, TicketIssued paper) =>
        After(
            state, counter,
            [
                paper,
                .. CallPacing.Announced(state, rules, new VisitCalled(
                    paper.Visit, counter.Id, post.Counter.Zone, counter.Operator, CallingRule.Chosen(state, counter, post, paper), paper.At)),
            ],
            paper.At);

    /// <summary>Whoever is being served at the counter is finished first.</summary>
    private static Decision After(BranchState state, Counter counter, IReadOnlyList<Event> called, Moment at) =>
        state.VisitAt(counter) is { } serving
            ? Decision.Accept([.. ReleaseDecisions.FinishEvents(state, counter, serving, [], null, [], at), .. called])
            : Decision.Accept(called);

    /// <summary>Why the operator may not choose this service, for a call or, in a live queue, to serve; null: they may.</summary>
    public static Refusal? MayChoose(BranchRules rules, CallingPost post, string service) =>
        !rules.Services.ContainsKey(service) ? Refusal.UnknownService(service)
        : !post.ChoosesService ? Refusal.MayNotChooseService
        : !post.Serves(service) ? Refusal.NotYourService(service)
        : null;

    /// <summary>Who waits, is parked, or was left behind at a counter that a new configuration has dropped.</summary>
    private static bool CanBeCalled(BranchRules rules, Visit visit) =>
        visit.Phase is VisitPhase.Waiting or VisitPhase.Parked || (visit is { AtCounter: true, Counter: { } at } && !rules.Counters.ContainsKey(at));

    public static Decision Recall(BranchState state, BranchRules rules, Recall c)
    {
        if (Checks.WithVisit(state, c.Counter, c.Seen, Refusal.NobodyCalled, out _, out var visit) is { } refusal)
        {
            return Decision.Refuse(refusal);
        }

        if (visit.Phase == VisitPhase.Serving)
        {
            return Decision.Refuse(Refusal.AlreadyArrived);
        }

        if (state.Evacuating)
        {
            return Decision.Refuse(Refusal.Evacuating);
        }

        if (TooSoon(state, visit, rules, c.At) is { } soon)
        {
            return Decision.Refuse(soon);
        }

        var recalled = new VisitRecalled(visit.Number, c.Counter, visit.Calls + 1, c.At);
        return CallPacing.Held(state, rules, visit.Number, visit.Zone!, c.At) is { } held
            ? Decision.Accept(recalled, held)
            : Decision.Accept(recalled);
    }

    public static Decision Arrive(BranchState state, Arrive c) =>
        Checks.WithVisit(state, c.Counter, c.Seen, Refusal.NobodyCalled, out _, out var visit) is { } refusal
            ? Decision.Refuse(refusal)
            : visit.Phase == VisitPhase.Serving
                ? Decision.Refuse(Refusal.AlreadyArrived)
                : Decision.Accept(new VisitArrived(visit.Number, c.Counter, c.At));

    /// <summary>The policy's spacing, with the seconds that are left of it.</summary>
    public static Refusal? TooSoon(BranchState state, Visit visit, BranchRules rules, Moment at)
    {
        // A call that is held counts from when it is heard.
        var heard = state.HeldCalls.TryGetValue(visit.Number, out var held) ? held.Until : visit.LastCallAt;
        var left = rules.Policy.NoShowSpacingMs - (at.Milliseconds - heard.Milliseconds);
        return left > 0 ? Refusal.TooSoon((int)Math.Min(int.MaxValue, (left + 999) / 1000)) : null;
    }

    public static Refusal? MayCall(
        BranchState state, BranchRules rules, string id, long seen,
        out Counter counter, out CallingPost post)
    {
        post = null!;
        if (Checks.At(state, id, seen, out counter) is { } refusal)
        {
            return refusal;
        }

        if (counter.Phase == CounterPhase.Paused)
        {
            return Refusal.CounterPaused;
        }

        if (state.VisitAt(counter) is { Phase: VisitPhase.Called })
        {
            return Refusal.NotArrived;
        }

        if (state.Evacuating)
        {
            return Refusal.Evacuating;
        }

        // A configuration that came while the counter was open may have taken it or its work profile away.
        if (state.Waiters.Post(counter, rules) is not { } found)
        {
            return rules.Counters.ContainsKey(id) ? Refusal.UnknownWorkProfile(counter.WorkProfile!) : Refusal.UnknownCounter(id);
        }

        post = found;
        return null;
    }
}
