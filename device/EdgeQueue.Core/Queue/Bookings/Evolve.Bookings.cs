namespace EdgeQueue.Core.Queue;

public static partial class Evolve
{
    /// <summary>A booking is not forgotten before so long after its slot,</summary>
    private const long BookingKept = 86_400_000;

    /// <summary>
    /// nor before so long after it was over, by the time that passes here and not by the wall's: a clock that is wrong for some days
    /// must not make forgotten whom it has let lapse.
    /// </summary>
    private const long OverKept = 7 * BookingKept;

    /// <summary>Forward steps smaller than this do not make anybody late.</summary>
    private const long JumpAhead = 60_000;

    private static void Placed(BranchState state, BookingPlaced e)
    {
        // Who is expected comes before who was: those make room, the longest over first.
        if (state.Bookings.Count >= BookingBook.Most && state.Bookings.Find(e.Booking.Id) is null
            && state.Bookings.Over.FirstOrDefault() is { } oldest)
        {
            state.Bookings.Remove(oldest.Booking.Id);
        }

        state.Bookings.Put(new HeldBooking(e.Booking, BookingState.Open, null));
    }

    private static void Became(BranchState state, string booking, BookingState became, Moment at, long? visit = null)
    {
        if (state.Bookings.Find(booking) is { } held)
        {
            state.Bookings.Put(new HeldBooking(held.Booking, became, visit, at));
        }
    }

    private static void Withdrawn(BranchState state, BookingWithdrawn e)
    {
        // Whoever missed it is told that they did, also when it was cleared away since.
        if (state.Bookings.Find(e.Booking) is { State: BookingState.Lapsed } lapsed)
        {
            state.Bookings.Put(lapsed with { Gone = true });
            return;
        }

        Became(state, e.Booking, BookingState.Withdrawn, e.At);
    }

    private static void Reopened(BranchState state, BookingReopened e)
    {
        if (state.Bookings.Find(e.Booking) is { } held)
        {
            state.Bookings.Put(new HeldBooking(held.Booking, BookingState.Open, null));
        }
    }

    private static void CheckedIn(BranchState state, BookingCheckedIn e)
    {
        Became(state, e.Booking, BookingState.CheckedIn, e.At, e.Visit);
        var booking = state.Bookings.Find(e.Booking)?.Booking;
        var slot = booking is null ? e.Place.Since : new Moment(booking.SlotUtcMs - state.Clock.DisplayOffset);
        Know(state, (state.Facts(e.Visit) ?? new VisitFacts(e.Visit)) with
        {
            Booking = e.Booking, SlotAt = slot, Came = e.Came, People = booking?.People ?? 1, Case = booking?.Case,
        });
        Replaced(state, e.Visit, e.Place, false);

        // Time before the slot is not waiting.
        var visit = state.VisitsByNumber[e.Visit];
        state.VisitsByNumber[e.Visit] = visit with { PhaseSince = e.Place.Since };
    }

    /// <summary>A visit that was cancelled goes on: it is its booking's again, and not one that came in its place and was cancelled, too.</summary>
    private static void CameBack(BranchState state, long visit)
    {
        if (state.Facts(visit)?.Booking is { } booking && state.Bookings.Find(booking) is { State: BookingState.CheckedIn } held)
        {
            state.Bookings.Put(held with { Visit = visit });
        }
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
        var longOver = state.Bookings.Over.TakeWhile(h => (h.Ended?.Milliseconds ?? 0) + OverKept < e.At.Milliseconds);
        foreach (var held in longOver.Where(h => h.State == BookingState.Withdrawn || !state.Clock.Trusted || h.Booking.SlotUtcMs + BookingKept < wall).ToList())
        {
            state.Bookings.Remove(held.Booking.Id);
        }
    }
}
