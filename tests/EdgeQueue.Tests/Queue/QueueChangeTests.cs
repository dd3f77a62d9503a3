using EdgeQueue.Core.Queue;
using EdgeQueue.Tests.Queue.Support;
using static EdgeQueue.Tests.Queue.Support.Say;
using static EdgeQueue.Tests.Queue.Support.Scenario;

namespace EdgeQueue.Tests.Queue;

/// <summary>CancelVisit, ChangeService, SetPriority.</summary>
public sealed class QueueChangeTests
{
    [Fact]
    public void Who_leaves_is_cancelled_once() =>
        Given(Issued(1)).When(new CancelVisit(1, "left", At(5), "A002")).ThenRefused(Refusal.UnknownVisit)
            .When(new CancelVisit(1, "left", At(5), "A001")).Then(new VisitEnded(1, VisitEnd.Cancelled, "left", At(5)))
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

    [Fact]
    public void An_operator_changes_what_somebody_who_waits_came_for_by_the_number_of_the_ticket() =>
        Given(Opened("1"), Issued(1, at: 3)).When(new ChangeService(0, "loans", At(9), "1", "1", Reason: "wrong button"))
            .Then(new ServiceChanged(1, new Place("loans", 30, 1_200_000, 1_320_000, At(3)), At(9), "1", "anna", "wrong button"))
            .When(new ChangeService(0, "loans", At(10), "1", "A001")).ThenNothing()
            .When(new ChangeService(0, "cash", At(10), "1", "7")).ThenRefused("unknownLabel")
            .When(new ChangeService(0, "cash", At(10), "9", "1")).ThenRefused("unknownCounter")
            .When(new ChangeService(0, "cash", At(10), "2", "1")).ThenRefused(Refusal.CounterClosed);

    [Fact]
    public void The_customer_at_the_counter_came_for_something_else_and_that_is_what_was_served() =>
        Given(Opened("1"), Issued(1), Called(1, "1", 10), Arrived(1, "1", 20))
            .When(s => new ChangeService(0, "loans", At(30), "1", null, s.Counter("1").Version)).ThenOne<ServiceChanged>(e => Assert.Equal("loans", e.Place.Service))
            .See(s => Assert.Equal((4L, VisitPhase.Serving), (s.Counter("1").Version, s.Find(1)!.Phase)))
            .When(new ChangeService(0, "cash", At(31), "1", null, 3)).ThenRefused(Refusal.CounterMovedOn)
            .When(Done(at: 60)).ThenAccepted()
            .See(s => Assert.Equal(("loans", 40_000L), (s.Find(1)!.Transactions.Single().Service, s.Find(1)!.Transactions.Single().Durations.ServingMs)))
            .When(new ChangeService(0, "cash", At(61), "1", "1")).ThenRefused(Refusal.NotWaiting("A001"));

    [Fact]
    public void Whom_this_counter_cannot_serve_is_transferred_instead() =>
        Given(Opened("3", "clara", "loans"), Issued(1, "L001", "loans"), new VisitCalled(1, "3", "upstairs", "clara", Called(1, "3").Why, At(1)))
            .When(s => new ChangeService(0, "cash", At(30), "3", null, s.Counter("3").Version)).ThenRefused("transferInstead")
            .When(new ChangeService(0, "cash", At(30), "3", null, null)).ThenRefused(Refusal.CounterMovedOn);

    [Fact]
    public void A_priority_is_given_by_who_may_with_a_reason_and_taken_back() =>
        GivenRules(May, Opened("1"), Issued(1), Issued(2, at: 5), Called(1, "1"))
            .When(new SetPriority(0, 90, At(6), "1", "2", Reason: "pregnant"))
            .Then(new PriorityChanged(2, CallNextTests.Cash(5) with { Priority = 90 }, At(6), "1", "anna", "pregnant"))
            .See(s => Assert.True(s.Find(2)!.PrioritySet))
            .When(new SetPriority(0, 0, At(7), "1", "2"))
            .Then(new PriorityChanged(2, CallNextTests.Cash(5), At(7), "1", "anna", null, true))
            .See(s => Assert.False(s.Find(2)!.PrioritySet))
            // What the customer here gets counts when they wait again.
            .When(s => new SetPriority(0, 95, At(8), "1", null, s.Counter("1").Version)).ThenAccepted()
            .When(PutBack(at: 9)).ThenOne<VisitRequeued>(r => Assert.Equal(95, r.Place.Priority));

    [Fact]
    public void Nobody_changes_what_they_may_not() =>
        GivenRules(
            May with { Calling = May.Calling! with { Profiles = null, People = new Dictionary<string, OperatorSettings> { ["anna"] = new(ChangeService: false) } } },
            Opened("1"), Opened("2", "boris"), Issued(1))
            .When(new SetPriority(0, 90, At(6), "1", "1")).ThenRefused(Refusal.MayNotSetPriority)
            .When(new ChangeService(0, "loans", At(6), "1", "1")).ThenRefused(Refusal.MayNotChangeService)
            .When(new ChangeService(0, "loans", At(6), "2", "1")).ThenAccepted();

    [Fact]
    public void A_customer_goes_back_to_the_operator_before_ahead_of_the_others() =>
        Given(Opened("1"), Opened("2", "boris"), Issued(1), Issued(2, at: 1), Called(1, "1", 2), Arrived(1, "1", 3))
            .When(s => new GiveBack("1", s.Counter("1").Version, At(4))).ThenRefused(Refusal.NobodyBefore)
            .When(Send(service: "loans", at: 5)).ThenAccepted()
            .When(Choose("A001", "2", 6)).ThenCalls(1).When(Arrives("2", 7)).ThenAccepted()
            .When(s => new GiveBack("2", s.Counter("2").Version, At(9)))
            .Then(
                new TransactionFinished(1, "2", "loans", [], null, [], At(9)),
                new VisitTransferred(1, "2", "boris", false, CallNextTests.Cash(9) with { BoundOperator = "anna", Returning = true }, At(9)))
            .When(Next(at: 10)).ThenCalls(1);

    private static readonly BranchRules May = TestRules.Branch with
    {
        Calling = new CallingSettings(new Dictionary<string, ProfileSettings> { ["all"] = new(SetPriority: true) }),
    };
}
