namespace EdgeQueue.Core.Queue;

/// <summary>
/// What follows from any decision for calling: a transaction's end teaches its service's mean, a place has the learned mean, and
/// who is routed to a person gets the moment at which that ends. In one place, so that no command can forget it.
/// </summary>
internal static class CallingCompletion
{
    public static Decision Of(BranchState state, CallingSettings settings, Command command, Decision decision)
    {
        if (!decision.Accepted || decision.Events.Count == 0
            || settings is { LearnedServices: null, PersonWaitMs: null }
                && command is not (IssueTicket { Operator: not null } or IssueTicket { Wants.Count: > 0 } or JoinOffline { Details: not null }))
        {
            return decision;
        }

        var events = new List<Event>(decision.Events.Count + 2);
        foreach (var happened in decision.Events)
        {
            var completed = Completed(state, settings, happened);
            events.Add(completed);
            if (completed is TransactionFinished finished && Learns(settings, finished.Service))
            {
                events.Add(Learned(state, finished));
            }

            if (completed is TicketIssued { Queued: true } issued && WishesOf(state, settings, command, issued) is { } wishes)
            {
                events.Add(wishes);
            }
        }

        return Decision.Accept(events);
    }

    /// <summary>Null: what the customer wants can be had here.</summary>
    public static Refusal? FaultOf(BranchRules rules, IssueTicket c)
    {
        foreach (var wish in c.Wants ?? [])
        {
            if (wish is null || rules.Calling?.Attributes?.Contains(wish) != true)
            {
                return Refusal.UnknownAttribute(wish ?? "");
            }
        }

        return c.Operator is { } person && !rules.Operators.Contains(person) ? Refusal.UnknownOperator(person) : null;
    }

    /// <summary>Who has waited long enough for their person.</summary>
    public static void Due(BranchState state, Moment now, List<Event> events)
    {
        foreach (var number in DayDecisions.DueOf(state.PersonWaits, now))
        {
            var place = state.VisitsByNumber[number].Place;
            events.Add(new PersonWaitEnded(
                number, place.BoundOperator!, place with { BoundOperator = null, Returning = false, BoundUntil = null }, now));
        }
    }

    private static Event Completed(BranchState state, CallingSettings settings, Event happened) => happened switch
    {
        TicketIssued e when Learns(settings, e.Service) => e with { MeanServiceMs = MeanOf(state, e.Service, e.MeanServiceMs) },
        VisitTransferred e => e with { Place = Completed(state, settings, e.Place, e.At) },
        ServiceChanged e => e with { Place = Completed(state, settings, e.Place, e.At) },
        // Who is aside does not wait for a person yet.
        VisitRedirected e => e with { Place = Completed(state, settings, e.Place, e.Until ?? state.Find(e.Visit)?.ParkedUntil ?? e.At) },
        VisitRequeued { ToEnd: true } e => e with { Place = Completed(state, settings, e.Place, e.At) },
        // Nobody waits for their person before the appointment.
        BookingCheckedIn e => e with { Place = Completed(state, settings, e.Place, e.Place.Since > e.At ? e.Place.Since : e.At) },
        _ => happened,
    };

    private static Place Completed(BranchState state, CallingSettings settings, Place place, Moment at)
    {
        if (Learns(settings, place.Service))
        {
            place = place with { MeanServiceMs = MeanOf(state, place.Service, place.MeanServiceMs) };
        }

        return place with
        {
            BoundUntil = place.BoundOperator is not null && settings.PersonWaitMs is { } limit ? new Moment(at.Milliseconds + limit) : null,
        };
    }

    private static WishesTold? WishesOf(BranchState state, CallingSettings settings, Command command, TicketIssued issued)
    {
        (IReadOnlyList<string> wants, string? person) = command switch
        {
            IssueTicket c => (c.Wants ?? [], c.Operator),
            // Somebody holds this paper: a wish that nobody here can grant any more is forgotten, not refused.
            JoinOffline { Details: { } told } => (
                [.. told.Wants?.Where(w => settings.Attributes?.Contains(w) == true) ?? []],
                state.Rules!.Operators.Contains(told.Operator ?? "") ? told.Operator : null),
            _ => ([], null),
        };
        if (wants.Count == 0 && person is null)
        {
            return null;
        }

        var place = new Place(
            issued.Service, issued.Priority, issued.TargetMs, issued.MeanServiceMs, issued.WaitingSince, BoundOperator: person,
            Wants: wants.Count > 0 ? string.Join(' ', wants.Distinct().Order(StringComparer.Ordinal)) : null);
        return new(issued.Visit, Completed(state, settings, place, issued.At), issued.At);
    }

    private static bool Learns(CallingSettings settings, string service) => settings.LearnedServices?.Contains(service) == true;

    private static long MeanOf(BranchState state, string service, long configured) =>
        state.LearnedMean(service) is { } mean ? MeanService.Rounded(mean) : configured;

    private static MeanServiceLearned Learned(BranchState state, TransactionFinished e)
    {
        var visit = state.VisitsByNumber[e.Visit];
        var serving = visit.DurationsAt(e.At).ServingMs - visit.Transactions.Sum(t => t.Durations.ServingMs);
        var before = state.LearnedMean(e.Service) ?? state.Rules!.Services.GetValueOrDefault(e.Service)?.MeanServiceMs ?? visit.Place.MeanServiceMs;
        return new(e.Service, MeanService.After(before, serving), e.At);
    }
}
