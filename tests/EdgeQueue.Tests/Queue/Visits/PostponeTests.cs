using EdgeQueue.Core.Queue;
using EdgeQueue.Tests.Queue.Support;
using static EdgeQueue.Tests.Queue.Support.Say;
using static EdgeQueue.Tests.Queue.Support.Scenario;
using static EdgeQueue.Tests.Queue.Support.VisitSay;

namespace EdgeQueue.Tests.Queue.Visits;

/// <summary>"I need ten more minutes", said on a phone.</summary>
public sealed class PostponeTests
{
    private static readonly BranchRules TenMinutesOnce = Rules(VisitRules.None with { MoreTime = new MoreTime(10, 1) });

    [Fact]
    public void Who_needs_more_time_is_passed_over_and_comes_back_to_the_same_place() =>
        GivenRules(TenMinutesOnce, Opened("1"), Issued(1), Issued(2), Issued(3))
            .When(new Postpone(1, At(60))).Then(new VisitPostponed(1, 1, CallNextTests.Cash(0), At(660), At(60)))
            .See(s => Assert.Equal((VisitPhase.Parked, At(660)), (s.Find(1)!.Phase, s.Find(1)!.ParkedUntil)))
            .When(Next(at: 61)).ThenCalls(2)
            .When(new Tick(WallClock, At(659))).ThenAccepted()
            .See(s => Assert.Equal(VisitPhase.Parked, s.Find(1)!.Phase))
            .When(new Tick(WallClock, At(660))).ThenOne<VisitResumed>(r => Assert.Equal((1L, At(0)), (r.Visit, r.Place.Since)))
            .See(s => Assert.Equal((0, 600_000L), (s.Ahead(s.Find(1)!), s.Find(1)!.Durations.ParkedMs)));

    [Fact]
    public void Once_is_once() =>
        GivenRules(TenMinutesOnce, Issued(1))
            .When(new Postpone(1, At(60))).ThenAccepted()
            .When(new Postpone(1, At(61))).ThenRefused(Refusal.NotWaiting("A001"))
            .When(new Tick(WallClock, At(660))).ThenAccepted()
            .When(new Postpone(1, At(661))).ThenRefused(Refusal.HadMoreTime("A001"));

    [Fact]
    public void Who_is_called_or_gone_gets_none_and_a_branch_that_says_nothing_gives_none() =>
        GivenRules(TenMinutesOnce, Opened("1"), Issued(1), Called(1, "1"))
            .When(new Postpone(1, At(60))).ThenRefused(Refusal.NotWaiting("A001"))
            .When(new Postpone(9, At(60))).ThenRefused(Refusal.UnknownVisit)
            .When(new Postpone(1, At(60), "A002")).ThenRefused(Refusal.UnknownVisit)
            .When(new ApplyRules(TestRules.Branch, At(61))).ThenAccepted()
            .When(new Postpone(1, At(62))).ThenRefused(Refusal.NoMoreTimeHere);

    [Fact]
    public void Who_was_called_ahead_leaves_the_buffer()
    {
        var rules = Rules(VisitRules.None with
        {
            MoreTime = new MoreTime(10, 1), Buffers = new Dictionary<string, BufferRules> { ["front"] = new("all", "hall", 3, false) },
        });
        GivenRules(rules, Opened("1"), Issued(1))
            .When(new Precall("1", null, 1, At(5))).ThenAccepted()
            .When(new Postpone(1, At(60))).ThenOne<VisitPostponed>(p => Assert.Null(p.Place.BoundCounter))
            .See(s => Assert.Empty(s.CalledAhead));
    }

    [Fact]
    public void Whoever_is_back_sooner_can_be_called_by_the_number() =>
        GivenRules(TenMinutesOnce, Opened("1"), Issued(1))
            .When(new Postpone(1, At(60))).ThenAccepted()
            .When(s => new CallTicket("1", s.Counter("1").Version, "A001", At(90))).ThenCalls(1)
            .See(s => Assert.Null(s.Find(1)!.ParkedUntil));
}
