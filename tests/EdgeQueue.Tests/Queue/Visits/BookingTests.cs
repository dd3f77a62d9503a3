using EdgeQueue.Core.Queue;
using EdgeQueue.Tests.Queue.Support;
using static EdgeQueue.Tests.Queue.Support.Say;
using static EdgeQueue.Tests.Queue.Support.Scenario;
using static EdgeQueue.Tests.Queue.Support.VisitSay;

namespace EdgeQueue.Tests.Queue.Visits;

public sealed class BookingTests
{
    private const double Minute = 60;

    [Fact]
    public void A_whole_set_replaces_what_is_held() =>
        GivenRules(Appointments(), Placed("4711", 600), Placed("4712", 600), Placed("4713", 600))
            .When(new ApplyBookings(5, null, [Booked("4712", 600), Booked("4713", 900), Booked("4714", 600)], [], At(1)))
            .Then(
                new BookingWithdrawn("4711", At(1)),
                new BookingPlaced(Booked("4713", 900), At(1)), new BookingPlaced(Booked("4714", 600), At(1)), new BookingsApplied(5, [], [], At(1)));

    [Fact]
    public void Changes_leave_the_others_alone() =>
        GivenRules(Appointments(), Placed("4711", 600), Placed("4712", 600), new BookingsApplied(5, [], [], At(0)))
            .When(new ApplyBookings(6, 5, [Booked("4714", 600)], ["4712", "nosuch"], At(1)))
            .Then(new BookingWithdrawn("4712", At(1)), new BookingPlaced(Booked("4714", 600), At(1)), new BookingsApplied(6, [], [], At(1)));

    [Fact]
    public void Changes_on_another_version_are_refused_and_the_whole_set_is_asked_for() =>
        GivenRules(Appointments(), new BookingsApplied(5, [], [], At(0)))
            .When(new ApplyBookings(8, 7, [Booked("4714", 600)], [], At(1))).ThenRefused(Refusal.BookingsGap(5, 7));

    [Fact]
    public void An_older_version_changes_nothing_and_the_same_is_known() =>
        GivenRules(Appointments(), new BookingsApplied(5, [], [], At(0)))
            .When(new ApplyBookings(4, null, [Booked("4714", 600)], [], At(1))).ThenRefused(Refusal.BookingsOlder(5, 4))
            .When(new ApplyBookings(5, null, [Booked("4714", 600)], [], At(1))).ThenNothing();

    [Fact]
    public void A_check_in_beats_a_move_and_a_cancellation_that_come_later() =>
        GivenRules(Appointments(), Placed("4711", 0), Placed("4712", 0))
            .When(Comes("4711", 10)).ThenAccepted().When(Comes("4712", 10, press: "p2")).ThenAccepted()
            .When(new ApplyBookings(6, null, [Booked("4711", 3600)], [], At(11)))
            .Then(new BookingsApplied(6, ["4712", "4711"], [], At(11)))
            .See(s => Assert.Equal(2, s.Waiting));

    [Fact]
    public void What_cannot_be_held_is_told_and_the_rest_is_held() =>
        GivenRules(Appointments())
            .When(new ApplyBookings(1, null,
            [
                Booked("4711", 600), Booked("4711", 700), Booked("4712", 600, service: "nosuch"), Booked("no number", 600),
                Booked("4713", 600, phone: "91234567"), Booked("4714", 600, token: "short"), Booked("4715", -90_000_000_000),
                Booked("4716", 600, token: "Zb9xQ2mT7vKc4RfL"), Booked("4717", 600, token: "Zb9xQ2mT7vKc4RfL"), Booked("4718", 600, people: 0),
            ], [], At(1)))
            .ThenOne<BookingsApplied>(a => Assert.Equal(
                ["4711", "4712", "no number", "4713", "4714", "4715", "4717", "4718"], a.Rejected.Select(r => r.Booking)))
            .See(s => Assert.Equal(["4711", "4716"], s.OpenBookings.Select(b => b.Id)));

    [Fact]
    public void A_booking_that_nobody_came_for_lapses_by_tick() =>
        GivenRules(Appointments(lapseMinutes: 20), Placed("4711", 0))
            .When(Ticks((20 * Minute) - 0.001)).ThenNothing()
            .When(Ticks(20 * Minute)).Then(new BookingLapsed("4711", At(20 * Minute)))
            .When(Comes("4711", 20 * Minute)).ThenRefused(Refusal.BookingLapsed);

    [Fact]
    public void Whoever_stands_there_when_the_clock_jumps_ahead_has_a_quarter_of_an_hour() =>
        GivenRules(Appointments(lapseMinutes: 20), Placed("4711", 3600))
            .When(Ticks(60, new BranchClock(7_200_000, 0, true)))
            .Then(new ClockStepped(new BranchClock(7_200_000, 0, true), At(60)))
            // Then it is taken for right, until it is set back.
            .When(Ticks(60 + (15 * Minute) - 0.001, new BranchClock(7_200_000, 0, true))).ThenNothing()
            .When(Ticks(60 + (15 * Minute), new BranchClock(7_200_000, 0, true))).ThenOne<BookingLapsed>(l => Assert.Equal("4711", l.Booking));

    [Fact]
    public void What_lapsed_by_a_wrong_clock_is_expected_again_when_it_is_set_back() =>
        GivenRules(Appointments(lapseMinutes: 20), Placed("4711", 0), Placed("4712", 3600), Placed("4713", 90_000))
            .When(Ticks(25 * Minute)).Then(new BookingLapsed("4711", At(25 * Minute)))
            // A day and an hour ahead, for half an hour: the day's bookings and tomorrow's first lapse.
            .When(Ticks(26 * Minute, new BranchClock(90_000_000, 0, true))).ThenOne<ClockStepped>(_ => { })
            .When(Ticks(56 * Minute, new BranchClock(90_000_000, 0, true)))
            .Then(new BookingLapsed("4712", At(56 * Minute)), new BookingLapsed("4713", At(56 * Minute)))
            .When(Comes("4712", 56.5 * Minute)).ThenRefused(Refusal.BookingLapsed)
            .When(Ticks(57 * Minute)).ThenOne<ClockStepped>(_ => { })
            // Not the one that nobody came for in truth.
            .When(Ticks(57.01 * Minute)).Then(new BookingReopened("4712", At(57.01 * Minute)), new BookingReopened("4713", At(57.01 * Minute)))
            .When(Comes("4712", 60 * Minute)).ThenOne<BookingCheckedIn>(c => Assert.Equal(CheckInTime.OnTime, c.Came))
            .When(Ticks(60.1 * Minute)).ThenNothing();

    [Fact]
    public void A_day_that_begins_under_a_wrong_clock_forgets_nobody() =>
        GivenRules(Appointments(lapseMinutes: 20), Placed("4711", 200_000), Placed("4712", 400_000))
            .When(Ticks(60, new BranchClock(864_000_000, 0, true))).ThenAccepted()
            .When(Ticks(60 + (16 * Minute), new BranchClock(864_000_000, 0, true))).ThenAccepted()
            .See(s => Assert.Empty(s.OpenBookings))
            .See(s => Evolve.Apply(s, [new DayClosed(1, At(50_000)), new DayOpened(2, null, At(50_000))]))
            .When(Ticks(50_001)).ThenAccepted().When(Ticks(50_002)).ThenAccepted()
            .See(s => Assert.Equal(["4711", "4712"], s.OpenBookings.Select(b => b.Id)));

    [Fact]
    public void What_was_taken_back_while_the_clock_was_wrong_does_not_come_back() =>
        GivenRules(Appointments(lapseMinutes: 20), Placed("4711", 3600), Placed("4712", 3600))
            .When(Ticks(60, new BranchClock(90_000_000, 0, true))).ThenAccepted()
            .When(Ticks(60 + (16 * Minute), new BranchClock(90_000_000, 0, true))).ThenAccepted()
            .When(new ApplyBookings(5, null, [Booked("4712", 3600)], [], At(1100))).Then(new BookingWithdrawn("4711", At(1100)), new BookingsApplied(5, [], [], At(1100)))
            .When(Ticks(1200)).ThenAccepted().When(Ticks(1201)).Then(new BookingReopened("4712", At(1201)))
            .When(Comes("4711", 1202)).ThenRefused(Refusal.BookingLapsed);

    [Fact]
    public void A_clock_that_becomes_right_late_lets_a_day_of_bookings_lapse_in_steps() =>
        GivenRules(Appointments(), [.. Enumerable.Range(0, 450).Select(i => Placed($"b{i}", 0))])
            .When(Ticks(7200)).See(s => Assert.Equal(250, s.OpenBookings.Count()))
            .When(Ticks(7201)).See(s => Assert.Equal(50, s.OpenBookings.Count()))
            .When(Ticks(7202)).See(s => Assert.Empty(s.OpenBookings));

    [Fact]
    public void While_the_clock_is_not_trusted_nothing_lapses() =>
        GivenRules(Appointments(), new ClockStepped(BranchClock.Unknown, At(0)), Placed("4711", 0))
            .When(Ticks(5 * 3600, BranchClock.Unknown)).ThenNothing();

    [Fact]
    public void A_lapsed_booking_that_is_moved_is_expected_again() =>
        GivenRules(Appointments(), Placed("4711", 0), new BookingLapsed("4711", At(1200)))
            .When(new ApplyBookings(2, null, [Booked("4711", 3600)], [], At(1300))).ThenOne<BookingPlaced>(p => Assert.Equal("4711", p.Booking.Id));

    [Fact]
    public void A_booking_that_lapsed_is_forgotten_a_week_after_it_did_and_one_that_is_expected_never() =>
        GivenRules(Appointments(), Placed("4711", 0), new BookingLapsed("4711", At(1200)), Placed("4712", 7200), new BookingLapsed("4712", At(8400)), Placed("4713", 0))
            .See(s => Evolve.Apply(s, [new DayClosed(1, At(610_000)), new DayOpened(2, null, At(610_000))]))
            .See(s => Assert.Equal(["4713"], s.OpenBookings.Select(b => b.Id)))
            .When(Comes("4711", 610_001)).ThenRefused(Refusal.UnknownBooking)
            .When(Comes("4712", 610_001)).ThenRefused(Refusal.BookingLapsed);
}
