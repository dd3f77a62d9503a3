using System.Numerics;
using EdgeQueue.Core.Queue;
using EdgeQueue.Tests.Queue.Support;
using static EdgeQueue.Tests.Queue.Support.Say;

namespace EdgeQueue.Tests.Queue.Calling;

/// <summary>
/// What each rule promises to whoever waits, held in overloaded random days where twice as many come as are called: the
/// statements of the README of Core/Queue.
/// </summary>
public sealed class StarvationTests
{
    private const int Days = 10;

    public static TheoryData<CallingRuleKind, int> Capped() => new(
        from rule in Enum.GetValues<CallingRuleKind>()
        from cap in (int[])[1, 3, 20]
        select (rule, cap));

    [Fact]
    public void Under_the_target_rule_nobody_with_a_smaller_part_of_their_target_goes_before_who_waited_four_targets() =>
        Live(CallingRuleKind.Target, null, (called, other, now) =>
            Ratio(other, now) >= 4 && Ratio(called, now) < Ratio(other, now));

    [Theory]
    [MemberData(nameof(Capped))]
    public void Under_a_cap_the_same_holds_for_every_rule_at_that_many_targets(CallingRuleKind rule, int cap) =>
        Live(rule, cap, (called, other, now) => Ratio(other, now) >= cap && Ratio(called, now) < Ratio(other, now));

    [Fact]
    public void By_relative_wait_nobody_with_a_smaller_part_of_their_target_ever_goes_first() =>
        Live(CallingRuleKind.Relative, null, (called, other, now) => Ratio(called, now) < Ratio(other, now));

    [Fact]
    public void First_come_first_served_nobody_who_came_later_ever_goes_first() =>
        Live(CallingRuleKind.Fifo, null, (called, other, _) => called.Place.Since > other.Place.Since);

    [Fact]
    public void By_due_date_nobody_who_is_due_later_ever_goes_first() =>
        Live(CallingRuleKind.DueDate, null, (called, other, _) =>
            called.Place.Since.Milliseconds + called.Place.TargetMs > other.Place.Since.Milliseconds + other.Place.TargetMs);

    [Theory]
    [InlineData(CallingRuleKind.Strict)]
    [InlineData(CallingRuleKind.DueDatePriority)]
    public void By_strict_priority_and_by_due_date_with_priority_somebody_may_wait_without_end(CallingRuleKind rule)
    {
        // Somebody more important comes every minute and is called every minute: the first of all is never called.
        var scenario = Scenario.GivenRules(Rules(rule, null), Opened("1"), Issued(1, "A1", priority: 1, target: 60_000));
        for (var minute = 1; minute <= 600; minute++)
        {
            Evolve.Apply(scenario.State, Issued(minute + 1, $"A{minute + 1}", at: minute * 60, priority: 90, target: 60_000));
            scenario.When(Next(at: minute * 60)).ThenCalls(minute + 1).When(Arrives(at: minute * 60)).ThenAccepted();
        }

        scenario.See(s => Assert.Equal(VisitPhase.Waiting, s.Find(1)!.Phase));
    }

    [Fact]
    public void By_ratio_the_longest_wait_of_each_side_comes_within_a_round_of_calls()
    {
        // Two of the priority side, one of the others, and enough of both: of any three calls one is an other.
        var scenario = Scenario.GivenRules(Rules(CallingRuleKind.Ratio, null), Opened("1"));
        for (var visit = 1; visit <= 60; visit++)
        {
            Evolve.Apply(scenario.State, Issued(visit, $"A{visit}", at: visit, priority: visit % 2 == 0 ? 80 : 20));
        }

        List<long> priority = [], others = [];
        for (var call = 0; call < 30; call++)
        {
            scenario.When(Next(at: 100 + call)).ThenAccepted();
            var called = scenario.State.VisitAt(scenario.State.Counter("1"))!;
            (called.Place.Priority == 80 ? priority : others).Add(called.Number);
            Assert.Equal(call % 3 < 2 ? 80 : 20, called.Place.Priority);
            scenario.When(Arrives(at: 100 + call)).ThenAccepted();
        }

        Assert.Equal(priority.Order(), priority);
        Assert.Equal(others.Order(), others);
    }

    /// <summary>Overloaded days; whenever somebody is called, nobody else may be wronged by it.</summary>
    private static void Live(CallingRuleKind rule, int? cap, Func<Visit, Visit, Moment, bool> isWronged)
    {
        for (var seed = 0; seed < Days; seed++)
        {
            var random = new Random(seed);
            var state = new BranchState();
            Evolve.Apply(state, DayOne(Rules(rule, cap)));
            Evolve.Apply(state, Opened("1"));
            long visit = 0;
            for (var second = 0; second < 5_400; second += random.Next(60))
            {
                for (var come = random.Next(3); come > 0; come--)
                {
                    visit++;
                    Evolve.Apply(state, Issued(
                        visit, $"A{visit}", random.Next(3) switch { 0 => "cash", 1 => "pickup", _ => "loans" }, second,
                        priority: random.Next(1, 100), target: 30_000L * random.Next(1, 20)));
                }

                var now = At(second);
                if (Decider.Decide(state, new CallNext("1", state.Counter("1").Version, now)) is { Accepted: true } decision)
                {
                    var called = state.Find(((VisitCalled)decision.Events[0]).Visit)!;
                    var wronged = state.Visits.FirstOrDefault(v => v.Phase == VisitPhase.Waiting && v.Number != called.Number && isWronged(called, v, now));
                    Assert.True(wronged is null, $"Seed {seed} at {second} s: {called.Number} went before {wronged?.Number}.");
                    Evolve.Apply(state, decision.Events);
                    Evolve.Apply(state, new VisitEnded(called.Number, VisitEnd.Finished, null, now));
                }
            }
        }
    }

    private static BranchRules Rules(CallingRuleKind rule, int? cap) => TestRules.Branch with
    {
        WorkProfiles = new Dictionary<string, WorkProfileRules> { ["all"] = new(["cash", "pickup", "loans"], rule) },
        Calling = new CallingSettings(new Dictionary<string, ProfileSettings> { ["all"] = new(cap, new RatioSettings(51, 2, 1)) }),
    };

    private static Fraction Ratio(Visit visit, Moment now) => new(now.Milliseconds - visit.Place.Since.Milliseconds, visit.Place.TargetMs);

    private readonly record struct Fraction(BigInteger Over, BigInteger Under)
    {
        public static bool operator <(Fraction a, Fraction b) => a.Over * b.Under < b.Over * a.Under;

        public static bool operator >(Fraction a, Fraction b) => b < a;

        public static bool operator >=(Fraction a, int b) => a.Over >= a.Under * b;

        public static bool operator <=(Fraction a, int b) => a.Over <= a.Under * b;
    }
}
