namespace EdgeQueue.Core.Queue;

/// <summary>What happens to a visit away from the counters.</summary>
internal static class QueueDecisions
{
    private const int LongestReason = 256;

    public static Decision Cancel(BranchState state, CancelVisit c)
    {
        if (c.Reason.Length > LongestReason)
        {
            return Decision.Refuse(Refusal.Invalid($"A reason has at most {LongestReason} characters."));
        }

        return state.Find(c.Visit) is not { Present: true } visit ? Decision.Refuse(Refusal.UnknownVisit)
            : visit.Phase == VisitPhase.Serving
                ? Decision.Refuse(Refusal.Invalid($"{visit.Label} is being served at counter {visit.Counter}. Finish there."))
            : Decision.Accept(new VisitEnded(c.Visit, VisitEnd.Cancelled, c.Reason, c.At));
    }

    public static Decision Resume(BranchState state, BranchRules rules, Resume c) =>
        state.Counter(c.Counter).Version == 0 && state.Rules?.Counters.ContainsKey(c.Counter) != true
            ? Decision.Refuse(Refusal.UnknownCounter(c.Counter))
        : TypedLabel.Find(state, rules, c.Label, v => v.Phase == VisitPhase.Parked, out var visit) is { } unclear ? Decision.Refuse(unclear)
        : visit.Phase != VisitPhase.Parked ? Decision.Refuse(Refusal.NotParked(visit.Label))
        : Decision.Accept(new VisitResumed(visit.Number, visit.Place, c.At));

    /// <summary>Another service from the start, so at the place in time of the old one.</summary>
    public static Decision ChangeService(BranchState state, BranchRules rules, ChangeService c) =>
        AwayFromCounters(state, c.Visit, out var visit) is { } refusal ? Decision.Refuse(refusal)
        : !rules.Services.TryGetValue(c.Service, out var service) ? Decision.Refuse(Refusal.UnknownService(c.Service))
        : Decision.Accept(new ServiceChanged(
            c.Visit, TransferDecisions.PlaceIn(rules, c.Service, service, visit, visit.Place.Since), c.At));

    public static Decision SetPriority(BranchState state, SetPriority c) =>
        c.Priority is < 1 or > 99 ? Decision.Refuse(Refusal.Invalid("A priority is 1 to 99; 99 is the most important."))
        : AwayFromCounters(state, c.Visit, out var visit) is { } refusal ? Decision.Refuse(refusal)
        : Decision.Accept(new PriorityChanged(c.Visit, visit.Place with { Priority = c.Priority }, c.At));

    private static Refusal? AwayFromCounters(BranchState state, long number, out Visit visit)
    {
        visit = state.Find(number)!;
        return visit is not { Present: true } ? Refusal.UnknownVisit
            : visit.AtCounter ? Refusal.NotWaiting(visit.Label)
            : null;
    }
}
