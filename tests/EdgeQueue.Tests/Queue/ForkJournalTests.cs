using System.Text;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Queue;
using EdgeQueue.Tests.Queue.Support;
using static EdgeQueue.Tests.Queue.Support.Say;
using static EdgeQueue.Tests.Queue.Support.Scenario;

namespace EdgeQueue.Tests.Queue;

public sealed class ForkJournalTests
{
    private static readonly BranchRules ManyLoans = TestRules.WithService("loans", s => s with { LastNumber = 899 });

    /// <summary>Loans have five numbers only: where they do not matter, their end is accepted.</summary>
    private static ForkJournal Forks(int skip) => new("old", 100, "new", skip, At(5), null, AcceptExhaustion: true);

    private static ForkJournal Told(int skip, params PrefixLast[] last) => new("old", 100, "new", skip, At(5), last);

    [Fact]
    public void Labels_that_the_lost_events_may_have_given_are_stepped_over_today() =>
        Given(Issued(1)).When(Forks(20)).ThenAccepted().When(Take()).ThenOne<TicketIssued>(t => Assert.Equal((22, "A022"), (t.Visit, t.Label)));

    [Fact]
    public void And_of_letters_that_gave_none_yet_too() =>
        Given().When(Forks(20)).ThenAccepted().When(Take()).ThenOne<TicketIssued>(t => Assert.Equal("A021", t.Label));

    [Fact]
    public void The_lost_events_may_have_opened_the_next_day_so_it_starts_behind_them_and_only_it() =>
        Given(Issued(1)).When(Forks(20)).ThenAccepted()
            .When(new CloseDay(At(6))).ThenAccepted().When(Take(press: "p1", at: 7)).ThenOne<TicketIssued>(t => Assert.Equal("A021", t.Label))
            .When(new CloseDay(At(8))).ThenAccepted().When(Take(press: "p2", at: 9)).ThenOne<TicketIssued>(t => Assert.Equal("A001", t.Label));

    [Fact]
    public void Leases_stay_and_blocks_that_may_have_been_leased_are_set_aside() =>
        Given(Leased("lease-1", 900, 909)).When(Forks(2)).Then(
            new JournalForked("old", 100, "new", 2, At(5)),
            new NumbersLeased("fork-4", "", "", "", "cash", "A", 3, 910, 929, At(5)),
            new NumbersLeased("fork-5", "", "", "", "loans", "L", 3, 900, 919, At(5)));

    [Fact]
    public void Skipping_backwards_is_refused() => Given().When(Forks(-1)).ThenRefused("invalid");

    [Fact]
    public void A_fork_that_would_leave_no_number_is_refused_and_says_what_to_look_for() =>
        Given().When(Told(20)).ThenRefused(Refusal.ForkExhausts(["L"]))
            .See(_ => Assert.Contains("--last A057", Refusal.ForkExhausts(["L"]).Sentence, StringComparison.Ordinal));

    [Fact]
    public void A_prefix_that_was_used_up_before_is_no_reason_to_refuse_today()
    {
        var scenario = GivenRules(ManyLoans, Issued(1, "A899")).When(Told(100)).ThenAccepted().When(Take()).ThenRefused("numbersExhausted");
        Assert.Equal(("A", 0L, 101L, 799L), Numbers(scenario, "A"));
    }

    [Fact]
    public void The_last_number_that_is_left_is_left() =>
        GivenRules(ManyLoans, Issued(1, "A800")).When(Told(98)).ThenAccepted().When(Take()).ThenOne<TicketIssued>(t => Assert.Equal("A899", t.Label))
            .See(_ => GivenRules(ManyLoans, Issued(1, "A800")).When(Told(99)).ThenRefused(Refusal.ForkExhausts(["A"])));

    [Fact]
    public void A_copy_a_day_old_gives_numbers_again_behind_the_papers_that_were_seen_today_and_on_the_next_day_only()
    {
        var scenario = GivenRules(ManyLoans, Issued(1)).When(Told(5000, new("A", 57), new("L", 0))).ThenAccepted();
        Assert.Equal(("A", 822L, 78L, 822L), Numbers(scenario, "A"));
        scenario.When(Take()).ThenOne<TicketIssued>(t => Assert.Equal((5002, "A078"), (t.Visit, t.Label)))
            .When(Take("loans", press: "p0")).ThenOne<TicketIssued>(t => Assert.Equal("L021", t.Label))
            .When(new CloseDay(At(6))).ThenAccepted().When(Take(press: "p1", at: 7)).ThenOne<TicketIssued>(t => Assert.Equal("A078", t.Label))
            .When(new CloseDay(At(8))).ThenAccepted().When(Take(press: "p2", at: 9)).ThenOne<TicketIssued>(t => Assert.Equal("A001", t.Label));
    }

    [Fact]
    public void What_the_journal_knows_of_today_counts_more_than_a_lower_paper() =>
        GivenRules(ManyLoans, Issued(1, "A100")).When(Told(20, new PrefixLast("A", 57))).ThenAccepted()
            .When(Take()).ThenOne<TicketIssued>(t => Assert.Equal("A101", t.Label))
            .When(new CloseDay(At(6))).ThenAccepted().When(Take(press: "p1", at: 7)).ThenOne<TicketIssued>(t => Assert.Equal("A078", t.Label));

    [Fact]
    public void A_second_fork_never_takes_back_what_the_first_stepped_over() =>
        GivenRules(ManyLoans).When(Told(50)).ThenAccepted().When(Told(1, new PrefixLast("A", 5))).ThenAccepted()
            .When(Take()).ThenOne<TicketIssued>(t => Assert.Equal("A051", t.Label))
            .When(Told(10)).ThenAccepted()
            .When(Take(press: "p1")).ThenOne<TicketIssued>(t => Assert.Equal("A062", t.Label))
            .When(new CloseDay(At(6))).ThenAccepted().When(Take(press: "p2", at: 7)).ThenOne<TicketIssued>(t => Assert.Equal("A061", t.Label));

    [Fact]
    public void A_label_of_a_dispenser_that_was_cut_off_tells_nothing_about_the_ordinary_numbers() =>
        GivenRules(ManyLoans).When(Told(1, new PrefixLast("A", 905))).ThenRefused("invalid");

    [Fact]
    public void A_prefix_that_only_the_lost_events_configured_begins_behind_its_papers() =>
        GivenRules(ManyLoans).When(Told(2, new PrefixLast("D", 50))).ThenAccepted()
            .When(new ApplyRules(TestRules.WithService("loans", s => s with { Prefix = "D", LastNumber = 899 }), At(6))).ThenAccepted()
            .When(Take("loans", at: 7)).ThenOne<TicketIssued>(t => Assert.Equal("D071", t.Label));

    [Fact]
    public void A_snapshot_keeps_where_the_next_day_begins()
    {
        var before = GivenRules(ManyLoans).When(Told(2, new PrefixLast("A", 57))).ThenAccepted().State;
        var after = BranchState.FromSnapshot(before.ToSnapshot());
        Evolve.Apply(after, Decider.Decide(after, new CloseDay(At(6))).Events);
        var issued = Assert.Single(Decider.Decide(after, Take(at: 7)).Events.OfType<TicketIssued>());
        Assert.Equal("A078", issued.Label);
    }

    [Fact]
    public void A_fork_of_an_earlier_release_is_read_and_one_without_papers_is_written_as_then()
    {
        var forked = new JournalForked("old", 100, "new", 2, At(5));
        var text = Encoding.UTF8.GetString(EventJson.Write(forked));
        Assert.DoesNotContain("next", text, StringComparison.Ordinal);
        Assert.Equal(forked, EventJson.Read("journalForked", Encoding.UTF8.GetBytes(text)));
        var told = EventJson.Read("journalForked", EventJson.Write(forked with { Next = [new("A", 78)] }));
        Assert.Equal([new PrefixNumber("A", 78)], Assert.IsType<JournalForked>(told).Next!);
    }

    private static (string Prefix, long Left, long NextDay, long NextDayLeft) Numbers(Scenario scenario, string prefix)
    {
        var numbers = OrdinaryNumbers.Of(scenario.State).Single(n => n.Prefix == prefix);
        return (numbers.Prefix, numbers.Left, numbers.NextDay, numbers.NextDayLeft);
    }
}
