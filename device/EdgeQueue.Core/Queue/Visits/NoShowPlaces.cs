namespace EdgeQueue.Core.Queue;

/// <summary>Where somebody waits who was called and did not come, when the policy gives another chance.</summary>
internal static class NoShowPlaces
{
    /// <summary>Null: there is none, NoShow ends the visit.</summary>
    public static VisitMissed? Another(BranchState state, BranchRules rules, Visit visit, string counter, Moment at)
    {
        var missed = state.Facts(visit.Number)?.Missed ?? 0;
        if (rules.Visits?.NoShowRequeue is not { } policy || missed >= policy.Times)
        {
            return null;
        }

        var since = policy.Places is { } places ? Behind(state, visit, places) ?? at : at;
        return new VisitMissed(visit.Number, counter, missed + 1, visit.Place with { Since = since < at ? since : at }, at);
    }

    // Just behind the n-th of those of the same queue that come after it; a rare command may look at all.
    private static Moment? Behind(BranchState state, Visit visit, int places)
    {
        var place = visit.Place;
        var behind = state.VisitsByNumber.Values
            .Where(v => v.Phase == VisitPhase.Waiting && v.Place.Service == place.Service
                && v.Place.BoundCounter == place.BoundCounter && v.Place.BoundOperator == place.BoundOperator
                && (v.Place.Since > place.Since || (v.Place.Since == place.Since && v.Number > visit.Number)))
            .OrderBy(v => v.Place.Since).ThenBy(v => v.Number)
            .ElementAtOrDefault(places - 1);
        return behind is null ? null : new Moment(behind.Place.Since.Milliseconds + 1);
    }
}
