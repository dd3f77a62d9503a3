using EdgeQueue.Core.Queue;
using static EdgeQueue.Tests.Queue.Support.Say;
using static EdgeQueue.Tests.Queue.Support.Scenario;

namespace EdgeQueue.Tests.Queue;

public sealed class LeaseNumbersTests
{
    private static LeaseNumbers Asks(string store = "store-1", int left = 0, double at = 1) => new(
        "dispenser-1", "main", store, new Dictionary<string, int> { ["cash"] = left, ["pickup"] = 10, ["loans"] = 10 }, At(at));

    [Fact]
    public void A_number_that_a_paper_of_a_block_long_given_up_has_today_is_in_no_new_block() =>
        Given(Leased("lease-1", 900, 901), Issued(1), new LeaseRevoked("lease-1", At(10)), new DayClosed(1, At(20)), new LeaseEnded("lease-1", At(20)),
            new DayOpened(2, null, At(20)), new TicketRelabelled(1, "A001", "A905", 905, "", At(30)))
            .When(new LeaseNumbers("dispenser-1", "main", "store-2", new Dictionary<string, int>(), At(40)))
            .See(s => Assert.NotEmpty(s.Leases))
            .See(s => Assert.DoesNotContain(s.Leases, l => l.Prefix == "A" && l.Contains(905)));

    [Fact]
    public void A_dispenser_gets_a_block_of_every_service_that_it_is_short_of() =>
        Given().When(Asks()).Then(Leased("lease-1", 900, 909, at: 1));

    [Fact]
    public void Services_with_one_letter_get_blocks_side_by_side() =>
        Given().When(new LeaseNumbers("dispenser-1", "main", "store-1", new Dictionary<string, int>(), At(1))).Then(
            Leased("lease-1", 900, 909, at: 1),
            Leased("lease-2", 900, 909, service: "loans", prefix: "L", at: 1),
            Leased("lease-3", 910, 919, service: "pickup", at: 1));

    [Fact]
    public void A_dispenser_with_half_a_block_left_needs_none() => Given().When(Asks(left: 5)).ThenNothing();

    [Fact]
    public void A_store_holds_at_most_two_blocks_of_a_service() =>
        Given(Leased("lease-1", 900, 909), Leased("lease-2", 910, 919)).When(Asks()).ThenNothing()
            .See(s => Assert.Equal(2, s.LeasesOf("store-1").Count()));

    [Fact]
    public void A_wiped_store_gets_other_numbers_than_it_had() =>
        Given(Leased("lease-1", 900, 909)).When(Asks(store: "store-2")).Then(Leased("lease-2", 910, 919, "store-2", at: 1));

    [Fact]
    public void Numbers_that_were_not_used_stay_excluded_over_days() =>
        Given(Leased("lease-1", 900, 909)).When(new CloseDay(At(5))).ThenAccepted().When(new CloseDay(At(6))).ThenAccepted()
            .When(Asks(store: "store-2", at: 7)).ThenOne<NumbersLeased>(l => Assert.Equal(910, l.First));

    [Fact]
    public void A_block_used_up_on_a_closed_day_ends_and_its_numbers_come_last_in_turn()
    {
        var scenario = Given(Leased("lease-1", 900, 901));
        foreach (var number in (int[])[900, 901])
        {
            scenario.When(new JoinOffline($"p{number}", "store-1", "cash", null, null, number, At(2), 1, false, At(3))).ThenAccepted();
        }

        scenario.When(new CloseDay(At(10))).ThenOne<LeaseEnded>(e => Assert.Equal("lease-1", e.Lease))
            .When(Asks(at: 11)).ThenOne<NumbersLeased>(l => Assert.Equal((902, 911), (l.First, l.Last)));
    }

    [Fact]
    public void When_all_offline_numbers_are_out_it_is_said()
    {
        var scenario = Given();
        for (var store = 0; store < 10; store++)
        {
            scenario.When(Asks(store: $"store-{store}")).ThenAccepted();
        }

        scenario.When(Asks(store: "store-10")).ThenRefused(Refusal.NoNumbersToLease("cash"));
    }

    [Fact]
    public void The_last_free_numbers_are_leased_as_a_smaller_block() =>
        Given(Leased("lease-1", 900, 994, "old")).When(Asks()).ThenOne<NumbersLeased>(l => Assert.Equal((995, 999), (l.First, l.Last)));

    [Fact]
    public void A_revoked_lease_ends_with_the_day_and_its_numbers_go_round_again() =>
        Given(Leased("lease-1", 900, 999, "scrapped"))
            .When(new RevokeLease("lease-1", At(2))).Then(new LeaseRevoked("lease-1", At(2)))
            .When(new RevokeLease("lease-1", At(3))).ThenNothing()
            .When(Asks(at: 4)).ThenRefused("noNumbersToLease")
            .When(new CloseDay(At(5))).ThenOne<LeaseEnded>(e => Assert.Equal("lease-1", e.Lease))
            .When(Asks(at: 6)).ThenOne<NumbersLeased>(l => Assert.Equal(900, l.First))
            .When(new RevokeLease("lease-1", At(7))).ThenRefused("unknownLease");

    [Fact]
    public void Blocks_of_a_store_that_was_wiped_are_told_when_less_than_one_block_is_left() =>
        Given(Leased("lease-1", 900, 949), Leased("lease-2", 950, 994, "store-2")).See(s =>
        {
            var scarce = Assert.Single(OfflineNumbers.Scarce(s));
            Assert.Equal(("A", "cash", 5, "lease-1"), (scarce.Prefix, scarce.Service, scarce.Free, Assert.Single(scarce.Doubtful)));
        });

    [Fact]
    public void The_later_lease_is_the_one_with_the_higher_number_and_not_the_later_letter() =>
        Given(Leased("lease-9", 900, 949), Leased("lease-10", 950, 994, "store-2"))
            .See(s => Assert.Equal("lease-9", Assert.Single(Assert.Single(OfflineNumbers.Scarce(s)).Doubtful)));

    [Fact]
    public void Blocks_that_are_all_with_living_dispensers_are_no_fault_and_neither_is_a_wiped_store_while_there_are_others() =>
        Given(Leased("lease-1", 900, 949), Leased("lease-2", 950, 994, "store-2") with { Node = "dispenser-2" })
            .See(s => Assert.Empty(OfflineNumbers.Scarce(s)))
            .See(_ => Given(Leased("lease-1", 900, 949), Leased("lease-2", 950, 989, "store-2")).See(s => Assert.Empty(OfflineNumbers.Scarce(s))));

    [Fact]
    public void Once_revoked_there_is_nothing_left_to_give_up() =>
        Given(Leased("lease-1", 900, 949), Leased("lease-2", 950, 994, "store-2")).When(new RevokeLease("lease-1", At(2))).ThenAccepted()
            .See(s => Assert.Empty(OfflineNumbers.Scarce(s)));

    [Fact]
    public void What_a_fork_set_aside_may_be_given_up_too() =>
        Given(Leased("lease-1", 900, 909)).When(new ForkJournal("old", 1, "new", 2, At(2))).ThenAccepted()
            .When(new ForkJournal("new", 1, "newer", 1000, At(2), null, AcceptExhaustion: true)).ThenAccepted()
            .See(s => Assert.Equal(["cash", "loans"], OfflineNumbers.Scarce(s).Select(n => n.Service)));
}
