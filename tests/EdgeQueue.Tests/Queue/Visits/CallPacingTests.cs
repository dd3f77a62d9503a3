using EdgeQueue.Core.Queue;
using EdgeQueue.Tests.Queue.Support;
using static EdgeQueue.Tests.Queue.Support.Say;
using static EdgeQueue.Tests.Queue.Support.Scenario;
using static EdgeQueue.Tests.Queue.Support.VisitSay;

namespace EdgeQueue.Tests.Queue.Visits;

/// <summary>One call in eight seconds in the hall; upstairs as many as come.</summary>
public sealed class CallPacingTests
{
    private static readonly BranchRules Paced = Rules(VisitRules.None with { CallSpacing = new Dictionary<string, long> { ["hall"] = 8_000 } });

    private static Scenario ThreeCounters() => GivenRules(
        Paced, Opened("1"), Opened("2", "boris"), Opened("3", "clara", "loans"), Issued(1, at: 1), Issued(2, at: 2), Issued(3, at: 3),
        Issued(4, "L001", "loans", 4), Printed(1), Printed(2), Printed(3), Printed(4));

    private static Scenario FourWaitBefore(bool automatic) => GivenRules(
        Paced with { Visits = Paced.Visits! with { Buffers = new Dictionary<string, BufferRules> { ["front"] = new("all", "hall", 3, automatic) } } },
        Opened("1"), Opened("2", "boris"), Issued(1, at: 1), Issued(2, at: 2), Issued(3, at: 3), Issued(4, at: 4),
        Printed(1), Printed(2), Printed(3), Printed(4));

    [Fact]
    public void A_call_on_the_heels_of_another_is_made_and_announced_later() =>
        ThreeCounters()
            .When(Next("1", 10)).ThenCalls(1)
            .When(Next("2", 11)).ThenOne<CallHeld>(h => Assert.Equal((2L, At(18)), (h.Visit, h.Until)))
            .See(s => Assert.True(s.IsHeld(2) && s.Find(2)!.Phase == VisitPhase.Called))
            .When(Ticks(17.9)).ThenNothing()
            .When(Ticks(18)).Then(new CallAnnounced(2, "2", At(18)))
            .See(s => Assert.Equal(At(18), s.Find(2)!.LastCallAt));

    [Fact]
    public void Several_wait_their_turn() =>
        ThreeCounters()
            .When(Next("1", 10)).ThenCalls(1)
            .When(Next("2", 11)).ThenAccepted()
            .When(Arrives("1", 12)).ThenAccepted()
            .When(Next("1", 13)).ThenOne<CallHeld>(h => Assert.Equal((3L, At(26)), (h.Visit, h.Until)));

    [Fact]
    public void After_the_spacing_a_call_is_announced_at_once() =>
        ThreeCounters().When(Next("1", 10)).ThenCalls(1).When(Next("2", 18)).ThenCalls(2);

    [Fact]
    public void Other_zones_do_not_wait() =>
        ThreeCounters().When(Next("1", 10)).ThenCalls(1).When(Next("3", 11)).ThenCalls(4);

    [Fact]
    public void Who_comes_before_they_were_announced_is_not_announced() =>
        ThreeCounters()
            .When(Next("1", 10)).ThenCalls(1)
            .When(Next("2", 11)).ThenAccepted()
            .When(Arrives("2", 12)).ThenAccepted()
            .When(Ticks(30)).ThenNothing();

    [Fact]
    public void A_recall_and_a_no_show_count_from_when_the_call_is_heard() =>
        ThreeCounters()
            .When(Next("1", 10)).ThenCalls(1)
            .When(Next("2", 11)).ThenAccepted()
            .When(CallAgain("2", 17)).ThenRefused(Refusal.TooSoon(11))
            .When(Ticks(18)).ThenAccepted()
            .When(CallAgain("2", 27.9)).ThenRefused(Refusal.TooSoon(1))
            .When(CallAgain("2", 28)).Then(new VisitRecalled(2, "2", 2, At(28)));

    [Fact]
    public void Who_is_called_ahead_is_heard_one_after_the_other_and_calls_wait_for_them() =>
        FourWaitBefore(automatic: false)
            .When(new Precall("1", null, 2, At(10))).ThenAccepted()
            .See(s => Assert.Equal((false, true), (s.IsHeld(1), s.IsHeld(2))))
            .When(Ticks(17.9)).ThenNothing()
            .When(Ticks(18)).Then(new CallAnnounced(2, "@front", At(18)))
            .See(s => Assert.Equal(At(18), s.Facts(2)!.PrecalledAt))
            .When(Next("1", 20)).ThenOne<CallHeld>(h => Assert.Equal((1L, At(26)), (h.Visit, h.Until)))
            .See(s => Assert.True(s.IsHeld(1)));

    [Fact]
    public void Who_is_called_to_a_counter_before_they_heard_of_the_buffer_hears_of_the_counter_only() =>
        FourWaitBefore(automatic: false)
            .When(new Precall("1", null, 2, At(10))).ThenAccepted()
            .When(Next("1", 11)).ThenAccepted()
            .When(Next("2", 12)).ThenOne<CallHeld>(h => Assert.Equal((2L, At(34)), (h.Visit, h.Until)))
            .When(Ticks(18)).ThenNothing()
            .When(Ticks(26)).ThenOne<CallAnnounced>(a => Assert.Equal((1L, "1"), (a.Visit, a.Counter)))
            .When(Ticks(34)).ThenOne<CallAnnounced>(a => Assert.Equal((2L, "2"), (a.Visit, a.Counter)));

    [Fact]
    public void Another_priority_does_not_make_a_call_ahead_heard_sooner() =>
        FourWaitBefore(automatic: false)
            .When(new Precall("1", null, 2, At(10))).ThenAccepted()
            .When(new SetPriority(2, 99, At(11))).ThenAccepted()
            .See(s => Assert.True(s.IsHeld(2)));

    [Fact]
    public void An_automatic_buffer_calls_one_ahead_when_nothing_else_is_to_be_said() =>
        FourWaitBefore(automatic: true)
            .When(Ticks(10)).ThenOne<VisitPrecalled>(p => Assert.Equal((1L, null), (p.Visit, p.HeardAt)))
            .When(Ticks(17.9)).ThenNothing()
            .When(Ticks(18)).ThenOne<VisitPrecalled>(p => Assert.Equal(2, p.Visit))
            .When(Next("1", 20)).ThenOne<CallHeld>(h => Assert.Equal(At(26), h.Until))
            .When(Ticks(27)).ThenOne<CallAnnounced>(_ => { })
            .When(Ticks(34)).ThenNothing()
            .When(Ticks(35)).ThenOne<VisitPrecalled>(p => Assert.Equal(3, p.Visit));

    [Fact]
    public void During_an_evacuation_nothing_is_announced_and_afterwards_all_of_it_in_the_old_order() =>
        ThreeCounters()
            .When(Next("1", 10)).ThenCalls(1)
            .When(Next("2", 11)).ThenAccepted()
            .When(Arrives("1", 12)).ThenAccepted()
            .When(Next("1", 13)).ThenAccepted()
            .When(new Evacuate(true, At(14))).ThenAccepted()
            .When(Ticks(60)).ThenNothing()
            .When(new Evacuate(false, At(100)))
            .Then(new EvacuationEnded(At(100)), new CallHeld(2, "hall", At(100), At(100)), new CallHeld(3, "hall", At(108), At(100)))
            .When(Ticks(100.5)).Then(new CallAnnounced(2, "2", At(100.5)))
            .When(Ticks(108)).Then(new CallAnnounced(3, "1", At(108)))
            .See(s => Assert.Equal(At(108), s.Find(3)!.LastCallAt));

    [Fact]
    public void Who_was_called_ahead_before_an_evacuation_is_heard_after_it() =>
        FourWaitBefore(automatic: false)
            .When(new Precall("1", null, 2, At(10))).ThenAccepted()
            .When(new Evacuate(true, At(14))).ThenAccepted()
            .When(Ticks(60)).ThenNothing()
            .When(new Evacuate(false, At(100))).Then(new EvacuationEnded(At(100)), new CallHeld(2, "hall", At(100), At(100)))
            .When(Ticks(101)).Then(new CallAnnounced(2, "@front", At(101)));

    [Fact]
    public void A_recall_waits_its_turn_too() =>
        ThreeCounters()
            .When(Next("1", 10)).ThenCalls(1)
            .When(Next("2", 19)).ThenCalls(2)
            .When(CallAgain("1", 20)).Then(new VisitRecalled(1, "1", 2, At(20)), new CallHeld(1, "hall", At(27), At(20)));
}
