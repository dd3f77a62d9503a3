using EdgeQueue.Core.Queue;
using EdgeQueue.Tests.Queue.Support;
using static EdgeQueue.Tests.Queue.Support.Say;
using static EdgeQueue.Tests.Queue.Support.Scenario;
using static EdgeQueue.Tests.Queue.Support.VisitSay;

namespace EdgeQueue.Tests.Queue.Visits;

public sealed class LimitTests
{
    // 2026-01-05, a Monday; the branch of these tests opens its day at 09:00.
    private const int Today = 20_458;

    private static BranchRules Service(ServiceVisitRules cash, HallRules? hall = null) =>
        Rules(VisitRules.None with { Services = new Dictionary<string, ServiceVisitRules> { ["cash"] = cash }, Hall = hall });

    private static BranchRules Hall(HallRules hall) => Service(ServiceVisitRules.None, hall);

    private static IssueTicket Person(string person, string press, double at = 5, string service = "cash") =>
        Take(service, at, press) with { Person = person };

    [Fact]
    public void When_the_quota_is_given_nobody_else_gets_a_ticket() =>
        GivenRules(Service(new(DailyQuota: 2)))
            .When(Take(press: "p1")).ThenAccepted().When(Take(press: "p2")).ThenAccepted()
            .When(Take(press: "p3")).ThenRefused(Refusal.QuotaReached("cash", 2))
            .See(s => Assert.False(s.GivesTickets("cash", At(1))))
            .See(s => Assert.True(s.GivesTickets("loans", At(1))));

    [Fact]
    public void A_ticket_that_never_came_out_goes_back_into_the_quota() =>
        GivenRules(Service(new(DailyQuota: 1)))
            .When(Take(press: "p1")).ThenAccepted()
            .When(new ReportPrint(1, PrintOutcome.Failed, false, At(2))).ThenAccepted()
            .When(Take(press: "p2", at: 3)).ThenAccepted();

    [Fact]
    public void Who_is_expected_has_a_ticket_of_the_quota_and_gets_it() =>
        GivenRules(Service(new(DailyQuota: 1)), Placed("4711", 600))
            .When(Take(press: "p1")).ThenRefused("quotaReached")
            .When(Comes("4711", 100)).ThenAccepted();

    [Fact]
    public void The_next_day_has_a_quota_of_its_own() =>
        GivenRules(Service(new(DailyQuota: 1)))
            .When(Take(press: "p1")).ThenAccepted()
            .When(new CloseDay(At(100))).ThenAccepted()
            .When(Take(press: "p2", at: 101)).ThenAccepted();

    [Fact]
    public void A_place_that_never_closes_has_a_virtual_closing_numbers_and_quotas_begin_anew_and_nobody_has_to_leave()
    {
        var rules = Service(new(DailyQuota: 1)) with { Policy = TestRules.Policy with { ClearAtClose = false, DayEndsMinute = 9 * 60 + 10 } };
        GivenRules(rules, Opened("1"), new DayClosingPlanned(1, At(600), At(0)))
            .When(Take(press: "p1", at: 500)).ThenOne<TicketIssued>(t => Assert.Equal("A001", t.Label))
            .When(Take("loans", 501, "p2")).ThenAccepted()
            .When(Next(at: 502)).ThenCalls(1)
            .When(Arrives(at: 503)).ThenAccepted()
            .When(Take(press: "p3", at: 599)).ThenRefused("quotaReached")
            .When(Ticks(600)).ThenOne<DayOpened>(d => Assert.Equal((2, At(600 + 86_400)), (d.Day, d.ClosesAt)))
            .See(s => Assert.Equal((VisitPhase.Serving, VisitPhase.Waiting), (s.Find(1)!.Phase, s.Find(2)!.Phase)))
            .When(Take(press: "p4", at: 601)).ThenOne<TicketIssued>(t => Assert.Equal("A002", t.Label))
            .When(Done(at: 602)).ThenAccepted()
            .When(Next(at: 603)).ThenCalls(2)
            .See(s => Assert.True(s.GivesTickets("loans", At(700))));
    }

    [Fact]
    public void One_person_gets_so_many_of_a_day() =>
        GivenRules(Service(new(PerPerson: 1)))
            .When(Person("p7", "a")).ThenAccepted()
            .When(Person("p7", "b")).ThenRefused(Refusal.PersonLimit("cash", 1))
            .When(Person("p8", "c")).ThenAccepted()
            .When(Person("p7", "d", service: "loans")).ThenAccepted()
            .When(new CancelVisit(1, "left", At(6))).ThenAccepted()
            .When(Person("p7", "e", 7)).ThenAccepted();

    [Fact]
    public void One_person_has_so_many_at_a_time() =>
        GivenRules(Hall(HallRules.Open with { PerPerson = 1 }), Opened("1"))
            .When(Person("p7", "a")).ThenAccepted()
            .When(Person("p7", "b", service: "loans")).ThenRefused(Refusal.HasTicket(1))
            .When(Next(at: 6)).ThenCalls(1).When(Arrives(at: 7)).ThenAccepted().When(Done(at: 8)).ThenAccepted()
            .When(Person("p7", "c", 9, "loans")).ThenAccepted();

    [Fact]
    public void A_full_hall_lets_nobody_in_and_counts_heads() =>
        GivenRules(Hall(HallRules.Open with { MaxPeople = 4 }))
            .When(Take(press: "a") with { People = 3 }).ThenAccepted()
            .When(Take(press: "b") with { People = 2 }).ThenRefused(Refusal.HallFull(4))
            .When(Take(press: "c")).ThenAccepted()
            .See(s => Assert.Equal(4, s.PeoplePresent))
            .When(new CancelVisit(1, "left", At(6))).ThenAccepted()
            .When(Take(press: "d", at: 7) with { People = 3 }).ThenAccepted();

    [Fact]
    public void A_group_that_the_empty_hall_would_not_hold_is_not_told_to_come_back() =>
        GivenRules(Hall(HallRules.Open with { MaxPeople = 4 }))
            .When(Take(press: "a") with { People = 5 }).ThenRefused(Refusal.GroupTooLarge(4))
            .When(Take(press: "b") with { People = 4 }).ThenAccepted()
            .When(Take(press: "c") with { People = 5 }).ThenRefused(Refusal.GroupTooLarge(4));

    [Fact]
    public void What_one_person_may_have_now_and_in_a_day_is_refused_in_other_words() =>
        GivenRules(Service(new(PerPerson: 2), HallRules.Open with { PerPerson = 1 }), Opened("1"))
            .When(Person("p7", "a")).ThenAccepted()
            .When(Person("p7", "b")).ThenRefused(Refusal.HasTicket(1))
            .When(new CancelVisit(1, "left", At(6))).ThenAccepted()
            .When(Person("p7", "c", 7)).ThenAccepted()
            .When(Next(at: 8)).ThenCalls(2).When(Arrives(at: 9)).ThenAccepted().When(Done(at: 10)).ThenAccepted()
            .When(Person("p7", "d", 11)).ThenAccepted()
            .When(Next(at: 12)).ThenCalls(3).When(Arrives(at: 13)).ThenAccepted().When(Done(at: 14)).ThenAccepted()
            .When(Person("p7", "e", 15)).ThenRefused(Refusal.PersonLimit("cash", 2));

    [Theory]
    [InlineData(HallMode.Bookings, "bookingsOnly")]
    [InlineData(HallMode.Live, "liveQueue")]
    public void In_other_modes_only_a_booking_gives_a_ticket(HallMode mode, string refusal) =>
        GivenRules(Hall(HallRules.Open with { Mode = mode }), Placed("4711", 0))
            .When(Take()).ThenRefused(refusal)
            .When(Comes("4711", 10)).ThenAccepted();

    [Fact]
    public void One_service_may_be_for_bookings_only() =>
        GivenRules(Service(new(BookingsOnly: true)))
            .When(Take()).ThenRefused(Refusal.BookingsOnly("cash"))
            .When(Take("loans")).ThenAccepted();

    [Fact]
    public void A_holiday_is_closed_for_the_services_it_names() =>
        GivenRules(Hall(HallRules.Open with { Exceptions = [new DayException(Today, ["cash"], [])] }))
            .When(Take()).ThenRefused(Refusal.ServiceClosed("cash"))
            .When(Take("loans")).ThenAccepted();

    [Fact]
    public void A_day_with_other_hours_has_those_and_no_others() =>
        GivenRules(Hall(HallRules.Open with { Exceptions = [new DayException(Today, [], [new OpenSpan(10 * 60, 12 * 60)])] }))
            .When(Take(at: 3599)).ThenRefused("serviceClosed")
            .When(Take(at: 3600)).ThenAccepted()
            .When(Take(at: 3 * 3600, press: "b")).ThenRefused("serviceClosed");

    [Fact]
    public void When_the_wait_passes_closing_there_are_no_more_tickets()
    {
        var open = Hall(HallRules.Open with { StopBeforeClosing = true });
        var rules = open with
        {
            Services = TestRules.WithService("cash", s => s with
            {
                Hours = [new OpeningHours([DayOfWeek.Monday], 0, 9 * 60 + 30), new OpeningHours([DayOfWeek.Monday], 9 * 60 + 30, 10 * 60)],
            }).Services,
        };

        GivenRules(rules)
            .When(Take(press: "a") with { ExpectedWaitMs = 3_600_000 }).ThenAccepted()
            .When(Take(press: "b") with { ExpectedWaitMs = 3_600_001 }).ThenRefused(Refusal.ClosingSoon("cash", 61, 60))
            .When(Take(press: "c")).ThenAccepted()
            .When(Take("loans", press: "d") with { ExpectedWaitMs = 36_000_000 }).ThenAccepted();
    }

    [Fact]
    public void A_service_that_is_open_past_midnight_closes_when_it_closes()
    {
        OpeningHours[] night = [new([DayOfWeek.Monday], 0, 1440), new([DayOfWeek.Tuesday], 0, 120)];
        var rules = Hall(HallRules.Open with { StopBeforeClosing = true }) with { Services = TestRules.WithService("cash", s => s with { Hours = night }).Services };

        GivenRules(rules)
            .When(Take(press: "a") with { ExpectedWaitMs = 17 * 3_600_000L }).ThenAccepted()
            .When(Take(press: "b") with { ExpectedWaitMs = (17 * 3_600_000L) + 1 }).ThenRefused("closingSoon");
    }
}
