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

        return state.Find(c.Visit) is not { Present: true } visit || (c.Label is { } label && label != visit.Label) ? Decision.Refuse(Refusal.UnknownVisit)
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
}
