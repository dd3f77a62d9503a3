namespace EdgeQueue.Core.Queue;

/// <summary>The business day, the clock, the configuration.</summary>
internal static class DayDecisions
{
    private const long Minute = 60_000;
    private const long LongestTime = 24 * 60 * Minute;

    // Closing by hand this long before the planned end takes the planned end's place; and so does an end that came by branch time, and
    // that much too early for a clock that was set back since it was planned. No day ends twice.
    private const long InPlaceOfPlanned = 12 * 60 * Minute;

    // Less is the ordinary drift of a synchronised clock.
    private const long StepThreshold = 500;

    // Local time that moves while the wall clock moves no more than this is summer time, or another time zone.
    private const long SameWall = Minute;

    public static Decision Apply(BranchState state, ApplyRules c)
    {
        if (RulesCheck.FirstFault(c.Rules) is { } fault)
        {
            return Decision.Refuse(Refusal.Invalid(fault));
        }

        var applied = new RulesApplied(c.Rules, c.At);
        var end = PlannedEnd(c.Rules.Policy, state.Clock, c.At);
        return !state.IsOpen ? Decision.Accept(applied, new DayOpened(1, end, c.At))
            : c.Rules.Policy.DayEndsMinute != state.Rules?.Policy.DayEndsMinute ? Decision.Accept(applied, new DayClosingPlanned(state.Day, end, c.At))
            : Decision.Accept(applied);
    }

    public static Decision Evacuate(BranchState state, Evacuate c) =>
        c.Active == state.Evacuating ? Decision.Accept()
        : c.Active ? Decision.Accept(new EvacuationStarted(c.At))
        : Decision.Accept([new EvacuationEnded(c.At), .. CallPacing.AfterEvacuation(state, c.At)]);

    public static Decision Close(BranchState state, BranchRules rules, CloseDay c)
    {
        var inPlace = state.ClosesAt is { } planned && planned > c.At
            && planned.Milliseconds - c.At.Milliseconds < InPlaceOfPlanned;
        var next = inPlace
            ? EndAfter(state.ClosesAt!.Value, rules.Policy, state.Clock, state.ClosesAt.Value)
            : PlannedEnd(rules.Policy, state.Clock, c.At);
        return Decision.Accept(CloseEvents(state, rules, next, c.At));
    }

    /// <summary>
    /// What is due, and only that: the indexes say it, whoever else waits. A day that ends goes first, what was due besides
    /// comes with the next tick.
    /// </summary>
    public static Decision Tick(BranchState state, Tick c)
    {
        var events = state.DueNow;
        events.Clear();
        LookAtAll(state, c, events);
        return events.Count == 0 ? Decision.Accept() : Decision.Accept([.. events]);
    }

    private static void LookAtAll(BranchState state, Tick c, List<Event> events)
    {
        if (Math.Abs(c.Clock.DisplayOffset - state.Clock.DisplayOffset) > StepThreshold
            || c.Clock.UtcOffsetMinutes != state.Clock.UtcOffsetMinutes
            || c.Clock.Trusted != state.Clock.Trusted)
        {
            events.Add(new ClockStepped(c.Clock, c.At));
        }

        if (state.Rules is not { } rules)
        {
            return;
        }

        var planned = InLocalTime(state, c.Clock);
        if (planned is { } closes && closes <= c.At)
        {
            events.AddRange(CloseEvents(state, rules, EndAfter(closes, rules.Policy, c.Clock, c.At), c.At));
            return;
        }

        planned ??= PlannedEnd(rules.Policy, c.Clock, c.At);
        if (planned != state.ClosesAt)
        {
            events.Add(new DayClosingPlanned(state.Day, planned, c.At));
        }

        foreach (var visit in DueOf(state.ParkEnds, c.At))
        {
            events.Add(new VisitResumed(visit, state.Find(visit)!.Place, c.At));
        }

        CallingCompletion.Due(state, c.At, events);
        BookingDecisions.Lapse(state, rules, c.At, events);
        PauseDecisions.Due(state, c.At, events);
        CallPacing.Due(state, c.At, events);

        if (rules.Policy.UnprintedMs > 0)
        {
            foreach (var visit in DueOf(state.Unprinted, new Moment(c.At.Milliseconds - rules.Policy.UnprintedMs)))
            {
                events.Add(new VisitEnded(visit, VisitEnd.Cancelled, PrintDecisions.Unprinted, c.At));
            }
        }

        // Only when nothing else is due: nobody is called whom this very tick cancels or moves.
        AutoCalls.Due(state, rules, c.At, events);
        PrecallDecisions.Fill(state, rules, c.At, events);
    }

    /// <summary>The visits whose moment has come, the first first. A look at the first when there are none: walking a sorted set costs memory.</summary>
    public static IEnumerable<long> DueOf(SortedSet<(long When, long Visit)> waiting, Moment now) =>
        waiting.Count == 0 || waiting.Min.When > now.Milliseconds
            ? []
            : Until(waiting, now.Milliseconds);

    private static IEnumerable<long> Until(SortedSet<(long When, long Visit)> waiting, long now) =>
        waiting.TakeWhile(w => w.When <= now).Select(w => w.Visit);

    // Customers at counters are never lost: they stay there and the day changes around them.
    private static List<Event> CloseEvents(BranchState state, BranchRules rules, Moment? nextEnd, Moment at)
    {
        var clear = rules.Policy.ClearAtClose;
        var events = new List<Event>();
        if (clear)
        {
            events.AddRange(state.VisitsByNumber.Values
                .Where(v => v.Phase is VisitPhase.Waiting or VisitPhase.Parked)
                .OrderBy(v => v.Number)
                .Select(v => new VisitEnded(v.Number, VisitEnd.Cleared, null, at)));
        }

        events.Add(new DayClosed(state.Day, at));
        events.AddRange(state.LeasesById.Values
            .Where(l => (l.Complete || l.Revoked) && !l.Used.Any(number => StillHeld(state, l.Label(number), clear)))
            .Select(l => new LeaseEnded(l.Id, at)));
        events.Add(new DayOpened(state.Day + 1, nextEnd, at));
        return events;
    }

    private static bool StillHeld(BranchState state, string label, bool clear) =>
        state.FindByLabel(label) is { } visit && (clear ? visit.AtCounter : visit.Present);

    /// <summary>
    /// The planned end moves with local time, so that a day ends at the same time on the wall in the nights of the clock change. It
    /// does not follow a step of the wall clock itself, even one into the other half of the year (DESIGN §6, Time).
    /// </summary>
    private static Moment? InLocalTime(BranchState state, BranchClock clock) =>
        state.ClosesAt is { } planned && Math.Abs(clock.DisplayOffset - state.Clock.DisplayOffset) <= SameWall
            ? new(planned.Milliseconds - ((clock.UtcOffsetMinutes - state.Clock.UtcOffsetMinutes) * Minute))
            : state.ClosesAt;

    /// <summary>The first planned end after a moment that is not the one that has just come, seen on a clock that was set back since it was planned.</summary>
    private static Moment? EndAfter(Moment came, PolicyRules policy, BranchClock clock, Moment after)
    {
        var next = PlannedEnd(policy, clock, after);
        return next is { } end && end.Milliseconds - came.Milliseconds < InPlaceOfPlanned ? PlannedEnd(policy, clock, end) : next;
    }

    /// <summary>The first planned end after a moment, in branch time; null: none is planned, or the wall clock is not trusted.</summary>
    private static Moment? PlannedEnd(PolicyRules policy, BranchClock clock, Moment after)
    {
        if (policy.DayEndsMinute is not { } minute || !clock.Trusted)
        {
            return null;
        }

        var intoDay = ((clock.Local(after) % LongestTime) + LongestTime) % LongestTime;
        var left = (minute * Minute) - intoDay;
        return new(after.Milliseconds + (left > 0 ? left : left + LongestTime));
    }
}
