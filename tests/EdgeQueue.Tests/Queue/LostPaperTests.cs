using EdgeQueue.Core.Queue;
using EdgeQueue.Tests.Queue.Support;
using static EdgeQueue.Tests.Queue.Support.Say;
using static EdgeQueue.Tests.Queue.Support.Scenario;

namespace EdgeQueue.Tests.Queue;

/// <summary>Papers that were printed from a store that is gone: only who holds one knows of it.</summary>
public sealed class LostPaperTests
{
    private static readonly NumbersLeased Wiped = Leased("lease-1", 900, 909);
    private static readonly NumbersLeased Anew = Leased("lease-2", 910, 919, "store-2", at: 50);

    [Theory]
    [InlineData("A903")]
    [InlineData("903")]
    [InlineData("1903")]
    public void Its_holder_is_recorded_by_being_called(string typed) =>
        Given(Wiped, Anew, Opened("1"), Issued(1, at: 1)).When(Choose(typed, at: 100)).Then(
            new TicketIssued(2, "A903", "A", 903, "cash", null, 40, 600_000, 240_000, "en", null, "paper-lease-1-903", "lease-1", At(100), true, true, At(100)),
            new VisitCalled(2, "1", "hall", "anna", new CallReason("chosen", 40, 0, 600_000, 240_000, false, 2, [new Beaten(1, "cash", 40, 99_000, 600_000, 240_000)]), At(100)))
            .See(s => Assert.Equal(2, s.Counter("1").Visit))
            .See(s => Assert.Contains(903, s.Leases.Single(l => l.Id == "lease-1").Used));

    [Fact]
    public void Whoever_was_being_served_is_finished_first() =>
        Given(Wiped, Anew, Opened("1"), Issued(1), Called(1, "1"), new VisitArrived(1, "1", At(5))).When(Choose("A903", at: 100)).ThenCalls(2)
            .See(s => Assert.Equal(VisitEnd.Finished, s.Find(1)!.End));

    [Fact]
    public void It_is_one_visit_for_ever() =>
        Given(Wiped, Anew, Opened("1"), Opened("2", "boris"))
            .When(Choose("A903", at: 100)).ThenCalls(1)
            .When(Choose("A903", "2", at: 101)).ThenRefused(Refusal.NotWaiting("A903"))
            .When(new JoinOffline("p-late", "store-1", "cash", null, null, 903, At(60), 1, false, At(200))).ThenRefused("invalid");

    [Fact]
    public void A_store_that_may_still_tell_of_it_itself_is_waited_for() =>
        Given(Wiped, Opened("1")).When(Choose("A903")).ThenRefused(Refusal.UnknownLabel("A903"));

    [Fact]
    public void The_blocks_that_a_fork_set_aside_may_be_of_a_store_that_lives() =>
        Given(Leased("lease-1", 900, 909, ""), Anew, Opened("1")).When(Choose("A903")).ThenRefused(Refusal.UnknownLabel("A903"));

    [Fact]
    public void A_number_outside_the_block_or_in_the_new_one_is_nobodys() =>
        Given(Wiped, Anew, Opened("1")).When(Choose("A899")).ThenRefused(Refusal.UnknownLabel("A899"))
            .When(Choose("A910")).ThenRefused(Refusal.UnknownLabel("A910"));

    [Fact]
    public void Digits_that_two_lost_blocks_have_are_not_guessed() =>
        Given(Wiped, Anew, Leased("lease-3", 900, 909, service: "loans", prefix: "L"), Leased("lease-4", 910, 919, "store-2", "loans", "L", 50), Opened("1"))
            .When(Choose("903")).ThenRefused("severalTickets")
            .When(Choose("12903", at: 60)).ThenOne<TicketIssued>(t => Assert.Equal(("L903", "loans"), (t.Label, t.Service)));

    [Fact]
    public void Whoever_may_not_choose_a_ticket_may_not_call_a_paper_either() =>
        GivenRules(TestRules.Branch with { Calling = CallingSettings.None with { Profiles = new Dictionary<string, ProfileSettings> { ["all"] = new ProfileSettings(ChooseTicket: false) } } }, Wiped, Anew, Opened("1"))
            .When(Choose("A903")).ThenRefused(Refusal.MayNotChooseTicket);
}
