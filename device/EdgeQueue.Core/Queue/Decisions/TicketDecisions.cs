namespace EdgeQueue.Core.Queue;

/// <summary>A customer takes a ticket.</summary>
internal static class TicketDecisions
{
    private const int LongestText = 128;

    public static Decision Issue(BranchState state, BranchRules rules, IssueTicket c)
    {
        if (c.Press.Length is 0 or > LongestText || c.Language?.Length > LongestText || c.Person?.Length > LongestText)
        {
            return Decision.Refuse(Refusal.Invalid($"A press needs an id; ids and languages have at most {LongestText} characters."));
        }

        // One press, one visit, for ever: it came in another way (offline) before.
        if (state.FindByPress(c.Press) is not null)
        {
            return Decision.Accept();
        }

        if (!rules.Services.TryGetValue(c.Service, out var service))
        {
            return Decision.Refuse(Refusal.UnknownService(c.Service));
        }

        if (c.Segment is not null && !rules.Segments.ContainsKey(c.Segment))
        {
            return Decision.Refuse(Refusal.UnknownSegment(c.Segment));
        }

        if (state.Evacuating)
        {
            return Decision.Refuse(Refusal.Evacuating);
        }

        if (!Checks.Open(service, state.Clock, c.At))
        {
            return Decision.Refuse(Refusal.ServiceClosed(c.Service));
        }

        if (state.Waiting >= rules.Policy.MaxWaiting)
        {
            return Decision.Refuse(Refusal.TooMany(
                $"{state.Waiting} people are waiting, as many as this branch is configured for. Call some of them first."));
        }

        if (NextNumber(state, service) is not { } number)
        {
            return Decision.Refuse(Refusal.NumbersExhausted(c.Service));
        }

        var (priority, targetMs) = Importance(rules, service, c.Segment);
        return Decision.Accept(new TicketIssued(
            state.LastVisit + 1, TicketLabel.Of(service.Prefix, number, service.Digits), service.Prefix, number, c.Service,
            c.Segment, priority, targetMs, service.MeanServiceMs, c.Language ?? rules.Policy.Language, c.Person, c.Press,
            null, c.At, false, true, c.At));
    }

    /// <summary>What a segment's customer of a service has: the segment's own figures before the service's.</summary>
    public static (int Priority, long TargetMs) Importance(BranchRules rules, ServiceRules service, string? segment) =>
        segment is not null && rules.Segments.TryGetValue(segment, out var own)
            ? (own.Priority, own.TargetMs ?? service.TargetMs)
            : (service.Priority, service.TargetMs);

    /// <summary>Null: all have been given. Steps over numbers that a lease covers and labels that somebody still holds.</summary>
    internal static int? NextNumber(BranchState state, ServiceRules service)
    {
        var number = OrdinaryNumbers.NextOf(state, service);
        while (number <= service.LastNumber)
        {
            if (state.LeasesById.Values.FirstOrDefault(l => l.Prefix == service.Prefix && l.Contains((int)number)) is { } lease)
            {
                number = lease.Last + 1L;
            }
            else if (state.VisitsByLabel.ContainsKey(TicketLabel.Of(service.Prefix, (int)number, service.Digits)))
            {
                number++;
            }
            else
            {
                return (int)number;
            }
        }

        return null;
    }
}
