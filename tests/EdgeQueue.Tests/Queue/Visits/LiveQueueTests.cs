using EdgeQueue.Core.Queue;
using EdgeQueue.Tests.Queue.Support;
using static EdgeQueue.Tests.Queue.Support.Say;
using static EdgeQueue.Tests.Queue.Support.Scenario;
using static EdgeQueue.Tests.Queue.Support.VisitSay;

namespace EdgeQueue.Tests.Queue.Visits;

public sealed class LiveQueueTests
{
    private static readonly BranchRules Live = Rules(VisitRules.None with { Hall = HallRules.Open with { Mode = HallMode.Live } });

    private static Func<BranchState, Command> Starts(string? service = null, double at = 10) =>
        s => new StartService("1", s.Counter("1").Version, service, At(at));

    [Fact]
    public void A_service_starts_without_a_ticket_and_is_counted_as_any() =>
        GivenRules(Live, Opened("1"))
            .When(Starts("loans")).ThenAccepted()
            .See(s => Assert.Equal((VisitPhase.Serving, "loans"), (s.Find(1)!.Phase, s.Find(1)!.Service)))
            .When(Done(at: 70)).ThenAccepted()
            .See(s => Assert.Equal(new Durations(0, 0, 60_000, 0), s.Find(1)!.Durations))
            .See(s => Assert.Equal(["loans"], s.Find(1)!.Transactions.Select(t => t.Service)));

    [Fact]
    public void Next_finishes_and_begins_the_first_service_of_the_counter() =>
        GivenRules(Live, Opened("1"))
            .When(Next(at: 10)).ThenAccepted()
            .When(Next(at: 20)).ThenAccepted()
            .See(s => Assert.Equal((VisitEnd.Finished, VisitPhase.Serving, "cash"), (s.Find(1)!.End, s.Find(2)!.Phase, s.Find(2)!.Service)));

    [Fact]
    public void Who_still_has_a_ticket_comes_before() =>
        GivenRules(Live, Opened("1"), Issued(1), Printed(1))
            .When(Take()).ThenRefused(Refusal.LiveQueue)
            .When(Next(at: 10)).ThenCalls(1);

    [Fact]
    public void The_last_number_of_the_tickets_ends_no_queue_without_tickets()
    {
        var few = Live with { Services = Live.Services.ToDictionary(s => s.Key, s => s.Key == "cash" ? s.Value with { LastNumber = 1 } : s.Value) };
        var cash = few.Services["cash"];
        GivenRules(few, Opened("1"))
            .When(Next(at: 10)).ThenOne<TicketIssued>(t => Assert.Equal(1, t.Number))
            .When(Next(at: 20)).ThenOne<TicketIssued>(t => Assert.Equal(cash.OfflineLast + 1, t.Number))
            .When(Next(at: 30)).ThenOne<TicketIssued>(t => Assert.Equal(cash.OfflineLast + 2, t.Number))
            .When(Starts(at: 40)).ThenOne<TicketIssued>(t => Assert.Equal(cash.OfflineLast + 3, t.Number))
            .See(s => Assert.Equal((VisitPhase.Serving, 4L), (s.Find(4)!.Phase, s.Counter("1").Visit)));
    }

    [Fact]
    public void In_the_middle_of_a_day_the_branch_changes_over_and_back() =>
        GivenRules(TestRules.Branch, Opened("1"))
            .When(Take(press: "a")).ThenAccepted()
            .When(Starts()).ThenRefused(Refusal.NotLive)
            .When(new ApplyRules(Live, At(20))).ThenAccepted()
            .When(Next(at: 21)).ThenCalls(1).When(Arrives(at: 22)).ThenAccepted()
            .When(Next(at: 30)).ThenOne<LiveVisitBegun>(b => Assert.Equal(2, b.Visit))
            .When(new ApplyRules(TestRules.Branch, At(40))).ThenAccepted()
            .When(Take(at: 41, press: "b")).ThenOne<TicketIssued>(t => Assert.Equal("A003", t.Label))
            .When(Next(at: 42)).ThenCalls(3)
            .See(s => Assert.Equal(VisitEnd.Finished, s.Find(2)!.End));

    [Fact]
    public void A_service_that_the_operator_does_not_serve_or_may_not_choose_is_refused()
    {
        var rules = Live with
        {
            Calling = CallingSettings.None with
            {
                People = new Dictionary<string, OperatorSettings>
                {
                    ["anna"] = new(new Dictionary<string, Skill> { ["pickup"] = Skill.Primary }),
                    ["boris"] = new(ChooseService: false),
                },
            },
        };
        GivenRules(rules, Opened("1"), Opened("2", "boris"), Opened("3", "clara", "loans"))
            .When(Starts("loans")).ThenRefused(Refusal.NotYourService("loans"))
            .When(s => new StartService("3", s.Counter("3").Version, "cash", At(10))).ThenRefused(Refusal.NotYourService("cash"))
            .When(s => new StartService("2", s.Counter("2").Version, "cash", At(10))).ThenRefused(Refusal.MayNotChooseService)
            .When(s => new StartService("2", s.Counter("2").Version, null, At(10))).ThenOne<TicketIssued>(t => Assert.Equal("cash", t.Service))
            .When(Starts()).ThenOne<TicketIssued>(t => Assert.Equal("pickup", t.Service))
            .When(Next(at: 20)).ThenOne<TicketIssued>(t => Assert.Equal("pickup", t.Service));
    }

    [Fact]
    public void A_start_by_mistake_is_cancelled_as_any_visit() =>
        GivenRules(Live, Opened("1"))
            .When(Starts()).ThenAccepted()
            .When(Aside(at: 11)).ThenAccepted()
            .When(new CancelVisit(1, "mistake", At(12))).ThenAccepted()
            .See(s => Assert.Equal(VisitEnd.Cancelled, s.Find(1)!.End));
}
