namespace EdgeQueue.Core.Queue;

/// <summary>Operators come, pause and go.</summary>
internal static class CounterDecisions
{
    public static Decision Open(BranchState state, BranchRules rules, OpenCounter c)
    {
        if (!rules.Counters.TryGetValue(c.Counter, out var counterRules))
        {
            return Decision.Refuse(Refusal.UnknownCounter(c.Counter));
        }

        if (!rules.Operators.Contains(c.Operator))
        {
            return Decision.Refuse(Refusal.UnknownOperator(c.Operator));
        }

        var profile = c.WorkProfile ?? counterRules.WorkProfile;
        if (!rules.WorkProfiles.ContainsKey(profile))
        {
            return Decision.Refuse(Refusal.UnknownWorkProfile(profile));
        }

        IReadOnlyList<Event> left = [];
        if (state.CounterOf(c.Operator) is { } elsewhere && elsewhere.Id != c.Counter)
        {
            if (rules.Counters.ContainsKey(elsewhere.Id))
            {
                return Decision.Refuse(Refusal.OperatorElsewhere(elsewhere.Id));
            }

            left = Leave(state, elsewhere, c.At);
        }

        var counter = state.Counter(c.Counter);
        var other = counter.Operator is { } holder && holder != c.Operator ? holder : null;
        if (other is not null && !c.TakeOver)
        {
            return Decision.Refuse(Refusal.CounterTaken(other));
        }

        return other is null && counter.Phase == CounterPhase.Open && counter.WorkProfile == profile
            ? Decision.Accept()
            : Decision.Accept([.. left, new CounterOpened(c.Counter, c.Operator, profile, other, c.At)]);
    }

    /// <summary>A counter that a configuration has taken away, whose keypad nobody hears: who is there is back at their old place.</summary>
    private static IReadOnlyList<Event> Leave(BranchState state, Counter gone, Moment at) => state.VisitAt(gone) is { } visit
        ? [new VisitRequeued(visit.Number, gone.Id, ToEnd: false, visit.Place, at), new CounterClosed(gone.Id, at)]
        : [new CounterClosed(gone.Id, at)];

    public static Decision Close(BranchState state, CloseCounter c) =>
        Checks.At(state, c.Counter, c.Seen, out var counter) is { } refusal ? Decision.Refuse(refusal)
        : counter.Visit is not null ? Decision.Refuse(Refusal.CounterBusy)
        : Decision.Accept(new CounterClosed(c.Counter, c.At));
}
