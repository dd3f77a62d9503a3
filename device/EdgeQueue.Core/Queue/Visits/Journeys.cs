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
    /// <param name="freed">The counter that the visit leaves now.</param>
    public static (JourneyStep Next, IReadOnlyList<JourneyStep> Others) Turn(
        BranchState state, BranchRules rules, IReadOnlyList<JourneyStep> steps, bool bestOrder, Moment at, string? freed = null)
    {
        var next = 0;
        for (var i = 1; bestOrder && i < steps.Count; i++)
        {
            if (IsShorter(Load(state, rules, steps[i].Service, at, freed), Load(state, rules, steps[next].Service, at, freed)))
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

        var (next, rest) = Turn(state, rules, steps, facts.BestOrder, at, counter.Id);
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

    // Work that is to be done before ÷ open counters that do it, compared without dividing. A service that no counter serves comes last.
    private static bool IsShorter((long WorkMs, int Counters) a, (long WorkMs, int Counters) b) =>
        a.Counters == 0 || b.Counters == 0
            ? a.Counters > 0 && b.Counters == 0
            : (Int128)a.WorkMs * b.Counters < (Int128)b.WorkMs * a.Counters;

    /// <summary>Who waits for a service, at its mean as learned, and what is left of those who are at the counters that serve it.</summary>
    private static (long WorkMs, int Counters) Load(BranchState state, BranchRules rules, string service, Moment at, string? freed)
    {
        var (work, counters) = (state.WaitingFor(service) * MeanOf(state, rules, service), 0);
        foreach (var counter in state.CountersById.Values)
        {
            if (counter.Phase == CounterPhase.Open && state.Waiters.Post(counter, rules)?.Serves(service) == true)
            {
                counters++;
                if (counter.Id != freed && state.VisitAt(counter) is { } there)
                {
                    var mean = rules.Services.ContainsKey(there.Service) ? MeanOf(state, rules, there.Service) : there.Place.MeanServiceMs;
                    work += Math.Clamp(there.PhaseSince.Milliseconds + mean - at.Milliseconds, 0, mean);
                }
            }
        }

        return (work, counters);
    }

    private static long MeanOf(BranchState state, BranchRules rules, string service) =>
        (rules.Calling?.LearnedServices?.Contains(service) == true ? state.LearnedMean(service) : null) ?? rules.Services[service].MeanServiceMs;
}
