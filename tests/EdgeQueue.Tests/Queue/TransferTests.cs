using EdgeQueue.Core.Queue;
using EdgeQueue.Tests.Queue.Support;
using static EdgeQueue.Tests.Queue.Support.Say;
using static EdgeQueue.Tests.Queue.Support.Scenario;

namespace EdgeQueue.Tests.Queue;

public sealed class TransferTests
{
    private static Scenario Serving() => Given(
        Opened("1"), Opened("3", "clara", "loans"), Opened("2", "boris"), Issued(1), Called(1, "1", 10), Arrived(1, "1", 20));

    [Fact]
    public void To_a_service_it_waits_there_from_now_on_with_that_services_figures() =>
        Serving().When(Send(service: "loans", at: 60)).Then(
            new TransactionFinished(1, "1", "cash", [], null, [], At(60)),
            new VisitTransferred(1, "1", "anna", false, new Place("loans", 30, 1_200_000, 1_320_000, At(60)), At(60)));

    [Fact]
    public void A_visit_to_two_services_has_two_transactions_measured_apart() =>
        Serving().When(Send(service: "loans", at: 60)).ThenAccepted()
            .When(Next("3", 100)).ThenCalls(1).When(Arrives("3", 105)).ThenAccepted().When(Done("3", 200)).ThenAccepted()
            .See(s => Assert.Equal(
                [("cash", new Durations(10_000, 10_000, 40_000, 0)), ("loans", new Durations(40_000, 5_000, 95_000, 0))],
                s.Find(1)!.Transactions.Select(t => (t.Service, t.Durations))));

    [Fact]
    public void With_return_it_comes_back_to_the_same_operator_ahead_of_the_others() =>
        Serving().When(Take(at: 30)).ThenAccepted()
            .When(Send(service: "loans", back: true, at: 60)).ThenAccepted()
            .When(Next("3", 100)).ThenCalls(1).When(Arrives("3", 105)).ThenAccepted()
            .When(Done("3", 200)).Then(
                new TransactionFinished(1, "3", "loans", [], null, [], At(200)),
                new VisitTransferred(1, "3", "clara", false, CallNextTests.Cash(200) with { BoundOperator = "anna", Returning = true }, At(200)))
            .When(Next("2", 201)).ThenCalls(2)
            .When(Next("1", 202)).ThenCalls(1, why => Assert.Equal("returning", why.Rule))
            .When(Arrives("1", 203)).ThenAccepted()
            .When(Done("1", 300)).ThenOne<VisitEnded>(e => Assert.Equal(VisitEnd.Finished, e.How));

    [Fact]
    public void Next_while_serving_a_lent_customer_gives_them_back() =>
        Serving().When(Send(service: "loans", back: true, at: 60)).ThenAccepted()
            .When(Next("3", 100)).ThenCalls(1).When(Arrives("3", 105)).ThenAccepted()
            .When(Next("3", 200)).ThenOne<VisitTransferred>(t => Assert.True(t.Place.Returning));

    [Fact]
    public void To_a_counter_or_an_operator_it_waits_for_them_alone() =>
        Serving().When(Send(toCounter: "3", at: 60)).ThenOne<VisitTransferred>(t => Assert.Equal("3", t.Place.BoundCounter))
            .When(Next("2", 61)).ThenRefused(Refusal.NobodyWaiting).When(Next("3", 62)).ThenCalls(1)
            .When(Send("3", to: "boris", at: 80)).ThenOne<VisitTransferred>(t => Assert.Equal("boris", t.Place.BoundOperator))
            .When(Next("1", 81)).ThenRefused(Refusal.NobodyWaiting).When(Next("2", 82)).ThenCalls(1);

    [Fact]
    public void A_priority_that_a_person_set_goes_along() =>
        Given(Opened("1"), Issued(1)).When(new SetPriority(1, 90, At(1))).ThenAccepted().When(Next(at: 5)).ThenCalls(1)
            .When(Send(service: "loans", at: 60)).ThenOne<VisitTransferred>(t => Assert.Equal(90, t.Place.Priority));

    [Fact]
    public void It_goes_to_exactly_one_place_that_exists() =>
        Serving().When(Send()).ThenRefused("invalid")
            .When(Send(service: "cash", toCounter: "2")).ThenRefused("invalid")
            .When(Send(service: "garden")).ThenRefused(Refusal.UnknownService("garden"))
            .When(Send(toCounter: "9")).ThenRefused(Refusal.UnknownCounter("9"))
            .When(Send(to: "nobody")).ThenRefused(Refusal.UnknownOperator("nobody"));
}
