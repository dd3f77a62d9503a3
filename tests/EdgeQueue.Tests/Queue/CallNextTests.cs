using EdgeQueue.Core.Queue;
using static EdgeQueue.Tests.Queue.Support.Say;
using static EdgeQueue.Tests.Queue.Support.Scenario;

namespace EdgeQueue.Tests.Queue;

public sealed class CallNextTests
{
    [Fact]
    public void The_next_is_called_with_the_reason_why()
    {
        var why = new CallReason("fifo", 40, 30_000, 600_000, 240_000, false, 3,
            [new Beaten(2, "cash", 40, 20_000, 600_000, 240_000), new Beaten(3, "pickup", 60, 10_000, 300_000, 150_000)]);
        Given(Opened("1"), Issued(1), Issued(2, at: 10), Issued(3, service: "pickup", at: 20)).When(Next(at: 30))
            .Then(new VisitCalled(1, "1", "hall", "anna", why, At(30)));
    }

    [Fact]
    public void A_second_keypad_gets_the_next_person_not_the_same_one() =>
        Given(Opened("1"), Opened("2", "boris"), Issued(1), Issued(2))
            .When(Next("1", 5)).ThenCalls(1).When(Next("2", 5)).ThenCalls(2);

    [Fact]
    public void A_double_press_never_skips_a_person() =>
        Given(Opened("1"), Issued(1), Issued(2))
            .When(new CallNext("1", 1, At(5))).ThenCalls(1).When(new CallNext("1", 1, At(5))).ThenRefused(Refusal.CounterMovedOn);

    [Fact]
    public void Next_while_serving_finishes_first() =>
        Given(Opened("1"), Issued(1), Issued(2), Called(1, "1"), Arrived(1, "1")).When(Next(at: 60))
            .ThenOne<TransactionFinished>(t => Assert.Equal((1, "cash"), (t.Visit, t.Service)))
            .ThenOne<VisitEnded>(e => Assert.Equal((1, VisitEnd.Finished), (e.Visit, e.How)))
            .ThenCalls(2);

    [Fact]
    public void Next_while_serving_with_nobody_waiting_finishes_and_calls_nobody() =>
        Given(Opened("1"), Issued(1), Called(1, "1"), Arrived(1, "1")).When(Next(at: 60)).Then(
            new TransactionFinished(1, "1", "cash", [], null, [], At(60)), new VisitEnded(1, VisitEnd.Finished, null, At(60)));

    [Fact]
    public void Next_before_the_called_customer_has_come_is_refused_and_names_NoShow() =>
        Given(Opened("1"), Issued(1), Issued(2), Called(1, "1")).When(Next(at: 60)).ThenRefused(Refusal.NotArrived)
            .See(_ => Assert.Contains("NoShow", Refusal.NotArrived.Sentence, StringComparison.Ordinal));

    [Fact]
    public void With_nobody_waiting_it_is_said() =>
        Given(Opened("3", profile: "loans"), Issued(1)).When(Next("3")).ThenRefused(Refusal.NobodyWaiting);

    [Fact]
    public void A_closed_or_paused_counter_calls_nobody() =>
        Given(Opened("2", "boris"), new CounterPaused("2", "lunch", At(1)), Issued(1))
            .When(Next("1")).ThenRefused(Refusal.CounterClosed)
            .When(Next("2")).ThenRefused(Refusal.CounterPaused)
            .When(Next("9")).ThenRefused(Refusal.UnknownCounter("9"));

    [Fact]
    public void During_an_evacuation_nobody_is_called() =>
        Given(Opened("1"), Issued(1), new EvacuationStarted(At(1))).When(Next()).ThenRefused(Refusal.Evacuating);

    [Fact]
    public void Who_comes_back_to_an_operator_goes_before_all_others() =>
        Given(Opened("1"), Issued(1), Issued(2, at: 1),
                new ServiceChanged(2, Cash(50) with { BoundOperator = "anna", Returning = true }, At(50)))
            .When(Next(at: 60)).ThenCalls(2, why => Assert.Equal(("returning", 2, 1), (why.Rule, why.Waiting, why.Beat.Count)));

    [Fact]
    public void Who_waits_for_one_counter_or_one_operator_is_called_by_nobody_else() =>
        Given(Opened("1"), Opened("2", "boris"), Issued(1), Issued(2, at: 1),
                new ServiceChanged(1, Cash(0) with { BoundCounter = "2" }, At(2)),
                new ServiceChanged(2, Cash(1) with { BoundOperator = "boris" }, At(2)))
            .When(Next("1", 5)).ThenRefused(Refusal.NobodyWaiting)
            .When(Next("2", 5)).ThenCalls(1).When(Arrives("2", 6)).ThenAccepted().When(Next("2", 7)).ThenCalls(2);

    [Fact]
    public void The_board_shows_the_newest_call_first() =>
        Given(Opened("1"), Opened("2", "boris"), Issued(1), Issued(2)).When(Next("1", 5)).ThenCalls(1).When(Next("2", 6)).ThenCalls(2)
            .See(s => Assert.Equal(["A002", "A001"], s.RecentCalls("hall").Select(c => c.Label)));

    internal static Place Cash(double since) => new("cash", 40, 600_000, 240_000, At(since));
}
