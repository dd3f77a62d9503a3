using EdgeQueue.Core.Queue;
using EdgeQueue.Tests.Queue.Support;
using static EdgeQueue.Tests.Queue.Support.Say;

namespace EdgeQueue.Tests.Queue.Calling;

/// <summary>Ratios, help, and queues that people choose.</summary>
public sealed class WorkProfileTests
{
    [Fact]
    public void Two_of_the_priority_side_then_one_of_the_others_and_the_reason_says_whose_turn_it_was() =>
        With(new ProfileSettings(Ratio: new(50, 2, 1)), CallingRuleKind.Ratio)
            .When(Next(at: 10)).ThenOne<VisitCalled>(c => Assert.Equal((4, new RatioTurn("all", 1, true)), (c.Visit, c.Turn))).Over(11)
            .When(Next(at: 12)).ThenCalls(5).Over(13)
            .When(Next(at: 14)).ThenOne<VisitCalled>(c => Assert.Equal((1, new RatioTurn("all", 0, false)), (c.Visit, c.Turn))).Over(15)
            .When(Next(at: 16)).ThenCalls(6);

    [Fact]
    public void A_turn_that_finds_nobody_of_its_side_stays_open_and_the_others_are_called_meanwhile()
    {
        var scenario = With(new ProfileSettings(Ratio: new(50, 2, 1)), CallingRuleKind.Ratio);
        foreach (var visit in (long[])[4, 5, 6])
        {
            scenario.When(new CancelVisit(visit, "left", At(9))).ThenAccepted();
        }

        scenario.When(Next(at: 10)).ThenOne<VisitCalled>(c => Assert.Equal((1, new RatioTurn("all", 0, true, Open: true)), (c.Visit, c.Turn))).Over(11)
            .When(Next(at: 12)).ThenCalls(2).Over(13);
        Evolve.Apply(scenario.State, Issued(7, "A7", "pickup", at: 14));
        scenario.When(Next(at: 15)).ThenCalls(7);
    }

    [Fact]
    public void A_service_is_helped_with_only_when_there_is_no_work_of_ones_own_whatever_the_rule()
    {
        foreach (var rule in Enum.GetValues<CallingRuleKind>())
        {
            var scenario = With(new ProfileSettings(Helps: [new("cash", null)]), rule);
            foreach (var visit in (long[])[4, 5, 6])
            {
                scenario.When(Next(at: 10_000)).ThenCalls(visit, why => Assert.Null(why.Help)).Over(10_000);
            }

            scenario.When(Next(at: 10_000)).ThenCalls(1, why => Assert.True(why.Help));
        }
    }

    [Fact]
    public void Help_is_also_given_to_whoever_waits_longer_than_the_threshold() =>
        With(new ProfileSettings(Helps: [new("cash", 60_000)]), CallingRuleKind.Fifo)
            .When(Next(at: 60)).ThenCalls(4).Over(60)
            .When(Next(at: 62)).ThenCalls(1, why => Assert.True(why.Help)).Over(62)
            .When(Next(at: 62)).ThenCalls(2).Over(62)
            .When(Next(at: 62)).ThenCalls(5, why => Assert.Equal([6, 3], why.Beat.Select(b => b.Visit)));

    [Fact]
    public void An_operator_calls_from_the_queue_that_they_choose_and_the_journal_says_so() =>
        With(new ProfileSettings(), CallingRuleKind.Fifo)
            .When(From("pickup", at: 10)).ThenCalls(4, why => Assert.Equal(("fifo", "pickup"), (why.Rule, why.Queue)));

    [Fact]
    public void Who_may_not_choose_is_told_so_and_the_operators_own_permission_counts_more()
    {
        With(new ProfileSettings(ChooseService: false, ChooseTicket: false), CallingRuleKind.Fifo)
            .When(From("pickup", at: 10)).ThenRefused(Refusal.MayNotChooseService)
            .When(Choose("A003", at: 10)).ThenRefused(Refusal.MayNotChooseTicket);
        With(new ProfileSettings(ChooseService: false, ChooseTicket: false), CallingRuleKind.Fifo, new OperatorSettings(ChooseService: true, ChooseTicket: true))
            .When(From("pickup", at: 10)).ThenCalls(4).Over(10)
            .When(Choose("A003", at: 10)).ThenCalls(3, why => Assert.Equal("chosen", why.Rule));
    }

    [Fact]
    public void Nobody_calls_from_a_queue_that_they_do_not_serve_or_that_is_empty() =>
        With(new ProfileSettings(), CallingRuleKind.Fifo)
            .When(From("nosuch", at: 10)).ThenRefused(Refusal.UnknownService("nosuch"))
            .When(From("loans", at: 10)).ThenRefused(Refusal.NobodyWaitingFor("loans"))
            .When(s => new CallNext("3", s.Counter("3").Version, At(10), "cash")).ThenRefused(Refusal.NotYourService("cash"));

    private static Func<BranchState, Command> From(string service, double at) =>
        s => new CallNext("1", s.Counter("1").Version, At(at), service);

    // Three wait for cash (1, 2, 3; priority 40), then three for pickup (4, 5, 6; priority 60).
    private static Scenario With(ProfileSettings profile, CallingRuleKind rule, OperatorSettings? anna = null) => Scenario.GivenRules(
        TestRules.Branch with
        {
            WorkProfiles = new Dictionary<string, WorkProfileRules>
            {
                ["all"] = new(["cash", "pickup", "loans"], rule), ["loans"] = new(["loans"], rule),
            },
            Calling = new CallingSettings(
                new Dictionary<string, ProfileSettings> { ["all"] = profile },
                anna is null ? null : new Dictionary<string, OperatorSettings> { ["anna"] = anna }),
        },
        Opened("1"), Opened("3", "clara", "loans"),
        Issued(1, at: 1), Issued(2, at: 2), Issued(3, at: 3),
        Issued(4, "A004", "pickup", at: profile.Helps is null ? 4 : 0), Issued(5, "A005", "pickup", at: 5), Issued(6, "A006", "pickup", at: 6));
}

internal static class CallingScenario
{
    /// <summary>The customer at counter 1 came, was served and left.</summary>
    public static Scenario Over(this Scenario scenario, double at) =>
        scenario.When(Arrives(at: at)).ThenAccepted().When(Done(at: at)).ThenAccepted();
}
