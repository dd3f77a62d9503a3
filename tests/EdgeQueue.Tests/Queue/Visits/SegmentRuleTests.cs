using EdgeQueue.Core.Queue;
using EdgeQueue.Tests.Queue.Support;
using static EdgeQueue.Tests.Queue.Support.Say;
using static EdgeQueue.Tests.Queue.Support.Scenario;
using static EdgeQueue.Tests.Queue.Support.VisitSay;

namespace EdgeQueue.Tests.Queue.Visits;

public sealed class SegmentRuleTests
{
    private static SegmentRule When(
        string[]? attributes = null, string[]? services = null, string[]? languages = null, Attendance? came = null,
        string? segment = null, string? queue = null) =>
        new(attributes ?? [], services ?? [], languages ?? [], came, segment, queue);

    private static BranchRules With(params SegmentRule[] rules) => Rules(Appointments().Visits! with { SegmentRules = rules });

    private static IssueTicket Arrives(string[]? attributes = null, string service = "cash", string? segment = null, string? language = null) =>
        Take(service, 5, segment: segment, language: language) with { Attributes = attributes };

    [Fact]
    public void An_attribute_gives_the_segment_with_its_priority_and_target() =>
        GivenRules(With(When(["veteran"], segment: "premium")))
            .When(Arrives(["blind", "veteran"]))
            .Then(
                new TicketIssued(1, "A001", "A", 1, "cash", "premium", 95, 180_000, 240_000, "en", null, "press-new", null, At(5), false, true, At(5)),
                new VisitDescribed(1, ["blind", "veteran"], 1, null, At(5)));

    [Fact]
    public void All_of_a_rules_attributes_are_needed() =>
        GivenRules(With(When(["veteran", "blind"], segment: "premium")))
            .When(Arrives(["veteran"])).ThenOne<TicketIssued>(t => Assert.Null(t.Segment));

    [Fact]
    public void The_first_rule_that_fits_counts() =>
        GivenRules(With(When(["blind"], segment: "disabled"), When(["veteran"], segment: "premium")))
            .When(Arrives(["veteran", "blind"])).ThenOne<TicketIssued>(t => Assert.Equal("disabled", t.Segment));

    [Fact]
    public void A_language_may_have_a_queue_of_its_own() =>
        GivenRules(With(When(languages: ["uk"], services: ["cash"], queue: "loans")))
            .When(Arrives(language: "uk")).ThenOne<TicketIssued>(t => Assert.Equal(("loans", "L001"), (t.Service, t.Label)));

    [Fact]
    public void A_rule_for_other_services_does_not_fit() =>
        GivenRules(With(When(services: ["loans"], segment: "premium")))
            .When(Arrives(segment: "disabled")).ThenOne<TicketIssued>(t => Assert.Equal("disabled", t.Segment));

    [Fact]
    public void Who_is_late_for_an_appointment_can_be_sorted() =>
        GivenRules(With(When(came: Attendance.Late, segment: "disabled")), Placed("4711", 0), Placed("4712", 0))
            .When(Comes("4711", 60)).ThenOne<TicketIssued>(t => Assert.Null(t.Segment))
            .When(Comes("4712", 900, press: "p2")).ThenOne<TicketIssued>(t => Assert.Equal("disabled", t.Segment));

    [Fact]
    public void Too_many_or_empty_attributes_are_refused() =>
        GivenRules(With())
            .When(Arrives([.. Enumerable.Range(0, 17).Select(i => $"a{i}")])).ThenRefused("invalid")
            .When(Arrives([""])).ThenRefused("invalid");
}
