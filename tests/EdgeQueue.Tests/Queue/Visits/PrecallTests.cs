using EdgeQueue.Core.Queue;
using EdgeQueue.Tests.Queue.Support;
using static EdgeQueue.Tests.Queue.Support.Say;
using static EdgeQueue.Tests.Queue.Support.Scenario;
using static EdgeQueue.Tests.Queue.Support.VisitSay;

namespace EdgeQueue.Tests.Queue.Visits;

public sealed class PrecallTests
{
    private static BranchRules Buffer(int size = 3, bool automatic = false) => Rules(VisitRules.None with
    {
        Buffers = new Dictionary<string, BufferRules> { ["front"] = new("all", "hall", size, automatic) },
    });

    private static BranchRules ByRule(BranchRules rules, CallingRuleKind rule) => rules with
    {
        WorkProfiles = rules.WorkProfiles.ToDictionary(p => p.Key, p => p.Value with { Rule = rule }),
    };

    private static Scenario FourWait(BranchRules rules) =>
        GivenRules(rules, Opened("1"), Opened("2", "boris"), Issued(1, at: 1), Issued(2, at: 2), Issued(3, at: 3), Issued(4, at: 4));

    private static string[] Ahead(BranchState s) => [.. s.CalledAhead.Select(a => a.Visit.Label)];

    [Fact]
    public void The_next_are_called_ahead_in_the_rules_order() =>
        FourWait(Buffer())
            .When(new Precall("1", null, 2, At(10))).ThenAccepted()
            .See(s => Assert.Equal(["A001", "A002"], Ahead(s)))
            .See(s => Assert.Equal(At(10), s.Facts(1)!.PrecalledAt))
            .When(new Precall("1", "front", 2, At(11))).ThenAccepted()
            .See(s => Assert.Equal(["A001", "A002", "A003"], Ahead(s)))
            .When(new Precall("1", "front", 1, At(12))).ThenRefused(Refusal.BufferFull(3));

    [Fact]
    public void Counters_that_are_free_take_them_in_that_order() =>
        FourWait(Buffer())
            .When(new Precall("1", null, 2, At(10))).ThenAccepted()
            .When(Next("2", 11)).ThenCalls(1, why => Assert.Equal("precalled", why.Rule))
            .When(Next("1", 12)).ThenCalls(2)
            .See(s => Assert.Empty(s.CalledAhead));

    [Fact]
    public void Before_anybody_who_sits_in_the_hall_however_important() =>
        FourWait(Buffer())
            .When(new Precall("1", null, 1, At(10))).ThenAccepted()
            .When(new SetPriority(4, 99, At(11))).ThenAccepted()
            .When(Next("1", 12)).ThenCalls(1);

    [Fact]
    public void But_not_before_somebody_who_waits_for_this_counter_and_has_waited_longer() =>
        GivenRules(Buffer(), Opened("1"), Opened("2", "boris"), Issued(1, at: 1), Called(1, "2", 2, "boris"), Arrived(1, "2", 3), Issued(2, at: 50))
            .When(Send("2", toCounter: "1", at: 10)).ThenAccepted()
            .When(new Precall("2", null, 1, At(60))).ThenAccepted()
            .See(s => Assert.Equal(["A002"], Ahead(s)))
            .When(Next("1", 61)).ThenCalls(1);

    [Fact]
    public void Nor_by_an_operator_without_the_skill()
    {
        var rules = Buffer() with
        {
            Calling = CallingSettings.None with
            {
                People = new Dictionary<string, OperatorSettings>
                {
                    ["boris"] = new(new Dictionary<string, Skill> { ["loans"] = Skill.Primary }),
                },
            },
        };

        FourWait(rules)
            .When(new Precall("1", null, 1, At(10))).ThenAccepted()
            .When(Next("2", 11)).ThenRefused(Refusal.NobodyWaiting)
            .When(Next("1", 12)).ThenCalls(1);
    }

    [Fact]
    public void An_operator_who_chooses_a_queue_finds_those_of_it_who_were_called_ahead() =>
        FourWait(Buffer())
            .When(new Precall("1", null, 4, At(10))).ThenAccepted()
            .When(s => new CallNext("1", s.Counter("1").Version, At(11), "cash")).ThenCalls(1, why => Assert.Equal("precalled", why.Rule));

    [Fact]
    public void A_counter_of_other_services_takes_nobody_from_there() =>
        GivenRules(Buffer(), Opened("1"), Opened("3", "clara", "loans"), Issued(1, at: 1))
            .When(new Precall("1", null, 1, At(10))).ThenAccepted()
            .When(Next("3", 11)).ThenRefused(Refusal.NobodyWaiting);

    [Fact]
    public void Another_priority_is_not_another_turn() =>
        FourWait(Buffer())
            .When(new Precall("1", null, 3, At(10))).ThenAccepted()
            .When(new SetPriority(1, 1, At(11))).ThenAccepted()
            .See(s => Assert.Equal(["A001", "A002", "A003"], Ahead(s)));

    [Fact]
    public void Who_is_put_back_from_the_counter_sits_in_the_hall_again() =>
        FourWait(Buffer())
            .When(new Precall("1", null, 1, At(10))).ThenAccepted()
            .When(Next("1", 11)).ThenCalls(1)
            .When(PutBack("1", at: 12)).ThenAccepted()
            .See(s => Assert.Null(s.Find(1)!.Place.BoundCounter));

    [Fact]
    public void An_automatic_buffer_is_kept_full_while_a_counter_is_open() =>
        GivenRules(Buffer(2, automatic: true), Issued(1, at: 1), Issued(2, at: 2), Issued(3, at: 3), Printed(1), Printed(2), Printed(3))
            .When(Ticks(10)).ThenNothing()
            .When(new OpenCounter("1", "anna", null, false, At(11))).ThenAccepted()
            .When(Ticks(12)).ThenAccepted()
            .See(s => Assert.Equal(["A001", "A002"], Ahead(s)))
            .When(Next("1", 13)).ThenCalls(1)
            .When(Ticks(14)).ThenAccepted()
            .See(s => Assert.Equal(["A002", "A003"], Ahead(s)));

    [Fact]
    public void Nobody_is_called_ahead_before_their_slot() =>
        GivenRules(Buffer() with { Visits = Buffer().Visits! with { Services = Appointments().Visits!.Services } }, Opened("1"), Placed("4711", 1200))
            .When(Comes("4711", 5)).ThenAccepted()
            .When(new Precall("1", null, 1, At(10))).ThenRefused(Refusal.NobodyWaiting);

    [Fact]
    public void By_ratio_they_are_called_ahead_one_by_one_and_each_side_gets_its_turns()
    {
        var rules = ByRule(Buffer(6, automatic: true), CallingRuleKind.Ratio);
        var scenario = GivenRules(rules, Opened("1"));
        for (var visit = 1; visit <= 8; visit++)
        {
            Evolve.Apply(scenario.State, [Issued(visit, at: visit, priority: visit <= 4 ? 80 : 20), Printed(visit)]);
        }

        for (var tick = 0; tick < 6; tick++)
        {
            scenario.When(Ticks(10 + tick)).ThenOne<VisitPrecalled>(p => Assert.Equal("ratio", p.Why.Rule));
        }

        scenario.See(s => Assert.Equal(["A001", "A002", "A005", "A003", "A004", "A006"], Ahead(s)))
            .When(Next("1", 20)).ThenCalls(1)
            .See(s => Assert.Equal(0, s.RatioPosition("all")));
    }

    [Fact]
    public void Who_has_waited_four_targets_goes_before_who_was_called_ahead()
    {
        // 1 is called ahead before 2 comes; then 2 has waited four of its short targets and 1 hardly a tenth of its long one.
        Scenario Story() => GivenRules(ByRule(Buffer(), CallingRuleKind.Target), Opened("1"), Issued(1, at: 1))
            .When(new Precall("1", null, 1, At(2))).ThenAccepted()
            .See(s => Evolve.Apply(s, Issued(2, at: 3, target: 10_000)));

        Story().When(Next("1", 42.9)).ThenCalls(1, why => Assert.Equal("precalled", why.Rule));
        Story().When(Next("1", 43)).ThenCalls(2, why => Assert.Equal((true, 2, 1L), (why.OverCap, why.Waiting, why.Beat[0].Visit)));
    }

    [Fact]
    public void Who_was_called_ahead_later_goes_first_when_they_have_waited_four_targets() =>
        GivenRules(ByRule(Buffer(), CallingRuleKind.Target), Opened("1"), Issued(1, at: 1), Issued(2, "A002", at: 3, target: 100_000))
            .When(new Precall("1", null, 1, At(4))).ThenAccepted()
            .When(new Precall("1", null, 1, At(5))).ThenAccepted()
            .See(s => Assert.Equal(["A002", "A001"], Ahead(s)))
            .See(s => Evolve.Apply(s, new PriorityChanged(1, s.Find(1)!.Place with { TargetMs = 50_000 }, At(6))))
            .When(Next("1", 210)).ThenCalls(1, why => Assert.True(why is { Rule: "precalled", OverCap: true }));

    [Fact]
    public void By_relative_wait_the_larger_part_of_the_target_goes_first_wherever_they_sit() =>
        GivenRules(ByRule(Buffer(), CallingRuleKind.Relative), Opened("1"), Issued(1, at: 1))
            .When(new Precall("1", null, 1, At(2))).ThenAccepted()
            .See(s => Evolve.Apply(s, Issued(2, at: 3, target: 10_000)))
            .When(Next("1", 6)).ThenCalls(2, why => Assert.Equal("rel", why.Rule));

    [Theory]
    [InlineData(41, 2)]
    [InlineData(40, 1)]
    public void A_customer_with_a_wish_goes_before_them_when_the_rule_prefers_them(int priority, long called)
    {
        var rules = ByRule(Buffer(), CallingRuleKind.Strict) with
        {
            Calling = CallingSettings.None with
            {
                Attributes = ["arabic"], People = new Dictionary<string, OperatorSettings> { ["anna"] = new(null, ["arabic"]) },
            },
        };
        GivenRules(rules, Opened("1"), Issued(1, at: 1, priority: 40))
            .When(new Precall("1", null, 1, At(2))).ThenAccepted()
            .See(s => Evolve.Apply(s, Issued(2, at: 3, priority: priority)))
            .See(s => Evolve.Apply(s, new WishesTold(2, s.Find(2)!.Place with { Wants = "arabic" }, At(3))))
            .When(Next("1", 6)).ThenCalls(called);
    }

    [Fact]
    public void A_counters_own_work_goes_before_help_that_was_called_ahead()
    {
        var rules = ByRule(Buffer(), CallingRuleKind.Fifo) with
        {
            Calling = CallingSettings.None with
            {
                Profiles = new Dictionary<string, ProfileSettings> { ["all"] = new(Helps: [new HelpSettings("loans", 60_000)]) },
            },
        };
        Scenario Story() => GivenRules(rules, Opened("1"), Issued(1, "L001", "loans", 1))
            .When(new Precall("1", null, 1, At(2))).ThenAccepted()
            .See(s => Evolve.Apply(s, Issued(2, at: 3)));

        Story().When(Next("1", 60)).ThenCalls(2);
        Story().When(Next("1", 61)).ThenCalls(1, why => Assert.Equal("precalled", why.Rule));
    }

    [Fact]
    public void There_must_be_a_buffer_and_a_number() =>
        FourWait(Buffer())
            .When(new Precall("1", "back", 1, At(10))).ThenRefused("unknownBuffer")
            .When(new Precall("1", null, 5, At(10))).ThenRefused("invalid")
            .When(new Precall("3", null, 1, At(10))).ThenRefused(Refusal.CounterClosed);
}
