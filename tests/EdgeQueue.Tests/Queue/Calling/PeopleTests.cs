using EdgeQueue.Core.Queue;
using EdgeQueue.Tests.Queue.Support;
using static EdgeQueue.Tests.Queue.Support.Say;

namespace EdgeQueue.Tests.Queue.Calling;

/// <summary>Skills, wishes, persons to wait for, and learned means.</summary>
public sealed class PeopleTests
{
    [Fact]
    public void An_operator_calls_what_they_can_and_their_secondary_services_when_there_is_nothing_else() =>
        With(new OperatorSettings(new Dictionary<string, Skill> { ["pickup"] = Skill.Primary, ["cash"] = Skill.Secondary }))
            .Comes(1, "cash").Comes(2, "loans").Comes(3, "pickup")
            .When(Next(at: 10)).ThenCalls(3, why => Assert.Equal([(1L, (bool?)true)], why.Beat.Select(b => (b.Visit, b.Help)))).Over(10)
            .When(Next(at: 11)).ThenCalls(1, why => Assert.True(why.Help)).Over(11)
            .When(Next(at: 12)).ThenRefused(Refusal.NobodyWaiting)
            .When(Next("2", at: 12)).ThenCalls(2);

    [Fact]
    public void A_customer_who_wants_something_is_called_by_an_operator_who_has_it() =>
        With(new OperatorSettings(Attributes: ["woman"]), boris: new OperatorSettings(Attributes: ["arabic", "woman"]))
            .When(Wish(["woman", "arabic"], at: 1)).ThenOne<WishesTold>(w => Assert.Equal("arabic woman", w.Place.Wants))
            .When(Next("1", at: 2)).ThenRefused(Refusal.NobodyWaiting)
            .When(Next("2", at: 3)).ThenCalls(1);

    [Fact]
    public void A_wish_that_nobody_could_ever_meet_is_refused() =>
        With(new OperatorSettings())
            .When(Wish(["juggler"], at: 1)).ThenRefused(Refusal.UnknownAttribute("juggler"))
            .When(new IssueTicket("p", "cash", null, null, null, At(1), Operator: "zorro")).ThenRefused(Refusal.UnknownOperator("zorro"));

    [Fact]
    public void A_customer_keeps_their_wishes_in_another_queue() =>
        With(new OperatorSettings(), boris: new OperatorSettings(Attributes: ["arabic"]))
            .When(Wish(["arabic"], at: 1)).ThenAccepted()
            .When(new ChangeService(1, "pickup", At(2))).ThenOne<ServiceChanged>(c => Assert.Equal("arabic", c.Place.Wants))
            .When(Next("1", at: 3)).ThenRefused(Refusal.NobodyWaiting)
            .When(Next("2", at: 3)).ThenCalls(1);

    [Fact]
    public void Who_wants_a_person_waits_for_them_up_to_the_limit_then_for_anyone_with_the_skill_at_their_old_place() =>
        With(new OperatorSettings())
            .When(new IssueTicket("p1", "cash", null, null, null, At(1), Operator: "boris")).ThenOne<WishesTold>(w => Assert.Equal(At(301), w.Place.BoundUntil))
            .Comes(2, "cash", at: 5)
            .When(Next("1", at: 10)).ThenCalls(2).Over(10)
            .When(Ticks(300.9)).ThenNothing()
            .When(Next("1", at: 300.9)).ThenRefused(Refusal.NobodyWaiting)
            .When(Ticks(301)).Then(new PersonWaitEnded(1, "boris", new Place("cash", 40, 600_000, 240_000, At(1)), At(301)))
            .When(Next("1", at: 302)).ThenCalls(1);

    [Fact]
    public void The_person_themself_calls_them_before_that() =>
        With(new OperatorSettings())
            .When(new IssueTicket("p1", "cash", null, null, null, At(1), Operator: "boris")).ThenAccepted()
            .When(Next("2", at: 2)).ThenCalls(1)
            .When(Ticks(400)).ThenNothing();

    [Fact]
    public void A_customer_who_was_lent_waits_for_the_lender_only_as_long_as_for_any_person() =>
        With(new OperatorSettings()).Comes(1, "cash")
            .When(Next("1", at: 1)).ThenCalls(1).When(Arrives("1", at: 2)).ThenAccepted()
            .When(Send("1", service: "pickup", back: true, at: 3)).ThenAccepted()
            .When(Next("2", at: 4)).ThenCalls(1).When(Arrives("2", at: 5)).ThenAccepted()
            .When(Done("2", at: 6)).ThenOne<VisitTransferred>(t => Assert.Equal((true, At(306)), (t.Place.Returning, t.Place.BoundUntil)))
            .When(Ticks(306)).ThenOne<PersonWaitEnded>(e => Assert.Equal((1, "anna"), (e.Visit, e.Operator)))
            .When(Next("2", at: 307)).ThenCalls(1);

    [Fact]
    public void A_learned_mean_follows_what_is_served_and_new_tickets_wait_with_it()
    {
        var scenario = With(new OperatorSettings(), learned: ["cash"]).Comes(1, "cash");
        scenario.When(Next("1", at: 1)).ThenAccepted().When(Arrives("1", at: 1)).ThenAccepted()
            // 240 s were configured, 400 s it took: a sixteenth of the difference is learned.
            .When(Done("1", at: 401)).ThenOne<MeanServiceLearned>(m => Assert.Equal(("cash", 250_000L), (m.Service, m.MeanMs)))
            .See(s => Assert.Equal(250_000, s.LearnedMean("cash")))
            .When(Take(at: 402)).ThenOne<TicketIssued>(t => Assert.Equal(MeanService.Rounded(250_000), t.MeanServiceMs))
            .When(Take("pickup", at: 402, press: "p2")).ThenOne<TicketIssued>(t => Assert.Equal(150_000, t.MeanServiceMs));
    }

    [Fact]
    public void A_fixed_mean_learns_nothing() =>
        With(new OperatorSettings(), learned: ["pickup"]).Comes(1, "cash")
            .When(Next("1", at: 1)).ThenAccepted().When(Arrives("1", at: 1)).ThenAccepted()
            .When(Done("1", at: 401)).ThenAccepted().See(s => Assert.Null(s.LearnedMean("cash")));

    [Fact]
    public void A_mean_comes_near_what_is_served_and_one_forgotten_customer_does_not_spoil_it()
    {
        var mean = 240_000L;
        for (var i = 0; i < 200; i++)
        {
            mean = MeanService.After(mean, 600_000);
        }

        Assert.InRange(mean, 599_900, 600_000);
        Assert.Equal(600_000 + (600_000 * 7 / 16), MeanService.After(600_000, 86_400_000));
        Assert.InRange(MeanService.After(1, 0), 1, 1);
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(31, 32)]
    [InlineData(240_000, 245_760)]
    [InlineData(86_400_000, 83_886_080)]
    public void What_visits_wait_with_is_the_mean_to_four_binary_digits(long mean, long rounded) =>
        Assert.Equal(rounded, MeanService.Rounded(mean));

    private static Func<BranchState, Command> Wish(string[] wants, double at) =>
        _ => new IssueTicket("press-wish", "cash", null, null, null, At(at), Wants: wants);

    private static Scenario With(OperatorSettings anna, OperatorSettings? boris = null, string[]? learned = null) => Scenario.GivenRules(
        TestRules.Branch with
        {
            Policy = TestRules.Policy with { UnprintedMs = 0 },
            Calling = new CallingSettings(
                null, new Dictionary<string, OperatorSettings> { ["anna"] = anna, ["boris"] = boris ?? OperatorSettings.None },
                learned, ["arabic", "woman"], 300_000),
        },
        Opened("1"), Opened("2", "boris"));
}

internal static class PeopleScenario
{
    public static Scenario Comes(this Scenario scenario, long visit, string service, double at = 0)
    {
        Evolve.Apply(scenario.State, Issued(visit, service == "loans" ? null : $"A{visit:000}", service, at));
        return scenario;
    }
}
