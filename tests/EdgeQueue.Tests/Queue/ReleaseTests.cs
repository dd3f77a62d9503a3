using EdgeQueue.Core.Queue;
using EdgeQueue.Tests.Queue.Support;
using static EdgeQueue.Tests.Queue.Support.Say;
using static EdgeQueue.Tests.Queue.Support.Scenario;

namespace EdgeQueue.Tests.Queue;

/// <summary>Finish, NoShow, Requeue, Park and Resume.</summary>
public sealed class ReleaseTests
{
    private static Scenario Serving() => Given(Opened("1"), Issued(1), Called(1, "1"), Arrived(1, "1"));

    private static Scenario Calling() => Given(Opened("1"), Issued(1), Issued(2, at: 5), Called(1, "1"));

    [Fact]
    public void A_mark_that_is_no_text_is_refused_because_no_journal_could_be_compared_with_it_in_it() =>
        Given(Issued(1), Opened("1"), Called(1, "1"), Arrived(1, "1"))
            .When(s => new Finish("1", s.Counter("1").Version, [], null, [null!], At(5))).ThenRefused("invalid");

    [Fact]
    public void Finishing_ends_the_transaction_and_the_visit() =>
        Serving().When(s => new Finish("1", s.Counter("1").Version, ["deposit"], "done", ["vip"], At(60))).Then(
            new TransactionFinished(1, "1", "cash", ["deposit"], "done", ["vip"], At(60)),
            new VisitEnded(1, VisitEnd.Finished, null, At(60)));

    [Fact]
    public void Nobody_who_has_not_come_is_finished() =>
        Calling().When(Done(at: 60)).ThenRefused(Refusal.NotArrived).See(_ => Given(Opened("1")).When(Done()).ThenRefused(Refusal.NobodyServed));

    [Fact]
    public void NoShow_takes_the_calls_and_the_time_of_the_policy() =>
        Calling().When(DidNotCome(at: 60)).ThenRefused(Refusal.TooFewCalls(1, 2))
            .When(CallAgain(at: 60)).ThenAccepted().When(DidNotCome(at: 69)).ThenRefused(Refusal.TooSoon(1))
            .When(DidNotCome(at: 70)).Then(new VisitEnded(1, VisitEnd.NoShow, null, At(70)));

    [Fact]
    public void Somebody_who_is_being_served_is_no_NoShow() => Serving().When(DidNotCome(at: 99)).ThenRefused(Refusal.AlreadyArrived);

    [Fact]
    public void Requeued_to_the_old_place_it_is_next_again() =>
        Calling().When(PutBack(at: 60)).ThenOne<VisitRequeued>(r => Assert.Equal(At(0), r.Place.Since)).When(Next(at: 61)).ThenCalls(1);

    [Fact]
    public void Requeued_to_the_end_others_go_first() =>
        Calling().When(PutBack(toEnd: true, at: 60)).ThenOne<VisitRequeued>(r => Assert.Equal(At(60), r.Place.Since))
            .When(Next(at: 61)).ThenCalls(2);

    [Fact]
    public void A_wrong_Arrive_is_corrected_by_putting_the_customer_back() => Serving().When(PutBack(at: 9)).ThenAccepted();

    [Fact]
    public void Parked_for_some_minutes_it_waits_again_at_its_old_place_by_itself() =>
        Serving().When(Aside(minutes: 5, at: 60)).Then(new VisitParked(1, "1", At(360), At(60)))
            .When(Ticks(359.999)).ThenNothing()
            .When(Ticks(360)).ThenOne<VisitResumed>(r => Assert.Equal((1, At(0)), (r.Visit, r.Place.Since)))
            .See(s => Assert.Equal(new Durations(0, 0, 60_000, 300_000), s.Find(1)!.Durations));

    [Fact]
    public void Parked_without_end_it_waits_for_somebody_to_resume_it() =>
        Serving().When(Aside(at: 60)).Then(new VisitParked(1, "1", null, At(60)))
            .When(Ticks(9_000)).ThenNothing()
            .When(new Resume("2", "A001", At(9_001))).ThenOne<VisitResumed>(r => Assert.Equal(1, r.Visit))
            .When(new Resume("2", "A001", At(9_002))).ThenRefused(Refusal.NotParked("A001"))
            .When(new Resume("2", "A009", At(9_002))).ThenRefused(Refusal.UnknownLabel("A009"));

    [Theory]
    [InlineData(0)]
    [InlineData(1441)]
    public void A_parking_has_a_sensible_length(int minutes) => Serving().When(Aside(minutes: minutes)).ThenRefused("invalid");
}
