using EdgeQueue.Core.Queue;
using EdgeQueue.Tests.Queue.Support;
using static EdgeQueue.Tests.Queue.Support.Say;
using static EdgeQueue.Tests.Queue.Support.Scenario;

namespace EdgeQueue.Tests.Queue;

public sealed class ReinstateTests
{
    private static Scenario Serving() => Given(Opened("1"), Opened("2", "boris"), Issued(1), Called(1, "1", 10), Arrived(1, "1", 20));

    [Fact]
    public void After_a_wrong_Finish_the_service_goes_on_and_its_time_was_never_interrupted() =>
        Serving().When(Done(at: 60)).ThenAccepted()
            .When(TakeBack(at: 90)).Then(new VisitReinstated(1, "1", true, At(90)))
            .When(Done(at: 120)).ThenAccepted()
            .See(s => Assert.Equal(new Durations(10_000, 10_000, 100_000, 0), s.Find(1)!.Durations))
            .See(s => Assert.Single(s.Find(1)!.Transactions));

    [Fact]
    public void After_a_wrong_NoShow_the_customer_is_awaited_again() =>
        Given(Opened("1"), Issued(1), Called(1, "1"), new VisitRecalled(1, "1", 2, At(20)))
            .When(DidNotCome(at: 40)).ThenAccepted().When(TakeBack(at: 45)).Then(new VisitReinstated(1, "1", false, At(45)))
            .When(Arrives(at: 50)).ThenAccepted();

    [Fact]
    public void A_wrong_Park_Requeue_or_Transfer_is_taken_back_too()
    {
        foreach (var wrong in (Func<BranchState, Command>[])
            [Aside(minutes: 5, at: 60), PutBack(at: 60), Send(service: "loans", back: true, at: 60), Send(toCounter: "2", at: 60)])
        {
            Serving().When(wrong).ThenAccepted().When(TakeBack(at: 61)).Then(new VisitReinstated(1, "1", true, At(61)))
                .See(s => Assert.Equal(("cash", 0, null), (s.Find(1)!.Service, s.Waiting, s.Find(1)!.ReturnPlace)))
                .When(Ticks(5_000)).ThenNothing();
        }
    }

    [Fact]
    public void The_last_release_is_taken_back_first_and_then_the_one_before_it() =>
        Serving().When(Take(at: 30)).ThenAccepted().When(Next(at: 60)).ThenCalls(2)
            .When(PutBack(at: 62)).ThenAccepted()
            .When(TakeBack(at: 63)).Then(new VisitReinstated(2, "1", false, At(63)))
            .See(s => Assert.Equal((2L, 0), (s.Counter("1").Visit, s.Waiting)))
            .When(TakeBack(at: 64)).Then(new VisitRequeued(2, "1", false, CallNextTests.Cash(30), At(64)), new VisitReinstated(1, "1", true, At(64)))
            .See(s => Assert.Equal((1L, 1), (s.Counter("1").Visit, s.Waiting)))
            .When(TakeBack(at: 65)).ThenRefused(Refusal.CounterBusy);

    [Fact]
    public void Of_an_older_journal_the_finished_comes_back_at_once_after_the_called_was_put_back() =>
        Serving().When(Take(at: 30)).ThenAccepted().When(Next(at: 60)).ThenCalls(2).When(PutBack(at: 62)).ThenAccepted()
            .See(s => Evolve.Apply(s, new VisitReinstated(1, "1", true, At(63))))
            .See(s => Assert.Equal((1L, VisitPhase.Serving, 1), (s.Counter("1").Visit, s.Find(1)!.Phase, s.Waiting)))
            .When(Done(at: 70)).ThenAccepted();

    [Fact]
    public void Or_both_with_one_key_as_long_as_the_called_one_is_not_there() =>
        Serving().When(Take(at: 30)).ThenAccepted().When(Take(at: 31, press: "press-third")).ThenAccepted().When(Next(at: 60)).ThenCalls(2)
            .When(TakeBack(at: 61)).Then(
                new VisitRequeued(2, "1", false, CallNextTests.Cash(30), At(61)), new VisitReinstated(1, "1", true, At(61)))
            .See(s => Assert.Equal((1L, VisitPhase.Waiting), (s.Counter("1").Visit, s.Find(2)!.Phase)))
            .When(Done(at: 70)).ThenAccepted()
            .When(Next(at: 71)).ThenCalls(2);

    [Fact]
    public void Whoever_has_arrived_is_not_sent_away() =>
        Serving().When(Take(at: 30)).ThenAccepted().When(Next(at: 60)).ThenCalls(2).When(Arrives(at: 61)).ThenAccepted()
            .When(TakeBack(at: 62)).ThenRefused(Refusal.CounterBusy);

    [Fact]
    public void Whom_a_later_press_called_did_not_come_instead_of_anybody() =>
        Serving().When(Take(at: 30)).ThenAccepted().When(Done(at: 60)).ThenAccepted().When(Next(at: 65)).ThenCalls(2)
            .When(TakeBack(at: 66)).ThenRefused(Refusal.CounterBusy)
            .When(PutBack(at: 67)).ThenAccepted()
            .When(TakeBack(at: 68)).ThenOne<VisitReinstated>(r => Assert.Equal(2, r.Visit));

    [Fact]
    public void A_NoShow_that_gave_another_chance_is_itself_what_is_taken_back() =>
        GivenRules(
            TestRules.Branch with { Visits = VisitRules.None with { NoShowRequeue = new NoShowRequeue(null, 1) } },
            Opened("1"), Issued(1), Issued(2, at: 3), Called(1, "1", 10), Arrived(1, "1", 20))
            .When(Next(at: 60)).ThenCalls(2).When(CallAgain(at: 75)).ThenAccepted()
            .When(DidNotCome(at: 90)).ThenOne<VisitMissed>(m => Assert.Equal(2, m.Visit))
            .When(TakeBack(at: 91)).ThenOne<VisitReinstated>(r => Assert.Equal(2, r.Visit));

    [Fact]
    public void Whoever_is_at_another_counter_by_now_is_not_taken_away_from_there() =>
        Serving().When(PutBack(at: 60)).ThenAccepted().When(Next("2", 61)).ThenCalls(1)
            .When(TakeBack(at: 62)).ThenRefused(Refusal.NothingToReinstate)
            .When(Arrives("2", 63)).ThenAccepted().When(Done("2", 64)).ThenAccepted()
            .When(TakeBack(at: 65)).ThenRefused(Refusal.NothingToReinstate)
            .When(TakeBack("2", at: 66)).ThenAccepted();

    [Fact]
    public void There_is_nothing_to_take_back_at_first_twice_or_on_the_next_day() =>
        Serving().When(TakeBack("2")).ThenRefused(Refusal.NothingToReinstate)
            .When(Done(at: 60)).ThenAccepted().When(TakeBack(at: 61)).ThenAccepted().When(Done(at: 62)).ThenAccepted()
            .When(new CloseDay(At(70))).ThenAccepted().When(TakeBack(at: 71)).ThenRefused(Refusal.NothingToReinstate);
}
