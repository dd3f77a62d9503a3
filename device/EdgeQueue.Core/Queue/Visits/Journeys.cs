namespace EdgeQueue.Core.Queue;

/// <summary>Visits with several services, in a given order or where the wait is shortest.</summary>
internal static class Journeys
{
    private const int MostSteps = 16;

    public static Decision Plan(BranchState state, BranchRules rules, PlanJourney c) =>
        state.Find(c.Visit) is not { Present: true } ? Decision.Refuse(Refusal.UnknownVisit)
        : FaultOf(rules, c.Steps) is { } fault ? Decision.Refuse(fault)
        : Decision.Accept(new JourneyPlanned(c.Visit, c.Steps, c.BestOrder, null, c.At));

    public static Decision Add(BranchState state, BranchRules rules, AddStep c)
    {
        if (Checks.WithVisit(state, c.Counter, c.Seen, Refusal.NobodyCalled, out _, out var visit) is { } refusal)
        {
            return Decision.Refuse(refusal);
        }

        var facts = state.Facts(visit.Number);
        IReadOnlyList<JourneyStep> steps = [.. facts?.Steps ?? [], c.Step];
        return FaultOf(rules, steps) is { } fault
            ? Decision.Refuse(fault)
            : Decision.Accept(new JourneyPlanned(visit.Number, steps, facts?.BestOrder ?? false, null, c.At));
    }

    public static Refusal? FaultOf(BranchRules rules, IReadOnlyList<JourneyStep> steps)
    {
        if (steps.Count > MostSteps)
        {
            return Refusal.TooMany($"A visit has at most {MostSteps} services before it.");
        }

        foreach (var step in steps)
        {
            // JSON puts a null into a list whatever the list's type says.
            if (step?.Service is null || !rules.Services.ContainsKey(step.Service))
            {
                return Refusal.UnknownService(step?.Service ?? "");
            }

            if (step.Operator is { } wanted && !rules.Operators.Contains(wanted))
            {
                return Refusal.UnknownOperator(wanted);
            }
        }

        return null;
    }

    /// <summary>The step whose turn it is, and the others.</summary>
    public static (JourneyStep Next, IReadOnlyList<JourneyStep> Others) Turn(
        BranchState state, BranchRules rules, IReadOnlyList<JourneyStep> steps, bool bestOrder)
    {
        var next = 0;
        for (var i = 1; bestOrder && i < steps.Count; i++)
        {
            if (IsShorter(state, rules, steps[i].Service, steps[next].Service))
            {
                next = i;
            }
        }

        return (steps[next], [.. steps.Where((_, i) => i != next)]);
    }

    /// <summary>Where a visit goes whose service ended; null: nowhere, it is over. Services that are gone are passed over.</summary>
    public static IReadOnlyList<Event>? After(BranchState state, Counter counter, Visit visit, Moment at)
    {
        if (state.FactsByVisit.Count == 0 || state.Facts(visit.Number) is not { Steps: { } planned } facts || state.Rules is not { } rules)
        {
            return null;
        }

        IReadOnlyList<JourneyStep> steps = [.. planned.Where(s => rules.Services.ContainsKey(s.Service))];
        if (steps.Count == 0)
        {
            return null;
        }

        var (next, rest) = Turn(state, rules, steps, facts.BestOrder);
        var place = TransferDecisions.PlaceIn(rules, next.Service, rules.Services[next.Service], visit, at);
        return
        [
            new JourneyPlanned(visit.Number, rest, facts.BestOrder, next, at),
            new VisitTransferred(visit.Number, counter.Id, counter.Operator, false,
                next.Operator is { } wanted && rules.Operators.Contains(wanted) ? place with { BoundOperator = wanted } : place, at),
        ];
    }

    /// <summary>Taking back the release that sent a visit to its next step: the step is ahead of it again.</summary>
    public static JourneyPlanned? TakenBack(BranchState state, long visit, Release release, Moment at) =>
        state.Facts(visit) is { Taken: { } taken, TakenAt: { } when } facts && when == release.At
            ? new JourneyPlanned(visit, [taken, .. facts.Steps ?? []], facts.BestOrder, null, at)
            : null;

    // People waiting × mean service ÷ open counters, compared without dividing. A service that no counter calls comes last.
    private static bool IsShorter(BranchState state, BranchRules rules, string a, string b)
    {
        var (workA, countersA) = Load(state, rules, a);
        var (workB, countersB) = Load(state, rules, b);
        return countersA == 0 || countersB == 0
            ? countersA > 0 && countersB == 0
            : (Int128)workA * countersB < (Int128)workB * countersA;
    }

    private static (long Work, int Counters) Load(BranchState state, BranchRules rules, string service)
    {
        var counters = 0;
        foreach (var counter in state.CountersById.Values)
        {
            if (counter.Phase == CounterPhase.Open && rules.WorkProfiles.GetValueOrDefault(counter.WorkProfile!)?.Services.Contains(service) == true)
            {
                counters++;
            }
        }

        return (state.WaitingFor(service) * rules.Services[service].MeanServiceMs, counters);
    }
}
