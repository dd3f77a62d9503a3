using EdgeQueue.Core.Queue;
using static EdgeQueue.Tests.Queue.Support.Say;
using static EdgeQueue.Tests.Queue.Support.Scenario;

namespace EdgeQueue.Tests.Queue;

/// <summary>CallTicket, Recall, Arrive.</summary>
public sealed class CallTests
{
    [Fact]
    public void One_chosen_ticket_is_called_and_whom_the_rule_preferred_is_written_down() =>
        Given(Opened("1"), Issued(1), Issued(2, at: 1)).When(Choose("A002", at: 5)).ThenCalls(2, why =>
        {
            Assert.Equal(("chosen", 2), (why.Rule, why.Waiting));
            Assert.Equal([1L], why.Beat.Select(b => b.Visit));
        });

    [Fact]
    public void A_parked_visit_can_be_chosen_too() =>
        Given(Opened("1"), Issued(1), Called(1, "1"), new VisitParked(1, "1", At(600), At(2)))
            .When(Choose("A001", at: 5)).ThenCalls(1).When(Ticks(700)).ThenNothing();

    [Fact]
    public void A_label_that_is_not_here_or_not_waiting_is_refused() =>
        Given(Opened("1"), Opened("2", "boris"), Issued(1), Called(1, "1"))
            .When(Choose("A001", "2")).ThenRefused(Refusal.NotWaiting("A001"))
            .When(Choose("A009", "2")).ThenRefused(Refusal.UnknownLabel("A009"));

    [Fact]
    public void A_recalled_visit_stays_at_its_counter() =>
        Given(Opened("1"), Issued(1), Called(1, "1")).When(CallAgain(at: 10)).Then(new VisitRecalled(1, "1", 2, At(10)))
            .See(s => Assert.Equal((3, 1L), (s.Counter("1").Version, s.Counter("1").Visit)))
            .See(s => Assert.Equal(2, s.RecentCalls("hall")[0].Times));

    [Fact]
    public void A_recall_too_soon_after_the_last_call_says_how_long_to_wait() =>
        Given(Opened("1"), Issued(1), Called(1, "1")).When(CallAgain(at: 7.5)).ThenRefused(Refusal.TooSoon(3));

    [Fact]
    public void There_is_nobody_to_recall_at_an_empty_counter_and_nobody_who_has_come_is_recalled() =>
        Given(Opened("1"), Issued(1)).When(CallAgain()).ThenRefused(Refusal.NobodyCalled)
            .When(Next()).ThenCalls(1).When(Arrives(at: 5)).ThenAccepted().When(CallAgain(at: 60)).ThenRefused(Refusal.AlreadyArrived);

    [Fact]
    public void Arriving_ends_the_walk_and_starts_the_service() =>
        Given(Opened("1"), Issued(1), Called(1, "1", at: 30)).When(Arrives(at: 50)).Then(new VisitArrived(1, "1", At(50)))
            .When(Done(at: 110)).ThenAccepted()
            .See(s => Assert.Equal(new Durations(30_000, 20_000, 60_000, 0), s.Find(1)!.Durations));

    [Fact]
    public void Arriving_twice_or_at_an_empty_counter_is_refused() =>
        Given(Opened("1"), Issued(1)).When(Arrives()).ThenRefused(Refusal.NobodyCalled)
            .When(Next()).ThenCalls(1).When(Arrives(at: 5)).ThenAccepted().When(Arrives(at: 6)).ThenRefused(Refusal.AlreadyArrived);
}
