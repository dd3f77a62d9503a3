namespace EdgeQueue.Core.Queue;

/// <summary>To another service, counter or operator, with or without return.</summary>
internal static class TransferDecisions
{
    public static Decision Transfer(BranchState state, BranchRules rules, Transfer c)
    {
        if (Checks.WithVisit(state, c.Counter, c.Seen, Refusal.NobodyCalled, out var counter, out var visit) is { } refusal)
        {
            return Decision.Refuse(refusal);
        }

        if (PlaceOf(rules, visit, c, out var place) is { } invalid)
        {
            return Decision.Refuse(invalid);
        }

        // Who was served here has had a transaction; who was only called here goes on with the one that waits.
        var transferred = new VisitTransferred(visit.Number, c.Counter, counter.Operator, c.Return, place, c.At);
        return visit.Phase == VisitPhase.Serving
            ? Decision.Accept(
                new TransactionFinished(visit.Number, c.Counter, visit.Service, [], null, [], c.At), transferred)
            : Decision.Accept(transferred);
    }

    /// <summary>The place in a service's queue; a priority that a person set stays with the visit.</summary>
    public static Place PlaceIn(BranchRules rules, string name, ServiceRules service, Visit visit, Moment since)
    {
        var (priority, targetMs) = TicketDecisions.Importance(rules, service, visit.Segment);
        return new(name, visit.PrioritySet ? visit.Place.Priority : priority, targetMs, service.MeanServiceMs, since, Wants: visit.Place.Wants);
    }

    private static Refusal? PlaceOf(BranchRules rules, Visit visit, Transfer c, out Place place)
    {
        place = visit.Place with { Since = c.At, BoundCounter = null, BoundOperator = null, Returning = false, BoundUntil = null };
        switch (c)
        {
            case { ToService: { } name, ToCounter: null, ToOperator: null }:
                if (!rules.Services.TryGetValue(name, out var service))
                {
                    return Refusal.UnknownService(name);
                }

                place = PlaceIn(rules, name, service, visit, c.At);
                return null;
            case { ToService: null, ToCounter: { } counter, ToOperator: null }:
                place = place with { BoundCounter = counter };
                return rules.Counters.ContainsKey(counter) ? null : Refusal.UnknownCounter(counter);
            case { ToService: null, ToCounter: null, ToOperator: { } operatorId }:
                place = place with { BoundOperator = operatorId };
                return rules.Operators.Contains(operatorId) ? null : Refusal.UnknownOperator(operatorId);
            default:
                return Refusal.Invalid("A transfer names one of a service, a counter and an operator.");
        }
    }
}
