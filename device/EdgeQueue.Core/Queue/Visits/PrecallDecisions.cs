namespace EdgeQueue.Core.Queue;

/// <summary>People are called ahead to a buffer near the counters; the counter is assigned when one is free, in their order.</summary>
internal static class PrecallDecisions
{
    // A choice names the best and the three that it beat.
    private const int MostAtOnce = 4;

    public static Decision Precall(BranchState state, BranchRules rules, Precall c)
    {
        if (c.Count is < 1 or > MostAtOnce)
        {
            return Decision.Refuse(Refusal.Invalid($"1 to {MostAtOnce} people are called ahead at a time."));
        }

        var counter = state.Counter(c.Counter);
        if (counter.Version == 0 && !rules.Counters.ContainsKey(c.Counter))
        {
            return Decision.Refuse(Refusal.UnknownCounter(c.Counter));
        }

        if (counter.Phase == CounterPhase.Closed)
        {
            return Decision.Refuse(Refusal.CounterClosed);
        }

        if (state.Evacuating)
        {
            return Decision.Refuse(Refusal.Evacuating);
        }

        if (BufferFor(state, rules, counter, c.Buffer) is not { } name)
        {
            return Decision.Refuse(Refusal.UnknownBuffer(c.Buffer));
        }

        var buffer = rules.Visits!.Buffers![name];
        if (state.InBuffer(name) >= buffer.Size)
        {
            return Decision.Refuse(Refusal.BufferFull(buffer.Size));
        }

        var events = new List<Event>();
        var kept = CallAhead(state, rules, name, buffer, c.Count, c.At, events);
        return events.Count == 0 ? Decision.Refuse(kept ?? Refusal.NobodyWaiting) : Decision.Accept(events);
    }

    /// <summary>Fills the first automatic buffer that has room and people to call: one a tick, so that nobody is called twice.</summary>
    public static void Fill(BranchState state, BranchRules rules, Moment at, List<Event> events)
    {
        if (events.Count > 0 || state.Evacuating || state.Waiting == state.Precalled.Count)
        {
            return;
        }

        foreach (var (name, buffer) in state.Standing.AutomaticBuffers)
        {
            if (events.Count == 0 && state.InBuffer(name) < buffer.Size
                && state.Waiters.PostOfProfile(buffer.WorkProfile, rules) is { Plan.Waiting: > 0 } && IsServed(state, rules, buffer))
            {
                CallAhead(state, rules, name, buffer, OneByOne(state, rules, buffer, at), at, events);
            }
        }
    }

    // Where calls are paced, one when nothing else is to be said: a call to a counter shall not stand behind a row of these.
    private static int OneByOne(BranchState state, BranchRules rules, BufferRules buffer, Moment at) =>
        CallPacing.SpacingOf(rules, buffer.Zone) is null ? MostAtOnce
        : CallPacing.TurnOf(state, rules, 0, buffer.Zone, at) is null ? 1
        : 0;

    // Before somebody can serve them people had better sit.
    private static bool IsServed(BranchState state, BranchRules rules, BufferRules buffer)
    {
        foreach (var counter in state.CountersById.Values)
        {
            if (counter.Phase == CounterPhase.Open && state.Waiters.Post(counter, rules) is { } post && ServesOneOf(post, rules, buffer))
            {
                return true;
            }
        }

        return false;
    }

    private static bool ServesOneOf(CallingPost post, BranchRules rules, BufferRules buffer)
    {
        var services = rules.WorkProfiles.GetValueOrDefault(buffer.WorkProfile)?.Services ?? [];
        for (var i = 0; i < services.Count; i++)
        {
            if (post.Serves(services[i]))
            {
                return true;
            }
        }

        return false;
    }

    /// <returns>Why nobody is called although somebody waits; null otherwise.</returns>
    private static Refusal? CallAhead(
        BranchState state, BranchRules rules, string name, BufferRules buffer, int count, Moment at, List<Event> events)
    {
        var room = Math.Min(count, buffer.Size - state.InBuffer(name));
        if (room <= 0 || state.Waiters.PostOfProfile(buffer.WorkProfile, rules) is not { Plan.Waiting: > 0 } post)
        {
            return null;
        }

        var nobody = Counter.Untouched("") with { WorkProfile = buffer.WorkProfile };
        if (CallingRule.Next(state, nobody, post, at) is not { } choice)
        {
            return null;
        }

        var beat = choice.Why.Beat;
        var kept = CapacityGuard.LookAhead(state, rules, post, ref choice, 0, at);
        if (kept is not null || state.VisitsByNumber[choice.Visit].Place.Since > at)
        {
            // Whose time has not come stays where they are.
            return kept;
        }

        // The others follow in the rule's order. Of a ratio the next turn is known only when this one is used.
        List<Choice> ahead = [choice];
        if (post.Rules.Rule != CallingRuleKind.Ratio && choice.Why.Rule != CapacityGuard.Booked)
        {
            foreach (var number in beat.Select(b => b.Visit))
            {
                var visit = state.VisitsByNumber[number];
                var next = new Choice(number, CallingRule.Chosen(state, nobody, post, visit, at) with { Rule = choice.Why.Rule });
                if (ahead.Count == room || visit.Place.Since > at || CapacityGuard.LookAhead(state, rules, post, ref next, ahead.Count, at) is not null
                    || next.Visit != number)
                {
                    break;
                }

                ahead.Add(next);
            }
        }

        var spacing = CallPacing.SpacingOf(rules, buffer.Zone) ?? 0;
        var turn = CallPacing.TurnOf(state, rules, choice.Visit, buffer.Zone, at);
        foreach (var one in ahead)
        {
            events.Add(new VisitPrecalled(
                one.Visit, name, state.VisitsByNumber[one.Visit].Place with { BoundCounter = BufferName.Bound(name) }, one.Why, at,
                one.Turn, buffer.Zone, turn));
            var next = (turn ?? at).Milliseconds + spacing;
            turn = next > at.Milliseconds ? new Moment(next) : null;
        }

        return null;
    }

    private static string? BufferFor(BranchState state, BranchRules rules, Counter counter, string? named)
    {
        if (named is not null)
        {
            return rules.Visits?.Buffers?.ContainsKey(named) == true ? named : null;
        }

        if (state.Waiters.Post(counter, rules) is { } post)
        {
            foreach (var (name, buffer) in state.Standing.Buffers)
            {
                if (ServesOneOf(post, rules, buffer))
                {
                    return name;
                }
            }
        }

        return null;
    }
}
