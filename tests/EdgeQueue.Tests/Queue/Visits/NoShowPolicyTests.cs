using EdgeQueue.Core.Queue;
using EdgeQueue.Tests.Queue.Support;
using static EdgeQueue.Tests.Queue.Support.Say;
using static EdgeQueue.Tests.Queue.Support.Scenario;
using static EdgeQueue.Tests.Queue.Support.VisitSay;

namespace EdgeQueue.Tests.Queue.Visits;

/// <summary>The small branch calls twice, ten seconds apart, before NoShow.</summary>
public sealed class NoShowPolicyTests
{
    private static BranchRules Policy(int? places, int times = 1) => Rules(VisitRules.None with { NoShowRequeue = new NoShowRequeue(places, times) });

    private static Scenario CalledTwice(BranchRules rules, int behind = 3)
    {
        var waiting = Enumerable.Range(1, behind + 1).Select(n => Issued(n, at: n)).ToArray();
        return GivenRules(rules, [Opened("1"), .. waiting, Called(1, "1", 100), new VisitRecalled(1, "1", 2, At(110))]);
    }

    [Fact]
    public void The_first_time_they_go_to_the_end() =>
        CalledTwice(Policy(null))
            .When(DidNotCome(at: 120))
            .Then(new VisitMissed(1, "1", 1, new Place("cash", 40, 600_000, 240_000, At(120)), At(120)))
            .When(Next(at: 121)).ThenCalls(2);

    [Fact]
    public void Or_so_many_places_back() =>
        CalledTwice(Policy(2))
            .When(DidNotCome(at: 120)).ThenOne<VisitMissed>(m => Assert.Equal(At(3.001), m.Place.Since))
            .See(s => Assert.Equal(2, s.Ahead(s.Find(1)!)));

    [Fact]
    public void Places_are_those_of_their_own_queue_whoever_else_a_counter_calls() =>
        GivenRules(
                Policy(2), Opened("1"), Issued(1, at: 1), Issued(2, service: "loans", at: 2), Issued(3, service: "loans", at: 3), Issued(4, at: 4), Issued(5, service: "loans", at: 5),
                Issued(6, at: 6), Issued(7, at: 7), Called(1, "1", 100), new VisitRecalled(1, "1", 2, At(110)))
            .When(DidNotCome(at: 120)).ThenOne<VisitMissed>(m => Assert.Equal(("cash", At(6.001)), (m.Place.Service, m.Place.Since)))
            .See(s => Assert.Equal(2, s.Ahead(s.Find(1)!)));

    [Fact]
    public void Somebody_important_is_put_behind_so_many_and_a_rule_that_looks_at_importance_may_still_call_them_first() =>
        GivenRules(
                Policy(1) with { WorkProfiles = TestRules.Branch.WorkProfiles.ToDictionary(p => p.Key, p => p.Value with { Rule = CallingRuleKind.Strict }) },
                Opened("1"), Issued(1, at: 1, priority: 90), Issued(2, at: 2), Issued(3, at: 3), Called(1, "1", 100), new VisitRecalled(1, "1", 2, At(110)))
            .When(DidNotCome(at: 120)).ThenOne<VisitMissed>(m => Assert.Equal((90, At(2.001)), (m.Place.Priority, m.Place.Since)))
            .When(Next(at: 121)).ThenCalls(1);

    [Fact]
    public void With_fewer_behind_them_they_go_to_the_end() =>
        CalledTwice(Policy(5)).When(DidNotCome(at: 120)).ThenOne<VisitMissed>(m => Assert.Equal(At(120), m.Place.Since));

    [Fact]
    public void The_second_time_it_is_over() =>
        CalledTwice(Policy(null), behind: 0)
            .When(DidNotCome(at: 120)).ThenAccepted()
            .When(Next(at: 130)).ThenCalls(1)
            .When(CallAgain(at: 140)).ThenAccepted()
            .When(DidNotCome(at: 150)).Then(new VisitEnded(1, VisitEnd.NoShow, null, At(150)));

    [Fact]
    public void A_wrong_no_show_gives_the_chance_back() =>
        CalledTwice(Policy(null), behind: 0)
            .When(DidNotCome(at: 120)).ThenAccepted()
            .When(TakeBack(at: 121)).ThenAccepted()
            .When(DidNotCome(at: 130)).ThenOne<VisitMissed>(m => Assert.Equal(1, m.Times));

    [Fact]
    public void Without_the_policy_no_show_ends_the_visit() =>
        CalledTwice(TestRules.Branch).When(DidNotCome(at: 120)).Then(new VisitEnded(1, VisitEnd.NoShow, null, At(120)));
}
