namespace EdgeQueue.Core.Queue;

/// <summary>
/// Walk-ins do not eat the slots of booked people who are due. A counter that would call a walk-in keeps free instead when that
/// customer would probably still be there at the slot of a booking which then would find no counter. The README says it exactly.
/// </summary>
internal static class CapacityGuard
{
    /// <summary>
    /// Looks at whom the rule chose. While the counter keeps free, somebody with an appointment is called in their place, the
    /// earliest slot first, also before it; when there is none, nobody is.
    /// </summary>
    /// <returns>Null: call <paramref name="choice"/>.</returns>
    public static Refusal? Look(BranchState state, BranchRules rules, Counter counter, CallingPost post, ref Choice choice, Moment now)
    {
        if (rules.Visits is null || state.Find(choice.Visit) is not { } chosen
            || KeepsFree(state, rules, counter, post.Rules, chosen, now) is not { } kept)
        {
            return null;
        }

        if (Appointment(state, post.Rules) is { } appointment)
        {
            choice = new(appointment.Number, CallingRule.Chosen(state, counter, post, appointment, now) with { Rule = "booked" });
            return null;
        }

        return Refusal.KeptForBooking(
            kept.Id, CheckInDecisions.LocalTime(state, kept.SlotUtcMs, now.Milliseconds + state.Clock.DisplayOffset));
    }

    private static Visit? Appointment(BranchState state, WorkProfileRules profile) => (
        from facts in state.FactsByVisit.Values
        where facts.IsAppointment
        let visit = state.Find(facts.Visit)
        where visit is { Phase: VisitPhase.Waiting, Place: { BoundCounter: null, BoundOperator: null } } && profile.Services.Contains(visit.Service)
        orderby visit.Place.Since.Milliseconds, visit.Number
        select visit).FirstOrDefault();

    private static Booking? KeepsFree(BranchState state, BranchRules rules, Counter counter, WorkProfileRules profile, Visit chosen, Moment now)
    {
        if (!state.Clock.Trusted || !IsWalkIn(state, chosen))
        {
            return null;
        }

        var wall = now.Milliseconds + state.Clock.DisplayOffset;
        var due = Due(state, rules, profile, chosen, wall);
        for (var i = 0; i < due.Count; i++)
        {
            // The i-th to come needs a counter besides those that the ones before take.
            if (FreeBy(state, rules, counter, due[i].Service, due[i].SlotUtcMs - state.Clock.DisplayOffset, now) <= i)
            {
                return due[i];
            }
        }

        return null;
    }

    // Whoever waits for one person or counter, or comes back, is not a walk-in that could as well wait for another.
    private static bool IsWalkIn(BranchState state, Visit visit) =>
        visit.Place is { BoundCounter: null, BoundOperator: null, Returning: false }
        && state.Facts(visit.Number) is not { IsAppointment: true };

    /// <summary>Bookings for this profile's services whose slot comes before the walk-in would be done, and within the service's guard.</summary>
    private static List<Booking> Due(BranchState state, BranchRules rules, WorkProfileRules profile, Visit chosen, long wall)
    {
        var longest = profile.Services.Select(s => CheckInDecisions.RulesOf(rules, s).GuardMs).DefaultIfEmpty(0).Max();
        if (longest == 0)
        {
            return [];
        }

        var until = wall + Math.Min(longest, chosen.Place.MeanServiceMs);
        return
        [
            .. state.Bookings.OpenBetween(wall, until)
                .Concat(CameEarly(state, wall, until))
                .Where(b => profile.Services.Contains(b.Service) && b.SlotUtcMs - wall <= CheckInDecisions.RulesOf(rules, b.Service).GuardMs)
                .OrderBy(b => b.SlotUtcMs).ThenBy(b => b.Id, StringComparer.Ordinal),
        ];
    }

    /// <summary>Checked in already and waiting for their slot.</summary>
    private static IEnumerable<Booking> CameEarly(BranchState state, long wall, long until) =>
        from facts in state.FactsByVisit.Values
        where facts is { Came: CheckInTime.Early, Booking: not null }
            && state.Find(facts.Visit) is { Phase: VisitPhase.Waiting }
        let booking = state.Bookings.Find(facts.Booking!)?.Booking
        where booking is not null && booking.SlotUtcMs > wall && booking.SlotUtcMs <= until
        select booking;

    /// <summary>Other open counters for this service that are free, or will probably be at the slot by their customer's mean service time.</summary>
    private static int FreeBy(BranchState state, BranchRules rules, Counter self, string service, long slot, Moment now)
    {
        var free = 0;
        foreach (var other in state.CountersById.Values)
        {
            if (other.Id != self.Id && other.Phase == CounterPhase.Open
                && rules.WorkProfiles.GetValueOrDefault(other.WorkProfile!) is { } profile && profile.Services.Contains(service)
                && (state.VisitAt(other) is not { } there || DoneBy(there, now) <= slot))
            {
                free++;
            }
        }

        return free;
    }

    private static long DoneBy(Visit there, Moment now) =>
        Math.Max(now.Milliseconds, there.PhaseSince.Milliseconds + there.Place.MeanServiceMs);
}
