using System.Globalization;

namespace EdgeQueue.Core.Queue;

/// <summary>The customer of a booking is here.</summary>
internal static class CheckInDecisions
{
    private const int LongestText = 128;

    public static Decision CheckIn(BranchState state, BranchRules rules, CheckIn c)
    {
        if (c.Press.Length is 0 or > LongestText || c.Language?.Length > LongestText || c.Value.Length is 0 or > LongestText)
        {
            return Decision.Refuse(Refusal.Invalid($"A press needs an id, a check-in a value; they and a language have at most {LongestText} characters."));
        }

        if (Arrivals.FaultOf(c.Attributes, 1, null) is { } fault)
        {
            return Decision.Refuse(fault);
        }

        // One press, one visit, for ever.
        if (state.FindByPress(c.Press) is not null)
        {
            return Decision.Accept();
        }

        if (state.Evacuating)
        {
            return Decision.Refuse(Refusal.Evacuating);
        }

        return Find(state, rules, c, out var booking, out var came) is { } refusal
            ? Decision.Refuse(refusal)
            : Admit(state, rules, c, booking, came);
    }

    public static AppointmentRules RulesOf(BranchRules rules, string service) =>
        rules.Visits?.Of(service).Appointments ?? AppointmentRules.Default;

    private static Decision Admit(BranchState state, BranchRules rules, CheckIn c, Booking booking, CheckInTime came)
    {
        if (!rules.Services.ContainsKey(booking.Service))
        {
            return Decision.Refuse(Refusal.UnknownService(booking.Service));
        }

        var arrival = Arrivals.Sorted(rules, new Arrival(
            booking.Service, booking.Segment is { } named && rules.Segments.ContainsKey(named) ? named : null, c.Attributes ?? [],
            c.Language ?? booking.Language, AttendanceOf(came), booking.Person, booking.People, null));
        if (Arrivals.WhyNot(state, rules, arrival, c.At) is { } refusal)
        {
            return Decision.Refuse(refusal);
        }

        var service = rules.Services[arrival.Service];
        if (TicketDecisions.NextNumber(state, service) is not { } number)
        {
            return Decision.Refuse(Refusal.NumbersExhausted(arrival.Service));
        }

        var (priority, targetMs) = Importance(rules, service, booking.Service, arrival.Segment, came);
        var slot = booking.SlotUtcMs - state.Clock.DisplayOffset;
        var since = came == CheckInTime.Early ? new Moment(Math.Max(slot, c.At.Milliseconds)) : c.At;
        var issued = new TicketIssued(
            state.LastVisit + 1, TicketLabel.Of(service.Prefix, number, service.Digits), service.Prefix, number, arrival.Service,
            arrival.Segment, priority, targetMs, service.MeanServiceMs, arrival.Language ?? rules.Policy.Language,
            booking.Person, c.Press, null, c.At, false, true, c.At);
        List<Event> events = arrival.Attributes.Count > 0
            ? [issued, new VisitDescribed(issued.Visit, arrival.Attributes, booking.People, booking.Case, c.At)]
            : [issued];
        return Decision.Accept([.. events, new BookingCheckedIn(
            booking.Id, issued.Visit, came, new Place(
                arrival.Service, priority, targetMs, service.MeanServiceMs, since,
                BoundOperator: booking.Operator is { } person && rules.Operators.Contains(person) ? person : null), c.At)]);
    }

    private static Attendance AttendanceOf(CheckInTime came) => came switch
    {
        CheckInTime.Early => Attendance.Early,
        CheckInTime.OnTime => Attendance.OnTime,
        _ => Attendance.Late,
    };

    /// <summary>An appointment's own figures; a segment that is more important still counts.</summary>
    internal static (int Priority, long TargetMs) Importance(
        BranchRules rules, ServiceRules service, string name, string? segment, CheckInTime came)
    {
        var ordinary = TicketDecisions.Importance(rules, service, segment);
        if (came == CheckInTime.WalkIn)
        {
            return ordinary;
        }

        var own = RulesOf(rules, name);
        return (own.Priority is { } priority ? segment is null ? priority : Math.Max(priority, ordinary.Priority) : ordinary.Priority,
            own.TargetMs is { } target ? segment is null ? target : Math.Min(target, ordinary.TargetMs) : ordinary.TargetMs);
    }

    /// <summary>The one booking that is meant and whose time has come.</summary>
    private static Refusal? Find(BranchState state, BranchRules rules, CheckIn c, out Booking booking, out CheckInTime came)
    {
        (booking, came) = (null!, default);
        var matching = state.Bookings.Matching(c.By, c.Value).ToList();
        if (matching.Count == 0)
        {
            return Refusal.UnknownBooking;
        }

        var expected = matching.Where(h => h.State == BookingState.Open || CameWithoutPaper(state, h)).Select(h => h.Booking).ToList();
        if (expected.Count == 0)
        {
            return WhyNot(state, matching, c);
        }

        var wall = c.At.Milliseconds + state.Clock.DisplayOffset;
        var now = state.Clock.Trusted ? expected.Where(b => InTime(rules, b, wall)).ToList() : expected;
        if (now.Count > 1)
        {
            return Refusal.SeveralBookings;
        }

        if (now.Count == 0)
        {
            return NotNow(state, rules, expected, wall);
        }

        booking = now[0];
        came = !state.Clock.Trusted ? CheckInTime.OnTime
            : wall < booking.SlotUtcMs ? CheckInTime.Early
            : wall <= booking.SlotUtcMs + RulesOf(rules, booking.Service).LateMs ? CheckInTime.OnTime
            : CheckInTime.WalkIn;
        return null;
    }

    /// <summary>No ticket came out when this customer checked in, so the visit was cancelled: they try again.</summary>
    private static bool CameWithoutPaper(BranchState state, HeldBooking held) =>
        held is { State: BookingState.CheckedIn, Visit: { } visit }
        && state.Find(visit) is { } came && PrintDecisions.HadNoPaper(came);

    /// <summary>
    /// A late report brings a visit back. Not when its customer has checked in again meanwhile: one booking is one visit, and that
    /// one has the newer ticket in hand. Its own paper stays without a place.
    /// </summary>
    public static bool MayComeBack(BranchState state, Visit visit) =>
        state.Facts(visit.Number)?.Booking is not { } booking || state.Bookings.Find(booking) is not { Visit: { } holder }
        || holder == visit.Number || (state.Find(holder) is { } other && PrintDecisions.HadNoPaper(other));

    private static bool InTime(BranchRules rules, Booking booking, long wall)
    {
        var own = RulesOf(rules, booking.Service);
        return wall >= booking.SlotUtcMs - own.EarlyMs
            && (own.LateIsWalkIn || wall <= booking.SlotUtcMs + own.LateMs)
            && wall < booking.SlotUtcMs + Math.Max(own.LapseMs, own.LateMs + 1);
    }

    // Only who has the booking's secret is told where its customer is: a number can be tried, and a phone number be somebody else's.
    private static Refusal WhyNot(BranchState state, List<HeldBooking> matching, CheckIn c) =>
        matching.LastOrDefault(h => h.State == BookingState.CheckedIn) is { Visit: { } visit } used
            ? c.By == CheckInBy.Token && used.Booking.TokenHash == BookingToken.HashOf(c.Value) && state.Find(visit) is { } found
                ? Refusal.BookingUsed(found.Label) : Refusal.BookingUsedBefore
        : matching.Exists(h => h.State == BookingState.Lapsed) ? Refusal.BookingLapsed
        : Refusal.BookingWithdrawn;

    // The next one that will come in time; if there is none, the last that was.
    private static Refusal NotNow(BranchState state, BranchRules rules, List<Booking> expected, long wall)
    {
        if (expected.Where(b => b.SlotUtcMs > wall).MinBy(b => b.SlotUtcMs) is not { } next)
        {
            return Refusal.BookingTooLate(LocalTime(state, expected.Max(b => b.SlotUtcMs), wall));
        }

        return Refusal.BookingTooEarly(
            LocalTime(state, next.SlotUtcMs, wall), LocalTime(state, next.SlotUtcMs - RulesOf(rules, next.Service).EarlyMs, wall));
    }

    /// <summary>As a clock on the wall shows it; with the date when that is not today's.</summary>
    public static string LocalTime(BranchState state, long utcMs, long wallUtcMs)
    {
        var offset = TimeSpan.FromMinutes(state.Clock.UtcOffsetMinutes);
        var (then, now) = (DateTime.UnixEpoch.AddMilliseconds(utcMs) + offset, DateTime.UnixEpoch.AddMilliseconds(wallUtcMs) + offset);
        return then.ToString(then.Date == now.Date ? "HH:mm" : "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
    }
}
