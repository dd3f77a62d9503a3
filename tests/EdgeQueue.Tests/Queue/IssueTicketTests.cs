using EdgeQueue.Core.Queue;
using static EdgeQueue.Tests.Queue.Support.Say;
using static EdgeQueue.Tests.Queue.Support.Scenario;
using TestRules = EdgeQueue.Tests.Queue.Support.TestRules;

namespace EdgeQueue.Tests.Queue;

public sealed class IssueTicketTests
{
    [Fact]
    public void The_first_customer_of_the_day_gets_the_first_number() =>
        Given().When(Take("cash", at: 5, press: "p1"))
            .Then(new TicketIssued(
                1, "A001", "A", 1, "cash", null, 40, 600_000, 240_000, "en", null, "p1", null, At(5), false, true, At(5)));

    [Fact]
    public void Services_with_one_letter_share_one_sequence() =>
        Given(Issued(1, "A001")).When(Take("pickup"))
            .ThenOne<TicketIssued>(t => Assert.Equal(("A002", "pickup"), (t.Label, t.Service)));

    [Fact]
    public void A_segment_brings_its_own_priority_and_its_target_where_it_has_one() =>
        Given()
            .When(Take("cash", press: "p1", segment: "premium"))
            .ThenOne<TicketIssued>(t => Assert.Equal((95, 180_000), (t.Priority, t.TargetMs)))
            .When(Take("cash", press: "p2", segment: "disabled"))
            .ThenOne<TicketIssued>(t => Assert.Equal((90, 600_000), (t.Priority, t.TargetMs)));

    [Fact]
    public void A_new_business_day_starts_at_the_first_number_again() =>
        Given(Issued(1), Issued(2), new VisitEnded(1, VisitEnd.Cleared, null, At(9)), new VisitEnded(2, VisitEnd.Cleared, null, At(9)),
                new DayClosed(1, At(9)), new DayOpened(2, null, At(9)))
            .When(Take()).ThenOne<TicketIssued>(t => Assert.Equal((3, "A001"), (t.Visit, t.Label)));

    [Fact]
    public void A_label_that_somebody_kept_overnight_still_holds_is_stepped_over() =>
        Given(Issued(1), new DayClosed(1, At(9)), new DayOpened(2, null, At(9)))
            .When(Take()).ThenOne<TicketIssued>(t => Assert.Equal("A002", t.Label));

    [Fact]
    public void A_number_that_a_dispenser_holds_is_stepped_over() =>
        Given(Leased("lease-1", 1, 10)).When(Take()).ThenOne<TicketIssued>(t => Assert.Equal("A011", t.Label));

    [Fact]
    public void When_all_numbers_are_given_it_is_said_and_none_is_given_twice() =>
        Given(Issued(5, "L005", "loans")).When(Take("loans")).ThenRefused(Refusal.NumbersExhausted("loans"));

    [Fact]
    public void A_press_that_is_a_visit_already_makes_no_second_one() =>
        Given(Issued(1)).When(Take(press: "press-1")).ThenNothing();

    [Fact]
    public void A_hall_as_full_as_configured_takes_nobody_more() =>
        GivenRules(TestRules.With(p => p with { MaxWaiting = 1 }), Issued(1)).When(Take()).ThenRefused("tooMany");

    [Fact]
    public void Outside_its_hours_a_service_gives_no_tickets()
    {
        var monday = TestRules.WithService("cash", s => s with { Hours = [new([DayOfWeek.Monday], 9 * 60, 10 * 60)] });
        GivenRules(monday).When(Take(at: 3599)).ThenAccepted()
            .When(Take(at: 3600, press: "later")).ThenRefused(Refusal.ServiceClosed("cash"));
    }

    [Fact]
    public void While_the_wall_clock_is_not_trusted_hours_do_not_apply()
    {
        var sunday = TestRules.WithService("cash", s => s with { Hours = [new([DayOfWeek.Sunday], 0, 1440)] });
        GivenRules(sunday, new ClockStepped(BranchClock.Unknown, At(1))).When(Take(at: 2)).ThenAccepted();
    }

    [Theory]
    [InlineData("garden", null, "unknownService")]
    [InlineData("cash", "pirates", "unknownSegment")]
    public void What_is_not_configured_is_named(string service, string? segment, string code) =>
        Given().When(Take(service, segment: segment)).ThenRefused(code);

    [Fact]
    public void During_an_evacuation_nobody_gets_a_ticket() =>
        Given(new EvacuationStarted(At(1))).When(Take()).ThenRefused(Refusal.Evacuating);

    [Fact]
    public void A_branch_without_configuration_says_so() => GivenNothing().When(Take()).ThenRefused(Refusal.NotConfigured);
}
