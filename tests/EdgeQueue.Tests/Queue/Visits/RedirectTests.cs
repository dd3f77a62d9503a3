using EdgeQueue.Core.Queue;
using EdgeQueue.Tests.Queue.Support;
using static EdgeQueue.Tests.Queue.Support.Say;
using static EdgeQueue.Tests.Queue.Support.Scenario;
using static EdgeQueue.Tests.Queue.Support.VisitSay;

namespace EdgeQueue.Tests.Queue.Visits;

/// <summary>Somebody who waits already is sent to another officer, service or time by their manager.</summary>
public sealed class RedirectTests
{
    private static readonly Place Cash = CallNextTests.Cash(0);

    [Fact]
    public void Who_is_sent_to_an_officer_is_called_by_them_alone_and_keeps_their_place_in_time() =>
        GivenRules(TestRules.Branch, Opened("1"), Opened("2", "boris"), Issued(1), Issued(2))
            .When(new Redirect(1, null, null, "boris", null, At(60), "A001")).Then(new VisitRedirected(1, Cash with { BoundOperator = "boris" }, null, At(60)))
            .When(Next("1", at: 61)).ThenCalls(2)
            .When(Next("2", at: 62)).ThenCalls(1, why => Assert.Equal(62_000, why.WaitMs));

    [Fact]
    public void Sent_again_to_the_same_officer_changes_nothing_and_sent_to_anybody_frees_them() =>
        GivenRules(TestRules.Branch, Opened("1"), Issued(1))
            .When(new Redirect(1, null, null, "boris", null, At(60))).ThenAccepted()
            .When(new Redirect(1, null, null, "boris", null, At(61))).ThenNothing()
            .When(Next("1", at: 62)).ThenRefused(Refusal.NobodyWaiting)
            .When(new Redirect(1, "cash", null, null, null, At(63))).Then(new VisitRedirected(1, Cash, null, At(63)))
            .When(Next("1", at: 64)).ThenCalls(1);

    [Fact]
    public void To_a_service_is_at_its_figures_and_to_a_counter_is_for_that_counter() =>
        GivenRules(TestRules.Branch, Opened("1"), Opened("2", "boris"), Issued(1), Issued(2))
            .When(new Redirect(1, "loans", null, null, null, At(60))).ThenOne<VisitRedirected>(r => Assert.Equal(("loans", 30, 1_200_000L, At(0)), (r.Place.Service, r.Place.Priority, r.Place.TargetMs, r.Place.Since)))
            .When(new Redirect(2, null, "2", null, null, At(60))).ThenOne<VisitRedirected>(r => Assert.Equal("2", r.Place.BoundCounter))
            .When(Next("1", at: 61)).ThenCalls(1)
            .When(Next("2", at: 62)).ThenCalls(2);

    [Fact]
    public void To_a_later_time_they_are_aside_until_then_and_come_back_to_their_place_for_that_officer() =>
        GivenRules(TestRules.Branch, Opened("2", "boris"), Issued(1))
            .When(new Redirect(1, null, null, "boris", 30, At(60))).Then(new VisitRedirected(1, Cash with { BoundOperator = "boris" }, At(1860), At(60)))
            .See(s => Assert.Equal((VisitPhase.Parked, At(1860)), (s.Find(1)!.Phase, s.Find(1)!.ParkedUntil)))
            .When(Next("2", at: 61)).ThenRefused(Refusal.NobodyWaiting)
            .When(new Redirect(1, null, null, "anna", null, At(70))).ThenOne<VisitRedirected>(r => Assert.Null(r.Until))
            .See(s => Assert.Equal((VisitPhase.Parked, At(1860)), (s.Find(1)!.Phase, s.Find(1)!.ParkedUntil)))
            .When(new Tick(WallClock, At(1860))).ThenOne<VisitResumed>(r => Assert.Equal(("anna", At(0)), (r.Place.BoundOperator, r.Place.Since)));

    [Fact]
    public void The_wait_for_a_person_ends_as_for_anybody_who_wants_one_and_begins_when_they_are_back()
    {
        BranchRules rules = TestRules.Branch with { Calling = CallingSettings.None with { PersonWaitMs = 300_000 } };
        GivenRules(rules, Opened("1"), Issued(1), Issued(2))
            .When(new ReportPrint(1, PrintOutcome.Printed, false, At(2))).ThenAccepted()
            .When(new Redirect(1, null, null, "boris", null, At(60))).ThenOne<VisitRedirected>(r => Assert.Equal(At(360), r.Place.BoundUntil))
            .When(new Redirect(2, null, null, "boris", 10, At(60))).ThenOne<VisitRedirected>(r => Assert.Equal((At(660), At(960)), (r.Until, r.Place.BoundUntil)))
            .When(new Redirect(2, null, null, "clara", null, At(70))).ThenOne<VisitRedirected>(r => Assert.Equal(At(960), r.Place.BoundUntil))
            .When(Ticks(360)).ThenOne<PersonWaitEnded>(e => Assert.Equal((1, "boris"), (e.Visit, e.Operator)))
            .When(Next("1", at: 361)).ThenCalls(1);
    }

    [Fact]
    public void Who_is_called_is_the_counters_and_what_is_not_there_is_refused() =>
        GivenRules(TestRules.Branch, Opened("1"), Issued(1), Issued(2), Called(1, "1"))
            .When(new Redirect(1, null, null, "boris", null, At(60))).ThenRefused(Refusal.NotWaiting("A001"))
            .When(new Redirect(9, null, null, "boris", null, At(60))).ThenRefused(Refusal.UnknownVisit)
            .When(new Redirect(2, null, null, "boris", null, At(60), "A001")).ThenRefused(Refusal.UnknownVisit)
            .When(new Redirect(2, null, null, "zorro", null, At(60))).ThenRefused(Refusal.UnknownOperator("zorro"))
            .When(new Redirect(2, "juggling", null, null, null, At(60))).ThenRefused(Refusal.UnknownService("juggling"))
            .When(new Redirect(2, null, "9", null, null, At(60))).ThenRefused(Refusal.UnknownCounter("9"))
            .When(new Redirect(2, "cash", null, "boris", null, At(60))).ThenRefused("invalid")
            .When(new Redirect(2, null, null, null, null, At(60))).ThenRefused("invalid")
            .When(new Redirect(2, null, null, null, 1441, At(60))).ThenRefused("invalid");

    [Fact]
    public void Who_was_called_ahead_leaves_the_buffer()
    {
        BranchRules rules = Rules(VisitRules.None with { Buffers = new Dictionary<string, BufferRules> { ["front"] = new("all", "hall", 3, false) } });
        GivenRules(rules, Opened("1"), Issued(1))
            .When(new Precall("1", null, 1, At(5))).ThenAccepted()
            .When(new Redirect(1, null, null, "boris", null, At(60))).ThenOne<VisitRedirected>(r => Assert.Null(r.Place.BoundCounter))
            .See(s => Assert.Empty(s.CalledAhead));
    }
}
