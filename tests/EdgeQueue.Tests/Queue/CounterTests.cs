using EdgeQueue.Core.Queue;
using EdgeQueue.Tests.Queue.Support;
using static EdgeQueue.Tests.Queue.Support.Say;
using static EdgeQueue.Tests.Queue.Support.Scenario;

namespace EdgeQueue.Tests.Queue;

/// <summary>OpenCounter, PauseCounter, CloseCounter.</summary>
public sealed class CounterTests
{
    private static OpenCounter Opens(string counter, string by, bool takeOver = false, string? profile = null, double at = 5) =>
        new(counter, by, profile, takeOver, At(at));

    [Fact]
    public void An_operator_who_names_no_profile_gets_the_counters_own() =>
        Given().When(Opens("3", "clara")).Then(new CounterOpened("3", "clara", "loans", null, At(5)));

    [Fact]
    public void A_second_operator_is_refused_unless_they_take_over_on_purpose() =>
        Given(Opened("1"), Issued(1), Called(1, "1"))
            .When(Opens("1", "boris")).ThenRefused(Refusal.CounterTaken("anna"))
            .When(Opens("1", "boris", takeOver: true)).Then(new CounterOpened("1", "boris", "all", "anna", At(5)))
            .See(s => Assert.Equal(1, s.Counter("1").Visit));

    [Fact]
    public void One_operator_is_at_one_counter() =>
        Given(Opened("1")).When(Opens("2", "anna")).ThenRefused(Refusal.OperatorElsewhere("1"));

    [Fact]
    public void Who_was_open_at_a_counter_that_a_configuration_took_away_opens_another_one_and_their_customer_is_back_at_their_place()
    {
        var without = TestRules.Branch with { Counters = TestRules.Branch.Counters.Where(c => c.Key != "1").ToDictionary() };
        Given(Opened("1"), new RulesApplied(without, At(3))).When(Opens("2", "anna"))
            .Then(new CounterClosed("1", At(5)), new CounterOpened("2", "anna", "all", null, At(5)));
        Given(Opened("1"), Issued(1), Called(1, "1"), new RulesApplied(without, At(3))).When(Opens("2", "anna"))
            .ThenOne<VisitRequeued>(r => Assert.Equal((1L, "1", false), (r.Visit, r.Counter, r.ToEnd)))
            .See(s => Assert.Equal(("2", CounterPhase.Closed, 1), (s.CounterOf("anna")!.Id, s.Counter("1").Phase, s.Waiting)))
            .When(Next("2", at: 6)).ThenCalls(1);
    }

    [Fact]
    public void Opening_a_paused_counter_ends_the_pause() =>
        Given(Opened("1")).When(new PauseCounter("1", 1, "lunch", At(6))).Then(new CounterPaused("1", "lunch", At(6)))
            .When(new PauseCounter("1", 2, "lunch", At(7))).ThenRefused(Refusal.CounterPaused)
            .When(Opens("1", "anna", at: 9)).Then(new CounterOpened("1", "anna", "all", null, At(9)))
            .When(Opens("1", "anna", at: 10)).ThenNothing();

    [Fact]
    public void A_counter_with_a_customer_is_neither_paused_nor_closed() =>
        Given(Opened("1"), Issued(1), Called(1, "1"))
            .When(new PauseCounter("1", 2, "lunch", At(6))).ThenRefused(Refusal.CounterBusy)
            .When(new CloseCounter("1", 2, At(6))).ThenRefused(Refusal.CounterBusy);

    [Fact]
    public void A_closed_counter_is_free_for_the_next_operator() =>
        Given(Opened("1")).When(new CloseCounter("1", 1, At(6))).Then(new CounterClosed("1", At(6)))
            .When(new CloseCounter("1", 2, At(6))).ThenRefused(Refusal.CounterClosed)
            .When(Opens("1", "boris")).ThenAccepted().When(Opens("2", "anna")).ThenAccepted();

    [Fact]
    public void What_is_not_configured_is_named() =>
        Given().When(Opens("9", "anna")).ThenRefused(Refusal.UnknownCounter("9"))
            .When(Opens("1", "nobody")).ThenRefused(Refusal.UnknownOperator("nobody"))
            .When(Opens("1", "anna", profile: "none")).ThenRefused(Refusal.UnknownWorkProfile("none"));

    [Fact]
    public void A_customer_at_a_counter_that_the_configuration_dropped_is_called_by_another() =>
        Given(Opened("1"), Opened("2", "boris"), Issued(1), Called(1, "1"), Arrived(1, "1"), new RulesApplied(
                Support.TestRules.Branch with { Counters = Support.TestRules.Branch.Counters.Where(c => c.Key != "1").ToDictionary() }, At(4)))
            .When(Choose("A001", counter: "2", at: 5)).ThenCalls(1)
            .See(s => Assert.Equal((null, 1L, "2"), (s.Counter("1").Visit, s.Counter("2").Visit, s.Find(1)!.Counter)));

    [Fact]
    public void Who_is_at_another_configured_counter_is_not_taken_from_there() =>
        Given(Opened("1"), Opened("2", "boris"), Issued(1), Called(1, "1")).When(Choose("A001", counter: "2", at: 5)).ThenRefused(Refusal.NotWaiting("A001"));

    [Fact]
    public void A_customer_at_a_counter_that_the_configuration_dropped_is_still_let_go() =>
        Given(Opened("1"), Issued(1), Called(1, "1"), new RulesApplied(
                Support.TestRules.Branch with { Counters = new Dictionary<string, CounterRules>() }, At(4)))
            .When(PutBack(at: 5)).ThenAccepted().When(Next(at: 6)).ThenRefused(Refusal.UnknownCounter("1"));
}
