using EdgeQueue.Core.Queue;
using EdgeQueue.Tests.Queue.Support;
using static EdgeQueue.Tests.Queue.Support.Say;
using static EdgeQueue.Tests.Queue.Support.Scenario;

namespace EdgeQueue.Tests.Queue;

public sealed class JoinOfflineTests
{
    private static JoinOffline Joins(
        string press = "p-off", int number = 900, double taken = 60, int day = 1, double at = 300, string store = "store-1",
        string service = "cash") =>
        new(press, store, service, null, null, number, At(taken), day, false, At(at));

    [Fact]
    public void An_offline_ticket_joins_at_the_time_when_it_was_taken() =>
        Given(Leased("lease-1", 900, 909), Issued(1, at: 10), Issued(2, at: 100))
            .When(Joins())
            .Then(new TicketIssued(
                3, "A900", "A", 900, "cash", null, 40, 600_000, 240_000, "en", null, "p-off", "lease-1", At(60), false, true, At(300)))
            .See(s => Assert.Equal(1, s.Ahead(s.Find(3)!)));

    [Fact]
    public void An_estimated_time_does_not_bring_a_ticket_of_a_closed_day_into_the_queue() =>
        Given(Leased("lease-1", 900, 909), new DayClosed(1, At(200)), new DayOpened(2, null, At(200)))
            .When(Joins(taken: 250) with { Estimated = true }).ThenOne<TicketIssued>(t => Assert.False(t.Queued));

    [Fact]
    public void It_has_the_segment_the_heads_and_the_further_services_that_the_button_said() =>
        GivenRules(TestRules.Branch with { Visits = (TestRules.Branch.Visits ?? VisitRules.None) with { SegmentRules = [new(["veteran"], [], [], null, "premium", "loans")] } }, Leased("lease-1", 900, 909))
            .When(Joins() with { Details = new(["veteran"], 4, "C-17", [new JourneyStep("loans")]) })
            .Then(
                new TicketIssued(1, "A900", "A", 900, "cash", "premium", 95, 180_000, 240_000, "en", null, "p-off", "lease-1", At(60), false, true, At(300)),
                new VisitDescribed(1, ["veteran"], 4, "C-17", At(300)),
                new JourneyPlanned(1, [new JourneyStep("loans")], false, null, At(300)));

    [Fact]
    public void Wishes_that_somebody_here_can_grant_are_kept_and_the_others_turn_no_paper_away() =>
        GivenRules(TestRules.Branch with { Calling = CallingSettings.None with { Attributes = ["arabic"] } }, Leased("lease-1", 900, 909))
            .When(Joins() with { Details = new(Steps: [new JourneyStep("no such service")], Wants: ["arabic", "juggler"], Operator: "zorro") })
            .ThenOne<WishesTold>(w => Assert.Equal(("arabic", null), (w.Place.Wants, w.Place.BoundOperator)))
            .When(Joins("p2", 901) with { Details = new(People: 1_000, Attributes: [""]) }).ThenOne<TicketIssued>(t => Assert.Equal("A901", t.Label));

    [Fact]
    public void A_time_in_the_future_counts_as_now() =>
        Given(Leased("lease-1", 900, 909)).When(Joins(taken: 900)).ThenOne<TicketIssued>(t => Assert.Equal(At(300), t.WaitingSince));

    [Fact]
    public void Reported_twice_it_is_one_visit() =>
        Given(Leased("lease-1", 900, 909)).When(Joins()).ThenAccepted().When(Joins(at: 400)).ThenNothing();

    [Fact]
    public void When_the_hub_had_answered_after_all_the_printed_label_wins() =>
        Given(Leased("lease-1", 900, 909), Issued(1))
            .When(Joins(press: "press-1")).Then(new TicketRelabelled(1, "A001", "A900", 900, "lease-1", At(300)))
            .See(s => Assert.Null(s.FindByLabel("A001")))
            .See(s => Assert.Equal(1, s.FindByLabel("A900")!.Number))
            .When(Take()).ThenOne<TicketIssued>(t => Assert.Equal("A002", t.Label));

    [Fact]
    public void A_relabelled_visit_that_is_called_changes_what_its_counter_shows() =>
        Given(Leased("lease-1", 900, 909), Opened("1"), Issued(1), Called(1, "1"))
            .When(Joins(press: "press-1")).ThenAccepted().See(s => Assert.Equal(3, s.Counter("1").Version));

    [Fact]
    public void A_visit_cancelled_for_want_of_paper_is_back_when_the_paper_turns_out_to_be_another() =>
        Given(Leased("lease-1", 900, 909), Issued(1), new VisitEnded(1, VisitEnd.Cancelled, "unprinted", At(61)))
            .When(Joins(press: "press-1"))
            .ThenOne<TicketRelabelled>(r => Assert.Equal("A900", r.To))
            .ThenOneRestored(1);

    [Fact]
    public void A_number_of_another_store_is_refused() =>
        Given(Leased("lease-1", 900, 909)).When(Joins(store: "store-2")).ThenRefused(Refusal.NotYourLease)
            .When(Joins(number: 910)).ThenRefused(Refusal.NotYourLease);

    [Fact]
    public void A_number_that_another_press_reported_is_a_cloned_store_and_said_so() =>
        Given(Leased("lease-1", 900, 909)).When(Joins("p1")).ThenAccepted().When(Joins("p2")).ThenRefused("invalid");

    [Fact]
    public void A_ticket_of_a_day_already_closed_is_recorded_and_not_queued() =>
        Given(Leased("lease-1", 900, 909), new DayClosed(1, At(200)), new DayOpened(2, null, At(200)))
            .When(Joins(day: 1)).ThenOne<TicketIssued>(t => Assert.False(t.Queued))
            .See(s => Assert.Equal(0, s.Waiting));

    [Fact]
    public void However_old_a_ticket_is_it_is_recorded_also_when_its_block_was_given_up_long_ago() =>
        Given(Leased("lease-1", 900, 909), new LeaseRevoked("lease-1", At(60)), new DayClosed(1, At(200)), new LeaseEnded("lease-1", At(200)),
            new DayOpened(2, null, At(200)), new DayClosed(2, At(90_000)), new DayOpened(3, null, At(90_000)), new DayClosed(3, At(180_000)), new DayOpened(4, null, At(180_000)))
            .When(Joins(taken: 100, at: 190_000))
            .Then(new TicketIssued(1, "A900", "A", 900, "cash", null, 40, 600_000, 240_000, "en", null, "p-off", "", At(100), false, false, At(190_000)))
            .See(s => Assert.Equal((0, VisitPhase.Recorded), (s.Waiting, s.Find(1)!.Phase)))
            .When(Take(at: 190_001)).ThenOne<TicketIssued>(t => Assert.Equal("A001", t.Label));

    [Fact]
    public void A_press_that_the_hub_answered_today_does_not_become_a_number_of_no_block_whatever_day_the_store_says() =>
        Given(Issued(1), Issued(2))
            .When(Joins("press-1", taken: -500, day: 0)).ThenRefused(Refusal.NotYourLease)
            .When(Joins("press-2", taken: -500, day: 0)).ThenRefused(Refusal.NotYourLease)
            .See(s => Assert.Equal(["A001", "A002"], s.Visits.Select(v => v.Label)));

    [Fact]
    public void Nor_does_one_of_yesterday_who_still_waits_become_a_number_that_somebody_has() =>
        Given(Issued(1), new DayClosed(1, At(200)), new DayOpened(2, null, At(200)), Leased("lease-1", 900, 909))
            .When(Joins("other", number: 901, taken: 250, day: 2)).ThenOne<TicketIssued>(t => Assert.Equal("A901", t.Label))
            .When(Joins("press-1", number: 901, taken: 100, store: "store-9")).ThenRefused(Refusal.NotYourLease)
            .When(Joins("press-1", number: 910, taken: 100, store: "store-9")).ThenOne<TicketRelabelled>(r => Assert.Equal("A910", r.To));

    [Fact]
    public void A_number_of_no_block_is_refused_as_long_as_the_day_of_it_goes_on() =>
        Given(Leased("lease-1", 900, 909)).When(Joins(number: 950)).ThenRefused(Refusal.NotYourLease);

    [Fact]
    public void A_ticket_for_a_service_that_is_no_more_is_recorded_and_its_number_is_used() =>
        Given(Leased("lease-1", 900, 909, service: "gone"))
            .When(Joins(service: "gone"))
            .Then(new TicketIssued(1, "A900", "A", 900, "gone", null, 1, 0, 0, "en", null, "p-off", "lease-1", At(60), false, false, At(300)))
            .See(s => Assert.Equal((0, 1), (s.Waiting, s.Leases.Single().Used.Count)))
            .When(Joins(service: "gone", at: 400)).ThenNothing()
            .When(new ReportPrint(1, PrintOutcome.Printed, false, At(401))).ThenNothing();

    [Fact]
    public void A_press_that_the_hub_had_answered_days_ago_is_the_same_visit_still() =>
        Given(Leased("lease-1", 900, 909), new DayClosed(1, At(200)), new DayOpened(2, null, At(200)), new DayClosed(2, At(300)), new DayOpened(3, null, At(300)))
            .When(Joins(at: 400) with { AnsweredVisit = 17, AnsweredLabel = "A017" })
            .Then(new TicketRelabelled(17, "A017", "A900", 900, "lease-1", At(400)))
            .See(s => Assert.Single(s.Leases.Single().Used));

    [Fact]
    public void A_dispenser_that_slept_through_the_change_of_day_is_believed_by_its_clock() =>
        Given(Leased("lease-1", 900, 909), new DayClosed(1, At(50)), new DayOpened(2, null, At(50)))
            .When(Joins(day: 1)).ThenOne<TicketIssued>(t => Assert.True(t.Queued))
            .See(s => Assert.Equal(1, s.Waiting));

    [Fact]
    public void Numbers_that_a_fork_set_aside_are_accepted_from_the_store_that_turns_up_with_them() =>
        Given(Leased("fork-1", 900, 909, store: "")).When(Joins(store: "store-7")).ThenAccepted();

    [Fact]
    public void A_lease_is_good_for_every_service_with_its_letter() =>
        Given(Leased("lease-1", 900, 909)).When(Joins(service: "pickup")).ThenAccepted()
            .When(Joins("p2", 901, service: "loans")).ThenRefused(Refusal.NotYourLease);

    [Fact]
    public void An_offline_ticket_that_never_came_out_is_cancelled() =>
        Given(Leased("lease-1", 900, 909)).When(Joins()).ThenAccepted()
            .When(new ReportPrint(1, PrintOutcome.Failed, false, At(301)))
            .ThenOne<VisitEnded>(v => Assert.Equal((VisitEnd.Cancelled, "unprinted"), (v.How, v.Reason)));
}
