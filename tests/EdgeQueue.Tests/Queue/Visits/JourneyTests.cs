using EdgeQueue.Core.Queue;
using EdgeQueue.Tests.Queue.Support;
using static EdgeQueue.Tests.Queue.Support.Say;
using static EdgeQueue.Tests.Queue.Support.Scenario;

namespace EdgeQueue.Tests.Queue.Visits;

public sealed class JourneyTests
{
    private static IssueTicket Comes(bool bestOrder, params JourneyStep[] steps) => Take(at: 5) with { Steps = steps, BestOrder = bestOrder };

    private static Scenario AtCounter(params JourneyStep[] steps) =>
        Given(Opened("1"), Opened("2", "boris"))
            .When(Comes(false, steps)).ThenAccepted()
            .When(Next(at: 10)).ThenCalls(1).When(Arrives(at: 20)).ThenAccepted();

    [Fact]
    public void After_one_service_the_visit_waits_for_the_next() =>
        AtCounter(new JourneyStep("pickup"), new JourneyStep("loans"))
            .When(Done(at: 30))
            .Then(
                new TransactionFinished(1, "1", "cash", [], null, [], At(30)),
                new JourneyPlanned(1, [new JourneyStep("loans")], false, new JourneyStep("pickup"), At(30)),
                new VisitTransferred(1, "1", "anna", false, new Place("pickup", 60, 300_000, 150_000, At(30)), At(30)))
            .When(Next("2", 40)).ThenCalls(1).When(Arrives("2", 41)).ThenAccepted().When(Done("2", 50)).ThenAccepted()
            .See(s => Assert.Equal("loans", s.Find(1)!.Service))
            .When(Next("1", 60)).ThenCalls(1).When(Arrives("1", 61)).ThenAccepted().When(Done("1", 70)).ThenAccepted()
            .See(s => Assert.Equal(["cash", "pickup", "loans"], s.Find(1)!.Transactions.Select(t => t.Service)))
            .See(s => Assert.Equal(VisitEnd.Finished, s.Find(1)!.End));

    [Fact]
    public void In_the_best_order_the_shortest_expected_wait_comes_first() =>
        // Loans: nobody waits. Pickup: one of 150 s at two counters.
        Given(Opened("1"), Opened("2", "boris"), Issued(9, "A009", "pickup"))
            .When(Comes(true, new JourneyStep("pickup"), new JourneyStep("loans"))).ThenOne<TicketIssued>(t => Assert.Equal("cash", t.Service))
            .When(Next(at: 10)).ThenCalls(9)
            .When(Next("2", 11)).ThenCalls(10).When(Arrives("2", 12)).ThenAccepted()
            .When(Take("pickup", 13, "p13")).ThenAccepted()
            .When(Done("2", 14)).ThenOne<VisitTransferred>(t => Assert.Equal("loans", t.Place.Service));

    [Fact]
    public void A_service_that_no_open_counter_calls_comes_last() =>
        Given(Opened("1", profile: "cash"), Issued(8), Issued(9))
            .When(Take("loans", 5) with { Steps = [new JourneyStep("cash")], BestOrder = true })
            .ThenOne<TicketIssued>(t => Assert.Equal("cash", t.Service))
            .See(s => Assert.Equal(["loans"], s.Facts(10)!.Steps!.Select(p => p.Service)));

    [Fact]
    public void The_best_order_goes_by_the_means_that_were_learned()
    {
        var rules = TestRules.Branch with { Calling = CallingSettings.None with { LearnedServices = ["loans"] } };
        Scenario Story(params Event[] learned) =>
            GivenRules(rules, [Opened("1", profile: "cash"), Opened("3", "clara", "loans"), Issued(8), Issued(9, "L002", "loans"), .. learned]);

        Story().When(Comes(true, new JourneyStep("loans"))).ThenOne<TicketIssued>(t => Assert.Equal("cash", t.Service));
        Story(new MeanServiceLearned("loans", 60_000, At(1)))
            .When(Comes(true, new JourneyStep("loans"))).ThenOne<TicketIssued>(t => Assert.Equal("loans", t.Service));
    }

    [Fact]
    public void And_by_who_is_at_the_counters_and_for_how_long_still()
    {
        Scenario Story(double now) =>
            Given(Opened("1", profile: "cash"), Opened("3", "clara", "loans"), Issued(8), Called(8, "1", 1), Arrived(8, "1", 2))
                .When(Comes(true, new JourneyStep("loans")) with { At = At(now) });

        Story(241).ThenOne<TicketIssued>(t => Assert.Equal("loans", t.Service));
        Story(242).ThenOne<TicketIssued>(t => Assert.Equal("cash", t.Service));
    }

    [Fact]
    public void A_step_may_be_for_the_operator_before() =>
        AtCounter(new JourneyStep("cash", "anna"))
            .When(Done(at: 30)).ThenOne<VisitTransferred>(t => Assert.Equal("anna", t.Place.BoundOperator))
            .When(Next("2", 40)).ThenRefused(Refusal.NobodyWaiting)
            .When(Next("1", 41)).ThenCalls(1);

    [Fact]
    public void Steps_are_added_and_taken_away_on_the_way() =>
        AtCounter()
            .When(s => new AddStep("1", s.Counter("1").Version, new JourneyStep("loans"), At(25)))
            .Then(new JourneyPlanned(1, [new JourneyStep("loans")], false, null, At(25)))
            .When(new PlanJourney(1, [], false, At(26))).ThenAccepted()
            .When(Done(at: 30)).ThenOne<VisitEnded>(e => Assert.Equal(VisitEnd.Finished, e.How));

    [Fact]
    public void A_wrong_finish_puts_the_step_ahead_again() =>
        AtCounter(new JourneyStep("pickup"), new JourneyStep("loans"))
            .When(Done(at: 30)).ThenAccepted()
            .When(TakeBack(at: 31))
            .Then(
                new JourneyPlanned(1, [new JourneyStep("pickup"), new JourneyStep("loans")], false, null, At(31)),
                new VisitReinstated(1, "1", true, At(31)));

    [Fact]
    public void Who_was_lent_comes_back_before_the_journey_goes_on() =>
        AtCounter(new JourneyStep("loans"))
            .When(Send("1", service: "pickup", back: true, at: 30)).ThenAccepted()
            .When(Next("2", 31)).ThenCalls(1).When(Arrives("2", 32)).ThenAccepted()
            .When(Done("2", 33)).ThenOne<VisitTransferred>(t => Assert.Equal(("cash", true), (t.Place.Service, t.Place.Returning)))
            .When(Next("1", 34)).ThenCalls(1).When(Arrives("1", 35)).ThenAccepted()
            .When(Done("1", 36)).ThenOne<VisitTransferred>(t => Assert.Equal("loans", t.Place.Service));

    [Fact]
    public void Steps_that_lead_nowhere_are_refused() =>
        AtCounter()
            .When(new PlanJourney(1, [new JourneyStep("nosuch")], false, At(25))).ThenRefused("unknownService")
            .When(new PlanJourney(1, [new JourneyStep("cash", "nobody")], false, At(25))).ThenRefused("unknownOperator")
            .When(new PlanJourney(1, [.. Enumerable.Repeat(new JourneyStep("cash"), 17)], false, At(25))).ThenRefused("tooMany")
            .When(new PlanJourney(7, [], false, At(25))).ThenRefused(Refusal.UnknownVisit);

    [Fact]
    public void A_family_has_one_ticket_and_a_case_its_name() =>
        Given()
            .When(Take(at: 5) with { People = 4, Case = "case-9" })
            .ThenOne<VisitDescribed>(d => Assert.Equal((4, "case-9"), (d.People, d.Case)))
            .See(s => Assert.Equal((4, 1), (s.PeoplePresent, s.Waiting)));
}
