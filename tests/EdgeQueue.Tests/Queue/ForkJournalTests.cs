using EdgeQueue.Core.Queue;
using static EdgeQueue.Tests.Queue.Support.Say;
using static EdgeQueue.Tests.Queue.Support.Scenario;

namespace EdgeQueue.Tests.Queue;

public sealed class ForkJournalTests
{
    private static ForkJournal Forks(int skip) => new("old", 100, "new", skip, At(5));

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
}
