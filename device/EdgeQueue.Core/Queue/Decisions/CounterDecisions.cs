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

        if (state.CounterOf(c.Operator) is { } elsewhere && elsewhere.Id != c.Counter)
        {
            return Decision.Refuse(Refusal.OperatorElsewhere(elsewhere.Id));
        }

        var counter = state.Counter(c.Counter);
        var other = counter.Operator is { } holder && holder != c.Operator ? holder : null;
        if (other is not null && !c.TakeOver)
        {
            return Decision.Refuse(Refusal.CounterTaken(other));
        }

        return other is null && counter.Phase == CounterPhase.Open && counter.WorkProfile == profile
            ? Decision.Accept()
            : Decision.Accept(new CounterOpened(c.Counter, c.Operator, profile, other, c.At));
    }

    public static Decision Close(BranchState state, CloseCounter c) =>
        Checks.At(state, c.Counter, c.Seen, out var counter) is { } refusal ? Decision.Refuse(refusal)
        : counter.Visit is not null ? Decision.Refuse(Refusal.CounterBusy)
        : Decision.Accept(new CounterClosed(c.Counter, c.At));
}
