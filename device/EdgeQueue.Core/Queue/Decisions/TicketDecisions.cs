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

        if (!rules.Services.ContainsKey(c.Service))
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

        if (CallingCompletion.FaultOf(rules, c) is { } wish)
        {
            return Decision.Refuse(wish);
        }

        if (Arrivals.FaultOf(c.Attributes, c.People ?? 1, c.Case) is { } fault)
        {
            return Decision.Refuse(fault);
        }

        var (first, rest) = (c.Service, (IReadOnlyList<JourneyStep>)[]);
        if (c.Steps is { Count: > 0 } further)
        {
            if (Journeys.FaultOf(rules, further) is { } step)
            {
                return Decision.Refuse(step);
            }

            (var turn, rest) = Journeys.Turn(state, rules, [new JourneyStep(c.Service), .. further], c.BestOrder == true, c.At);
            first = turn.Service;
        }

        var arrival = Arrivals.Sorted(rules, new Arrival(
            first, c.Segment, c.Attributes ?? [], c.Language, Attendance.WithoutBooking, c.Person, c.People ?? 1, c.ExpectedWaitMs));
        return Arrivals.WhyNot(state, rules, arrival, c.At) is { } refusal
            ? Decision.Refuse(refusal)
            : Admit(state, rules, c, arrival, rest);
    }

    private static Decision Admit(BranchState state, BranchRules rules, IssueTicket c, Arrival arrival, IReadOnlyList<JourneyStep> rest)
    {
        var service = rules.Services[arrival.Service];
        if (NextNumber(state, service) is not { } number)
        {
            return Decision.Refuse(Refusal.NumbersExhausted(arrival.Service));
        }

        var (priority, targetMs) = Importance(rules, service, arrival.Segment);
        var issued = new TicketIssued(
            state.LastVisit + 1, TicketLabel.Of(service.Prefix, number, service.Digits), service.Prefix, number, arrival.Service,
            arrival.Segment, priority, targetMs, service.MeanServiceMs, c.Language ?? rules.Policy.Language, c.Person, c.Press,
            null, c.At, false, true, c.At);
        return Decision.Accept([issued, .. Described(rules, issued, new TicketDetails(arrival.Attributes, arrival.People, c.Case, rest, c.BestOrder))]);
    }

    /// <summary>What is known of a visit beyond its ticket.</summary>
    public static IEnumerable<Event> Described(BranchRules rules, TicketIssued issued, TicketDetails told)
    {
        if (told.Attributes is { Count: > 0 } || told.People > 1 || told.Case is not null)
        {
            yield return new VisitDescribed(issued.Visit, told.Attributes ?? [], told.People ?? 1, told.Case, issued.At);
        }

        if (told.Steps is { Count: > 0 } steps && Journeys.FaultOf(rules, steps) is null)
        {
            yield return new JourneyPlanned(issued.Visit, steps, told.BestOrder == true, null, issued.At);
        }
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
