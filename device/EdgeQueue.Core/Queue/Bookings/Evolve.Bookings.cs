namespace EdgeQueue.Core.Queue;

public static partial class Evolve
{
    /// <summary>A booking is forgotten so long after its slot.</summary>
    private const long BookingKept = 86_400_000;

    /// <summary>Forward steps smaller than this do not make anybody late.</summary>
    private const long JumpAhead = 60_000;

    private static void Placed(BranchState state, BookingPlaced e) =>
        state.Bookings.Put(new HeldBooking(e.Booking, BookingState.Open, null));

    private static void Became(BranchState state, string booking, BookingState became, long? visit = null)
    {
        if (state.Bookings.Find(booking) is { } held)
        {
            state.Bookings.Put(held with { State = became, Visit = visit });
        }
    }

    private static void CheckedIn(BranchState state, BookingCheckedIn e)
    {
        Became(state, e.Booking, BookingState.CheckedIn, e.Visit);
        var booking = state.Bookings.Find(e.Booking)?.Booking;
        var slot = booking is null ? e.Place.Since : new Moment(booking.SlotUtcMs - state.Clock.DisplayOffset);
        state.FactsByVisit[e.Visit] = (state.Facts(e.Visit) ?? new VisitFacts(e.Visit)) with
        {
            Booking = e.Booking, SlotAt = slot, Came = e.Came, People = booking?.People ?? 1, Case = booking?.Case,
        };
        Replaced(state, e.Visit, e.Place, false);

        // Time before the slot is not waiting.
        var visit = state.VisitsByNumber[e.Visit];
        state.VisitsByNumber[e.Visit] = visit with { PhaseSince = e.Place.Since };
    }

    private static void ClockStepped(BranchState state, ClockStepped e)
    {
        if ((e.Clock.Trusted && !state.Clock.Trusted) || e.Clock.DisplayOffset - state.Clock.DisplayOffset > JumpAhead)
        {
            state.WallJumpedAt = e.At;
        }

        state.Clock = e.Clock;
    }

    /// <summary>A new day forgets what only the days before needed.</summary>
    private static void ForgetVisits(BranchState state, DayOpened e)
    {
        state.TicketsToday.Clear();
        foreach (var visit in state.FactsByVisit.Keys.Where(v => state.Find(v) is null).ToList())
        {
            state.FactsByVisit.Remove(visit);
        }

        var wall = e.At.Milliseconds + state.Clock.DisplayOffset;
        foreach (var held in state.Bookings.All.Where(h => h.State != BookingState.Open && h.Booking.SlotUtcMs + BookingKept < wall).ToList())
        {
            state.Bookings.Remove(held.Booking.Id);
        }
    }
}
