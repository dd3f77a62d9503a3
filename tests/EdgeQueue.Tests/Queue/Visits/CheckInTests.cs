using EdgeQueue.Core.Queue;
using EdgeQueue.Tests.Queue.Support;
using static EdgeQueue.Tests.Queue.Support.Say;
using static EdgeQueue.Tests.Queue.Support.Scenario;
using static EdgeQueue.Tests.Queue.Support.VisitSay;

namespace EdgeQueue.Tests.Queue.Visits;

public sealed class CheckInTests
{
    private const double Minute = 60;

    [Fact]
    public void Who_comes_before_the_slot_waits_from_the_slot_on() =>
        GivenRules(Appointments(priority: 70, targetMs: 120_000), Placed("4711", 20 * Minute))
            .When(Comes("4711", at: 5 * Minute))
            .Then(
                new TicketIssued(1, "A001", "A", 1, "cash", null, 70, 120_000, 240_000, "en", null, "press-in", null, At(5 * Minute), false, true, At(5 * Minute)),
                new BookingCheckedIn("4711", 1, CheckInTime.Early, new Place("cash", 70, 120_000, 240_000, At(20 * Minute)), At(5 * Minute)))
            .See(s => Assert.Equal(BookingState.CheckedIn, s.FindBooking("4711")!.State));

    [Fact]
    public void Who_comes_after_the_slot_waits_from_now_on() =>
        GivenRules(Appointments(), Placed("4711", 0))
            .When(Comes("4711", at: 10 * Minute))
            .ThenOne<BookingCheckedIn>(c => Assert.Equal((CheckInTime.OnTime, At(10 * Minute)), (c.Came, c.Place.Since)));

    [Fact]
    public void Who_comes_after_the_late_window_is_an_ordinary_customer() =>
        GivenRules(Appointments(priority: 70), Placed("4711", 0))
            .When(Comes("4711", at: (10 * Minute) + 0.001))
            .ThenOne<BookingCheckedIn>(c => Assert.Equal((CheckInTime.WalkIn, 40), (c.Came, c.Place.Priority)))
            .See(s => Assert.False(s.Facts(1)!.IsAppointment));

    [Fact]
    public void Or_is_refused_where_the_policy_says_so() =>
        GivenRules(Appointments(lateIsWalkIn: false), Placed("4711", 0))
            .When(Comes("4711", at: (10 * Minute) + 0.001))
            .ThenRefused(Refusal.BookingTooLate("09:00"));

    [Fact]
    public void Who_comes_much_too_early_is_told_when_to_come() =>
        GivenRules(Appointments(), Placed("4711", 120 * Minute))
            .When(Comes("4711", at: 0))
            .ThenRefused(Refusal.BookingTooEarly("11:00", "10:30"));

    [Fact]
    public void A_slot_of_another_day_is_told_with_its_date() =>
        GivenRules(Appointments(), Placed("4711", 24 * 60 * Minute))
            .When(Comes("4711", at: 0))
            .ThenRefused(Refusal.BookingTooEarly("2026-01-06 09:00", "2026-01-06 08:30"));

    [Fact]
    public void A_second_check_in_is_told_the_ticket_of_the_first_only_by_the_bookings_own_code() =>
        GivenRules(Appointments(), Placed("4711", 0, token: "Zb9xQ2mT7vKc4RfL", phone: Phone))
            .When(Comes("4711", at: 10)).ThenAccepted()
            .When(Comes("Zb9xQ2mT7vKc4RfL", at: 20, press: "another", by: CheckInBy.Token)).ThenRefused(Refusal.BookingUsed("A001"))
            .When(Comes("4711", at: 20, press: "another")).ThenRefused(Refusal.BookingUsedBefore)
            .When(Comes("4711", at: 20, press: "another", by: CheckInBy.Token)).ThenRefused(Refusal.BookingUsedBefore)
            .When(Comes(Phone, at: 20, press: "another", by: CheckInBy.Phone)).ThenRefused(Refusal.BookingUsedBefore);

    [Fact]
    public void The_same_press_again_has_no_second_effect() =>
        GivenRules(Appointments(), Placed("4711", 0))
            .When(Comes("4711", at: 10)).ThenAccepted()
            .When(Comes("4711", at: 20)).ThenNothing();

    [Fact]
    public void Who_got_no_paper_may_check_in_again() =>
        GivenRules(Appointments(), Placed("4711", 0))
            .When(Comes("4711", at: 10)).ThenAccepted()
            .When(new ReportPrint(1, PrintOutcome.Failed, false, At(12))).ThenAccepted()
            .When(Comes("4711", at: 20, press: "another"))
            .ThenOne<BookingCheckedIn>(c => Assert.Equal(2, c.Visit));

    [Fact]
    public void A_paper_that_came_out_late_is_no_second_visit_of_a_booking_that_was_checked_in_again() =>
        GivenRules(Appointments(), Placed("4711", 0))
            .When(Comes("4711", at: 10)).ThenAccepted()
            .When(new ReportPrint(1, PrintOutcome.Failed, false, At(12))).ThenAccepted()
            .When(Comes("4711", at: 20, press: "another")).ThenAccepted()
            .When(new ReportPrint(1, PrintOutcome.Printed, false, At(25))).Then(new TicketPrintReported(1, PrintOutcome.Printed, false, At(25)))
            .When(new ReportPrint(1, PrintOutcome.Printed, false, At(26))).ThenNothing()
            .See(s => Assert.Equal((1, 2L), (s.Waiting, s.FindBooking("4711")!.Visit!.Value)));

    [Fact]
    public void Of_two_papers_that_did_not_come_out_the_first_late_one_counts_and_the_other_does_not() =>
        GivenRules(Appointments(), Placed("4711", 0))
            .When(Comes("4711", at: 10)).ThenAccepted()
            .When(new ReportPrint(1, PrintOutcome.Failed, false, At(12))).ThenAccepted()
            .When(Comes("4711", at: 20, press: "another")).ThenAccepted()
            .When(new ReportPrint(2, PrintOutcome.Failed, false, At(22))).ThenAccepted()
            .When(new ReportPrint(1, PrintOutcome.Printed, false, At(25))).ThenOneRestored(1)
            .When(new ReportPrint(2, PrintOutcome.Printed, false, At(26))).Then(new TicketPrintReported(2, PrintOutcome.Printed, false, At(26)))
            .When(Comes("4711", at: 30, press: "third")).ThenRefused(Refusal.BookingUsedBefore)
            .See(s => Assert.Equal((1, 1L), (s.Waiting, s.FindBooking("4711")!.Visit!.Value)));

    [Fact]
    public void A_long_number_that_is_printed_as_a_barcode_is_found_as_a_number() =>
        GivenRules(Appointments(), Placed("2026-0000000004711", 0))
            .When(Comes("2026-0000000004711", at: 10, by: CheckInBy.Token))
            .ThenOne<BookingCheckedIn>(c => Assert.Equal("2026-0000000004711", c.Booking));

    [Fact]
    public void A_phone_number_with_one_booking_now_is_enough() =>
        GivenRules(Appointments(), Placed("4711", 0, phone: Phone), Placed("4712", 300 * Minute, phone: Phone))
            .When(Comes(Phone, at: 10, by: CheckInBy.Phone))
            .ThenOne<BookingCheckedIn>(c => Assert.Equal("4711", c.Booking));

    [Fact]
    public void With_several_now_the_number_is_asked_for() =>
        GivenRules(Appointments(), Placed("4711", 0, phone: Phone), Placed("4712", 5 * Minute, phone: Phone))
            .When(Comes(Phone, at: 10, by: CheckInBy.Phone)).ThenRefused(Refusal.SeveralBookings)
            .When(Comes("4712", at: 20))
            .ThenOne<BookingCheckedIn>(c => Assert.Equal("4712", c.Booking));

    [Fact]
    public void A_qr_code_is_one_booking() =>
        GivenRules(Appointments(), Placed("4711", 0, token: "Zb9xQ2mT7vKc4RfL"))
            .When(Comes("Zb9xQ2mT7vKc4RfL", at: 10, by: CheckInBy.Token))
            .ThenOne<BookingCheckedIn>(c => Assert.Equal("4711", c.Booking))
            .When(Comes("4711-guessed", at: 11, press: "p2", by: CheckInBy.Token)).ThenRefused(Refusal.UnknownBooking);

    [Fact]
    public void A_segment_that_is_more_important_than_an_appointment_counts() =>
        GivenRules(Appointments(priority: 70, targetMs: 400_000), Placed("4711", 0, segment: "premium"))
            .When(Comes("4711", at: 10))
            .ThenOne<TicketIssued>(t => Assert.Equal((95, 180_000L), (t.Priority, t.TargetMs)));

    [Fact]
    public void An_early_customer_is_called_when_nobody_else_waits_and_has_waited_nothing() =>
        GivenRules(Appointments(), Opened("1"), Placed("4711", 20 * Minute))
            .When(Comes("4711", at: 0)).ThenAccepted()
            .When(Next(at: 10)).ThenCalls(1, why => Assert.Equal(0, why.WaitMs))
            .See(s => Assert.Equal(0, s.Find(1)!.Durations.WaitingMs));

    [Fact]
    public void An_ordinary_customer_goes_before_one_whose_slot_is_yet_to_come() =>
        GivenRules(Appointments(), Opened("1"), Placed("4711", 20 * Minute))
            .When(Comes("4711", at: 0)).ThenAccepted()
            .When(Take(at: 60)).ThenAccepted()
            .When(Next(at: 70)).ThenCalls(2);

    [Fact]
    public void While_the_clock_is_not_trusted_nobody_is_early_or_late() =>
        GivenRules(Appointments(), new ClockStepped(BranchClock.Unknown, At(1)), Placed("4711", 300 * Minute))
            .When(Comes("4711", at: 10))
            .ThenOne<BookingCheckedIn>(c => Assert.Equal((CheckInTime.OnTime, At(10)), (c.Came, c.Place.Since)));

    [Fact]
    public void A_number_that_nobody_booked_is_unknown() =>
        GivenRules(Appointments()).When(Comes("4711", at: 10)).ThenRefused(Refusal.UnknownBooking);
}
