using EdgeQueue.Core.Queue;
using EdgeQueue.Tests.Queue.Support;
using static EdgeQueue.Tests.Queue.Support.Say;
using static EdgeQueue.Tests.Queue.Support.Scenario;
using static EdgeQueue.Tests.Queue.Support.VisitSay;

namespace EdgeQueue.Tests.Queue.Visits;

/// <summary>Counters 1 and 2 call the next five seconds after a customer left.</summary>
public sealed class AutoCallTests
{
    private static readonly BranchRules Auto = Rules(VisitRules.None with
    {
        AutoCall = new Dictionary<string, long> { ["1"] = 5_000, ["2"] = 5_000 },
    });

    private static Scenario Serving() => GivenRules(
        Auto, Opened("1"), Issued(1, at: 1), Issued(2, at: 2), Issued(3, at: 3), Printed(1), Printed(2), Printed(3), Called(1, "1", 5), Arrived(1, "1", 6));

    [Fact]
    public void After_the_pause_the_next_is_called_without_a_press() =>
        Serving()
            .When(Done(at: 10)).ThenAccepted()
            .When(Ticks(14.999)).ThenNothing()
            .When(Ticks(15)).ThenCalls(2, why => Assert.Equal("fifo", why.Rule));

    [Fact]
    public void A_press_that_was_on_its_way_skips_nobody()
    {
        var serving = Serving().When(Done(at: 10)).ThenAccepted();
        var seen = serving.State.Counter("1").Version;

        serving
            .When(Ticks(15)).ThenCalls(2)
            .When(new CallNext("1", seen, At(15.1))).ThenRefused(Refusal.CounterMovedOn)
            .When(Next(at: 15.2)).ThenRefused(Refusal.NotArrived);
    }

    [Fact]
    public void A_ticket_without_paper_is_not_called_by_the_tick_that_cancels_it() =>
        GivenRules(Auto, Opened("1"), Issued(1, at: 1), Printed(1), Called(1, "1", 5), Arrived(1, "1", 6), Issued(2, at: 10))
            .When(Done(at: 65)).ThenAccepted()
            .When(Ticks(70)).Then(new VisitEnded(2, VisitEnd.Cancelled, "unprinted", At(70)));

    [Fact]
    public void An_automatic_call_takes_its_turn_of_a_ratio()
    {
        var twoToOne = Auto with
        {
            WorkProfiles = Auto.WorkProfiles.ToDictionary(p => p.Key, p => p.Value with { Rule = CallingRuleKind.Ratio }),
        };
        var serving = GivenRules(
            twoToOne, Opened("1"), Issued(1, at: 1), Printed(1), Called(1, "1", 5), Arrived(1, "1", 6), Issued(2, at: 7), Printed(2));

        serving.When(Done(at: 10)).ThenAccepted()
            .When(Ticks(15)).ThenOne<VisitCalled>(call => Assert.NotNull(call.Turn));
    }

    [Fact]
    public void A_counter_that_was_just_opened_waits_for_a_press() =>
        GivenRules(Auto, Opened("1"), Issued(1), Printed(1)).When(Ticks(60)).ThenNothing();

    [Fact]
    public void So_does_one_that_came_back_from_a_pause() =>
        Serving()
            .When(Done(at: 10)).ThenAccepted()
            .When(s => new PauseCounter("1", s.Counter("1").Version, "lunch", At(11))).ThenAccepted()
            .When(Ticks(60)).ThenNothing()
            .When(new OpenCounter("1", "anna", null, false, At(61))).ThenAccepted()
            .When(Ticks(120)).ThenNothing();

    [Fact]
    public void And_one_that_put_somebody_back_so_that_they_can_take_it_back() =>
        Serving()
            .When(Next(at: 10)).ThenCalls(2)
            .When(PutBack(at: 11)).ThenAccepted()
            .When(Ticks(60)).ThenNothing()
            .When(TakeBack(at: 61)).ThenOne<VisitReinstated>(r => Assert.Equal(2, r.Visit))
            .When(TakeBack(at: 62)).ThenOne<VisitReinstated>(r => Assert.Equal(1, r.Visit));

    [Fact]
    public void A_wrong_Finish_is_taken_back_after_it_too_and_the_called_one_is_in_front_again() =>
        Serving()
            .When(Done(at: 10)).ThenAccepted()
            .When(Ticks(15)).ThenCalls(2)
            .When(TakeBack(at: 16)).Then(
                new VisitRequeued(2, "1", false, CallNextTests.Cash(2), At(16)), new VisitReinstated(1, "1", true, At(16)))
            .See(s => Assert.Equal(15_000 - 4_000, s.Find(1)!.DurationsAt(At(17)).ServingMs))
            .When(Done(at: 20)).ThenAccepted()
            .When(Ticks(25)).ThenCalls(2);

    [Fact]
    public void Also_when_the_called_one_was_put_back_first() =>
        Serving()
            .When(Done(at: 10)).ThenAccepted()
            .When(Ticks(15)).ThenCalls(2)
            .When(PutBack(at: 16)).ThenAccepted()
            .When(Ticks(60)).ThenNothing()
            .When(TakeBack(at: 61)).ThenOne<VisitReinstated>(r => Assert.Equal(2, r.Visit))
            .When(TakeBack(at: 62)).ThenOne<VisitReinstated>(r => Assert.Equal(1, r.Visit));

    [Fact]
    public void Somebody_who_was_called_again_by_the_counter_that_finished_them_is_taken_back_to_what_they_were() =>
        GivenRules(
            Auto, Opened("1"), Issued(1, at: 1), Printed(1), new JourneyPlanned(1, [new JourneyStep("pickup")], false, null, At(2)),
            Called(1, "1", 5), Arrived(1, "1", 6))
            .When(Done(at: 10)).ThenAccepted()
            .When(Ticks(15)).ThenCalls(1)
            .When(TakeBack(at: 16)).ThenOne<VisitReinstated>(r => Assert.Equal((1L, true), (r.Visit, r.Serving)))
            .See(s => Assert.Equal(("cash", "pickup"), (s.Find(1)!.Service, s.Facts(1)!.Steps!.Single().Service)));

    [Fact]
    public void Who_comes_later_is_called_when_they_come() =>
        GivenRules(Auto, Opened("1"), Issued(1), Called(1, "1", 5), Arrived(1, "1", 6))
            .When(Done(at: 10)).ThenAccepted()
            .When(Ticks(100)).ThenNothing()
            .When(Take(at: 101)).ThenAccepted()
            .When(Ticks(101.5)).ThenCalls(2);

    [Fact]
    public void Two_free_counters_call_two_people_the_longer_free_one_first() =>
        GivenRules(
            Auto, Opened("1"), Opened("2", "boris"), Issued(1), Issued(2), Issued(3), Issued(4), Printed(3), Printed(4), Called(1, "1", 1), Arrived(1, "1", 2),
            Called(2, "2", 1), Arrived(2, "2", 2))
            .When(Done("2", 9)).ThenAccepted().When(Done("1", 10)).ThenAccepted()
            .When(Ticks(20)).ThenOne<VisitCalled>(c => Assert.Equal(("2", 3L), (c.Counter, c.Visit)))
            .When(Ticks(20.5)).ThenOne<VisitCalled>(c => Assert.Equal(("1", 4L), (c.Counter, c.Visit)));

    [Fact]
    public void Nobody_is_called_to_a_counter_whose_console_was_locked() =>
        Serving()
            .When(new LockConsole("1", true, At(7))).ThenAccepted()
            .When(Done(at: 10)).ThenAccepted()
            .When(Ticks(20)).ThenOne<CounterPaused>(p => Assert.Equal("locked", p.Reason));
}
