namespace EdgeQueue.Core.Queue;

/// <summary>Back to the operator who served the customer before: a transfer whose target is in the visit's own past.</summary>
internal static class GiveBackDecisions
{
    public static Decision Decide(BranchState state, BranchRules rules, GiveBack c)
    {
        if (Checks.WithVisit(state, c.Counter, c.Seen, Refusal.NobodyCalled, out var counter, out var visit) is { } refusal)
        {
            return Decision.Refuse(refusal);
        }

        if (visit.Transactions.LastOrDefault(t => t.Operator is { } before && before != counter.Operator && rules.Operators.Contains(before)) is not { } last)
        {
            return Decision.Refuse(Refusal.NobodyBefore);
        }

        // For what they did there; where that is not offered any more, for what the customer has now.
        var place = rules.Services.TryGetValue(last.Service, out var service)
            ? TransferDecisions.PlaceIn(rules, last.Service, service, visit, c.At)
            : visit.Place with { Since = c.At, BoundCounter = null };
        var transferred = new VisitTransferred(
            visit.Number, c.Counter, counter.Operator, false, place with { BoundOperator = last.Operator, Returning = true }, c.At);
        return visit.Phase == VisitPhase.Serving
            ? Decision.Accept(new TransactionFinished(visit.Number, c.Counter, visit.Service, [], null, [], c.At), transferred)
            : Decision.Accept(transferred);
    }
}
