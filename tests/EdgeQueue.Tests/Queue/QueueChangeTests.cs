using EdgeQueue.Core.Queue;
using static EdgeQueue.Tests.Queue.Support.Say;
using static EdgeQueue.Tests.Queue.Support.Scenario;

namespace EdgeQueue.Tests.Queue;

/// <summary>CancelVisit, ChangeService, SetPriority.</summary>
public sealed class QueueChangeTests
{
    [Fact]
    public void Who_leaves_is_cancelled_once() =>
        Given(Issued(1)).When(new CancelVisit(1, "left", At(5))).Then(new VisitEnded(1, VisitEnd.Cancelled, "left", At(5)))
            .When(new CancelVisit(1, "left", At(6))).ThenRefused(Refusal.UnknownVisit);

    [Fact]
    public void Who_was_called_and_leaves_frees_the_counter() =>
        Given(Opened("1"), Issued(1), Called(1, "1")).When(new CancelVisit(1, "left", At(5))).ThenAccepted()
            .See(s => Assert.Equal((null, 3L), (s.Counter("1").Visit, s.Counter("1").Version)));

    [Fact]
    public void Who_is_being_served_is_finished_and_not_cancelled() =>
        Given(Opened("1"), Issued(1), Called(1, "1"), Arrived(1, "1")).When(new CancelVisit(1, "left", At(5))).ThenRefused("invalid");

    [Fact]
    public void Another_service_keeps_the_place_in_time() =>
        Given(Issued(1, at: 3)).When(new ChangeService(1, "loans", At(9)))
            .Then(new ServiceChanged(1, new Place("loans", 30, 1_200_000, 1_320_000, At(3)), At(9)))
            .See(s => Assert.Equal((0, 1), (s.WaitingFor("cash"), s.WaitingFor("loans"))))
            .When(new ChangeService(1, "garden", At(9))).ThenRefused(Refusal.UnknownService("garden"))
            .When(new ChangeService(7, "cash", At(9))).ThenRefused(Refusal.UnknownVisit);

    [Fact]
    public void A_priority_is_1_to_99_and_for_who_waits() =>
        Given(Opened("1"), Issued(1), Issued(2), Called(2, "1"))
            .When(new SetPriority(1, 99, At(5))).Then(new PriorityChanged(1, CallNextTests.Cash(0) with { Priority = 99 }, At(5)))
            .When(new SetPriority(1, 100, At(5))).ThenRefused("invalid")
            .When(new SetPriority(2, 50, At(5))).ThenRefused(Refusal.NotWaiting("A002"));
}
