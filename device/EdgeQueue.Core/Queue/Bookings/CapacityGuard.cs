namespace EdgeQueue.Core.Queue;

/// <summary>
/// Walk-ins do not eat the slots of booked people who are due. A counter that would call a walk-in keeps free instead when that
/// customer would probably still be there at the slot of a booking which then would find no counter. The README says it exactly.
/// </summary>
internal static class CapacityGuard
{
    /// <summary>The reason of a call in place of a walk-in.</summary>
    public const string Booked = "booked";

    /// <summary>
    /// Looks at whom the rule chose. While the counter keeps free, somebody with an appointment is called in their place, the
    /// earliest slot first, also before it; when there is none, nobody is.
    /// </summary>
    /// <param name="service">The queue that a person chose; null: all that the counter calls from.</param>
    /// <returns>Null: call <paramref name="choice"/>.</returns>
    public static Refusal? Look(
        BranchState state, BranchRules rules, Counter counter, CallingPost post, ref Choice choice, Moment now, string? service = null) =>
        Look(state, rules, counter, post, ref choice, now, service, 0);

    /// <summary>
    /// The same for somebody who would be called ahead: it is not known to which counter, so they, every walk-in who was called ahead
    /// before, and <paramref name="more"/> who are with them, take one counter each.
    /// </summary>
    public static Refusal? LookAhead(BranchState state, BranchRules rules, CallingPost post, ref Choice choice, int more, Moment now) =>
        rules.Visits is null ? null : Look(state, rules, Counter.Untouched(""), post, ref choice, now, null, 1 + more + WalkInsAhead(state, post));

    private static Refusal? Look(
        BranchState state, BranchRules rules, Counter counter, CallingPost post, ref Choice choice, Moment now, string? service, int taken)
    {
        if (rules.Visits is null || state.Find(choice.Visit) is not { } chosen
            || KeepsFree(state, rules, counter, post, chosen, taken, now) is not { } kept)
        {
            return null;
        }

        // Nobody is called ahead before their slot.
        if (Appointment(state, post, service) is { } appointment && (taken == 0 || appointment.Place.Since <= now))
        {
            choice = new(appointment.Number, CallingRule.Chosen(state, counter, post, appointment, now) with { Rule = Booked, Queue = service });
            return null;
        }

        return Refusal.KeptForBooking(
            kept.Id, CheckInDecisions.LocalTime(state, kept.SlotUtcMs, now.Milliseconds + state.Clock.DisplayOffset));
    }

    // Whom this counter can call: of its services, nobody's but anybody's, and no wish that its operator does not meet.
    private static Visit? Appointment(BranchState state, CallingPost post, string? service) => (
        from facts in state.FactsByVisit.Values
        where facts.IsAppointment
        let visit = state.Find(facts.Visit)
        where visit is { Phase: VisitPhase.Waiting, Place.BoundOperator: null } && BufferName.Left(visit.Place).BoundCounter is null
            && (service is null ? post.Serves(visit.Service) : visit.Service == service) && post.Meets(visit.Place.Wants)
        orderby visit.Place.Since.Milliseconds, visit.Number
        select visit).FirstOrDefault();

    private static int WalkInsAhead(BranchState state, CallingPost post) =>
        state.Precalled.Count(number => state.VisitsByNumber[number] is var ahead && post.Serves(ahead.Service) && IsWalkIn(state, ahead));

    /// <param name="taken">So many of the free counters will be taken by others.</param>
    private static Booking? KeepsFree(
        BranchState state, BranchRules rules, Counter counter, CallingPost post, Visit chosen, int taken, Moment now)
    {
        if (!state.Clock.Trusted || !IsWalkIn(state, chosen))
        {
            return null;
        }

        var wall = now.Milliseconds + state.Clock.DisplayOffset;
        var due = Due(state, rules, post, chosen, wall);
        for (var i = 0; i < due.Count; i++)
        {
            // The i-th to come needs a counter besides those that the ones before take.
            if (FreeBy(state, rules, counter, due[i].Service, due[i].SlotUtcMs - state.Clock.DisplayOffset, now) - taken <= i)
            {
                return due[i];
            }
        }

        return null;
    }

    // Whoever waits for one person or counter, or comes back, is not a walk-in that could as well wait for another.
    private static bool IsWalkIn(BranchState state, Visit visit) =>
        visit.Place is { BoundOperator: null, Returning: false } && BufferName.Left(visit.Place).BoundCounter is null
        && state.Facts(visit.Number) is not { IsAppointment: true };

    /// <summary>Bookings that this counter could serve whose slot comes before the walk-in would be done, and within the service's guard.</summary>
    private static List<Booking> Due(BranchState state, BranchRules rules, CallingPost post, Visit chosen, long wall)
    {
        var longest = post.Rules.Services.Where(post.Serves).Select(s => CheckInDecisions.RulesOf(rules, s).GuardMs).DefaultIfEmpty(0).Max();
        if (longest == 0)
        {
            return [];
        }

        var until = wall + Math.Min(longest, chosen.Place.MeanServiceMs);
        return
        [
            .. state.Bookings.OpenBetween(wall, until)
                .Concat(CameEarly(state, wall, until))
                .Where(b => post.Serves(b.Service) && b.SlotUtcMs - wall <= CheckInDecisions.RulesOf(rules, b.Service).GuardMs)
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
                && state.Waiters.Post(other, rules)?.Serves(service) == true
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
