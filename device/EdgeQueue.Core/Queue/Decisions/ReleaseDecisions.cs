namespace EdgeQueue.Core.Queue;

/// <summary>A visit leaves a counter, and the correction of that.</summary>
internal static class ReleaseDecisions
{
    private const int LongestPark = 1440;
    private const int MostTexts = 64;
    private const int LongestText = 256;

    public static Decision Finish(BranchState state, Finish c)
    {
        if (Checks.WithVisit(state, c.Counter, c.Seen, Refusal.NobodyServed, out var counter, out var visit) is { } refusal)
        {
            return Decision.Refuse(refusal);
        }

        if (visit.Phase == VisitPhase.Called)
        {
            return Decision.Refuse(Refusal.NotArrived);
        }

        return c.DeliveredServices.Count > MostTexts || c.Marks.Count > MostTexts
            ? Decision.Refuse(Refusal.TooMany($"At most {MostTexts} delivered services and {MostTexts} marks."))
            : c.DeliveredServices.Concat(c.Marks).Any(text => !IsText(text)) || c.Outcome?.Length > LongestText
            ? Decision.Refuse(Refusal.Invalid($"Delivered services, marks and an outcome are texts of at most {LongestText} characters."))
            : Decision.Accept(FinishEvents(state, counter, visit, c.DeliveredServices, c.Outcome, c.Marks, c.At));
    }

    // JSON puts a null into a list whatever the list's type says.
    private static bool IsText(string? text) => text is { Length: > 0 and <= LongestText };

    /// <summary>The transaction ends; the visit too, unless it was lent and goes back to the operator who wants it, or has more to do.</summary>
    public static IReadOnlyList<Event> FinishEvents(
        BranchState state, Counter counter, Visit visit, IReadOnlyList<string> delivered, string? outcome, IReadOnlyList<string> marks, Moment at)
    {
        var finished = new TransactionFinished(visit.Number, counter.Id, visit.Service, delivered, outcome, marks, at);
        return visit.ReturnPlace is { } back
                ? [finished, new VisitTransferred(visit.Number, counter.Id, counter.Operator, false, back with { Since = at }, at)]
            : Journeys.After(state, counter, visit, at) is { } further ? [finished, .. further]
            : [finished, new VisitEnded(visit.Number, VisitEnd.Finished, null, at)];
    }

    public static Decision NoShow(BranchState state, BranchRules rules, NoShow c)
    {
        if (Checks.WithVisit(state, c.Counter, c.Seen, Refusal.NobodyCalled, out _, out var visit) is { } refusal)
        {
            return Decision.Refuse(refusal);
        }

        return visit.Phase == VisitPhase.Serving ? Decision.Refuse(Refusal.AlreadyArrived)
            : visit.Calls < rules.Policy.NoShowCalls
                ? Decision.Refuse(Refusal.TooFewCalls(visit.Calls, rules.Policy.NoShowCalls))
            : CallDecisions.TooSoon(state, visit, rules, c.At) is { } soon ? Decision.Refuse(soon)
            : NoShowPlaces.Another(state, rules, visit, c.Counter, c.At) is { } another ? Decision.Accept(another)
            : Decision.Accept(new VisitEnded(visit.Number, VisitEnd.NoShow, null, c.At));
    }

    public static Decision Requeue(BranchState state, Requeue c) =>
        Checks.WithVisit(state, c.Counter, c.Seen, Refusal.NobodyCalled, out _, out var visit) is { } refusal
            ? Decision.Refuse(refusal)
            : Decision.Accept(new VisitRequeued(
                visit.Number, c.Counter, c.ToEnd, c.ToEnd ? visit.Place with { Since = c.At } : visit.Place, c.At));

    public static Decision Park(BranchState state, Park c) =>
        Checks.WithVisit(state, c.Counter, c.Seen, Refusal.NobodyCalled, out _, out var visit) is { } refusal
            ? Decision.Refuse(refusal)
            : c.Minutes is < 1 or > LongestPark
                ? Decision.Refuse(Refusal.Invalid($"Parking takes 1 to {LongestPark} minutes, or has no end."))
                : Decision.Accept(new VisitParked(
                    visit.Number, c.Counter, c.Minutes is { } minutes ? c.At + TimeSpan.FromMinutes(minutes) : null, c.At));

    public static Decision Reinstate(BranchState state, Reinstate c)
    {
        if (Checks.At(state, c.Counter, c.Seen, out var counter) is { } refusal)
        {
            return Decision.Refuse(refusal);
        }

        if (counter.Phase == CounterPhase.Paused)
        {
            return Decision.Refuse(Refusal.CounterPaused);
        }

        // Who was called by the same press, or by the counter itself, and is not there yet goes back to their place in front.
        var instead = state.VisitAt(counter);
        if (instead is not null && !counter.CalledInstead(instead))
        {
            return Decision.Refuse(Refusal.CounterBusy);
        }

        // Whoever was called to another counter since then is not taken away from there.
        if (counter.LastRelease is not { } release
            || state.Find(release.Before.Number) is not { } visit
            || visit.Counter != c.Counter
            || !(visit.Phase is VisitPhase.Waiting or VisitPhase.Parked || visit.End is VisitEnd.Finished or VisitEnd.NoShow
                || visit.Number == instead?.Number))
        {
            return Decision.Refuse(Refusal.NothingToReinstate);
        }

        List<Event> events = [];
        if (instead is not null)
        {
            events.Add(new VisitRequeued(instead.Number, c.Counter, ToEnd: false, instead.Place, c.At));
        }

        if (Journeys.TakenBack(state, visit.Number, release, c.At) is { } step)
        {
            events.Add(step);
        }

        events.Add(new VisitReinstated(visit.Number, c.Counter, release.Before.Phase == VisitPhase.Serving, c.At));
        return Decision.Accept(events);
    }
}
