namespace EdgeQueue.Core.Queue;

/// <summary>
/// Whom a counter calls next: who comes back to its operator, then whom the rule chooses out of the hall or the first of those
/// who were called ahead, within the capacity guard. Those called ahead go first, in their order, but for what the rule promises
/// to whoever waits long, and but for those whom a buffer cannot hold: the README says it exactly.
/// </summary>
internal static class NextChoice
{
    /// <param name="kept">Why nobody is called although somebody waits; null otherwise.</param>
    /// <param name="service">The queue that a person chose; null: all that the counter calls from.</param>
    public static Choice? Of(
        BranchState state, BranchRules rules, Counter counter, CallingPost post, Moment at, out Refusal? kept, string? service = null)
    {
        kept = null;
        var next = CallingRule.Next(state, counter, post, at, service);
        if (state.Precalled.Count > 0 && next?.Why.Rule != CallingRule.Returning)
        {
            next = OfHallAndBuffers(state, counter, post, at, service, next);
        }

        if (next is not { } choice)
        {
            return null;
        }

        kept = CapacityGuard.Look(state, rules, counter, post, ref choice, at, service);
        return kept is null ? choice : null;
    }

    /// <summary>How many of those called ahead a counter may call.</summary>
    public static int Ahead(BranchState state, CallingPost post, string? service = null)
    {
        var count = 0;
        foreach (var number in state.Precalled)
        {
            count += Fits(state.VisitsByNumber[number], post, service) ? 1 : 0;
        }

        return count;
    }

    private static Choice? OfHallAndBuffers(
        BranchState state, Counter counter, CallingPost post, Moment at, string? service, Choice? ofHall)
    {
        Visit? first = null;
        foreach (var number in state.Precalled)
        {
            var ahead = state.VisitsByNumber[number];
            if (Fits(ahead, post, service) && (first is null || GoesBefore(post, ahead, first, at, service)))
            {
                first = ahead;
            }
        }

        if (first is null)
        {
            return ofHall;
        }

        // Who sits in the hall and is not due yet is called only when nobody else is there.
        if (ofHall is { } choice && state.VisitsByNumber[choice.Visit] is var seated && seated.Place.Since <= at
            && (GoesBefore(post, seated, first, at, service)
                || (IsForFew(seated.Place) && !GoesBefore(post, first, seated, at, service) && Promise.RulePrefers(post, seated, first, at))))
        {
            return choice with
            {
                Why = choice.Why with
                {
                    Waiting = choice.Why.Waiting + Ahead(state, post, service),
                    Beat = [Figures(post, first, at), .. choice.Why.Beat.Take(BestFour.Length - 2)],
                },
            };
        }

        var why = CallingRule.Chosen(state, counter, post, first, at);
        return new(first.Number, why with
        {
            Rule = "precalled", Queue = service, Waiting = why.Waiting + Ahead(state, post, service),
            OverCap = Promise.IsOver(CallingRule.CapOf(post), first.Place, at),
            Help = post.Plan.IsHelp(first.Service) ? true : null,
        });
    }

    private static bool Fits(Visit ahead, CallingPost post, string? service) =>
        service is null ? post.Serves(ahead.Service) : ahead.Service == service;

    // Own work before help, then what the rule promises. A queue that a person chose is own work.
    private static bool GoesBefore(CallingPost post, Visit a, Visit b, Moment at, string? service)
    {
        bool ownA = service is not null || post.IsOwn(a.Place, at), ownB = service is not null || post.IsOwn(b.Place, at);
        return ownA != ownB ? ownA : Promise.Compare(post, a.Place, b.Place, at) < 0;
    }

    // Bound to this counter or its operator, or with a wish: no buffer can hold them.
    private static bool IsForFew(Place place) => place.BoundCounter is not null || place.BoundOperator is not null || place.Wants is not null;

    private static Beaten Figures(CallingPost post, Visit visit, Moment at) => new(
        visit.Number, visit.Service, visit.Place.Priority, Math.Max(0, at.Milliseconds - visit.Place.Since.Milliseconds),
        visit.Place.TargetMs, visit.Place.MeanServiceMs, post.IsOwn(visit.Place, at) ? null : true);
}
