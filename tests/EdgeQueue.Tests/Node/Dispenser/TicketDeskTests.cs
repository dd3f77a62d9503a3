using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.Hardware.Printers;
using EdgeQueue.Node.Roles.Dispenser.Desk;
using EdgeQueue.Node.Roles.Dispenser.Store;
using Paper = EdgeQueue.Core.Queue.PrintOutcome;

namespace EdgeQueue.Tests.Node.Dispenser;

public sealed class TicketDeskTests : DispenserTests
{
    [Fact]
    public void A_press_becomes_the_ticket_that_the_hub_issued_and_its_paper_is_reported()
    {
        Dispenser.Press();
        var press = Assert.Single(Hub.All<IssueTicket>());
        Assert.Equal(press.Press, Hub.IdOf<IssueTicket>());
        Assert.Empty(Printed);

        Dispenser.Answer(press.Press, Branch.Ticket(press.Press, 7, "A042"));

        Assert.Equal(["A042"], Printed);
        Assert.Equal(3, Dispenser.Printer.Drawn[0].PeopleAhead);
        Assert.Equal((7L, Paper.Printed, false), Assert.Single(Hub.All<ReportPrint>()) switch { var r => (r.Visit, r.Outcome, r.Copy) });
        Dispenser.Answer(Hub.IdOf<ReportPrint>(), Accepted(Hub.IdOf<ReportPrint>()));
        Assert.Empty(Dispenser.Store.State.Tickets);
    }

    [Fact]
    public void A_button_of_somebody_who_speaks_arabic_asks_the_hub_for_such_an_operator()
    {
        Dispenser.Desk.Press(1);
        Dispenser.Loop.RunPosted();

        var press = Assert.Single(Hub.All<IssueTicket>());
        Assert.Equal(("loans", "arabic", "anna"), (press.Service, Assert.Single(press.Wants!), press.Operator));
    }

    [Fact]
    public void The_press_is_on_the_disk_before_anything_leaves()
    {
        Dispenser.Press();
        Dispenser.Store.Dispose();
        Assert.Contains(Hub.IdOf<IssueTicket>(), File.ReadAllText(Dispenser.StorePath), StringComparison.Ordinal);
    }

    [Fact]
    public void After_a_second_without_an_answer_a_leased_number_is_printed_and_the_late_answer_does_not_matter()
    {
        Dispenser.HoldNumbers(801, 803);
        Dispenser.Press();
        Dispenser.Pass(0.9);
        Assert.Empty(Printed);
        Dispenser.Pass(0.2);
        Assert.Equal(["A801"], Printed);
        Assert.Null(Dispenser.Printer.Drawn[0].PeopleAhead);

        var press = Hub.IdOf<IssueTicket>();
        Assert.Equal([press], Hub.Forgotten);
        Dispenser.Answer(press, Branch.Ticket(press, 7, "A042"));
        Assert.Equal(["A801"], Printed);

        Dispenser.HubBeats(5_000_000);
        var join = Assert.Single(Hub.All<JoinOffline>());
        Assert.Equal((press, 801), (join.Press, join.Number));
    }

    [Fact]
    public void While_the_hub_is_known_to_be_away_nobody_waits_a_second()
    {
        Dispenser.HoldNumbers(801, 803);
        Hub.IsThere = false;
        Dispenser.Press();
        Assert.Equal(["A801"], Printed);
        Assert.Empty(Hub.All<IssueTicket>());
    }

    [Fact]
    public void An_offline_ticket_joins_with_what_its_button_says_and_the_customer_answered_but_not_with_who_they_are()
    {
        Dispenser.HoldNumbers(801, 810);
        Hub.IsThere = false;
        Dispenser.Desk.Press(2, new Answers(People: 3, Person: "hash-of-a-phone", Case: "C-17"));
        Dispenser.Desk.Press(0);

        // A power cut: what is said then is what is on the disk.
        Dispenser.Store.Dispose();
        Assert.DoesNotContain("hash-of-a-phone", File.ReadAllText(Dispenser.StorePath), StringComparison.Ordinal);
        Dispenser.Start();
        Dispenser.Recover();
        Dispenser.HubBeats(1_000_000);
        var told = Assert.Single(Dispenser.Hub.All<JoinOffline>()).Details!;
        Assert.Equal(("veteran", 3, "C-17", true), (Assert.Single(told.Attributes!), told.People, told.Case, told.BestOrder));
        Assert.Equal(new JourneyStep("loans", "anna"), Assert.Single(told.Steps!));
        Dispenser.Answer(Dispenser.Hub.IdOf<JoinOffline>(), Branch.Ticket("", 7, "A801"));
        Assert.Null(Dispenser.Hub.All<JoinOffline>().Last().Details);
    }

    [Fact]
    public void Offline_tickets_join_one_at_a_time_in_the_order_of_the_presses_dated_by_the_boot_time_clock()
    {
        Dispenser.HoldNumbers(801, 810);
        Hub.IsThere = false;
        Dispenser.Press();
        Dispenser.Pass(60);
        Dispenser.Press();
        Dispenser.Pass(40);

        Dispenser.HubBeats(1_000_000);
        var first = Assert.Single(Hub.All<JoinOffline>());
        Assert.Equal((801, 900_000L, false), (first.Number, first.TakenAt.Milliseconds, first.Estimated));

        Dispenser.Answer(Hub.IdOf<JoinOffline>(), Branch.Ticket("", 7, "A801"));
        var second = Hub.All<JoinOffline>().Last();
        Assert.Equal((802, 960_000L, false), (second.Number, second.TakenAt.Milliseconds, second.Estimated));
        Dispenser.Answer(Hub.IdOf<JoinOffline>(), Branch.Ticket("", 8, "A802"));

        Assert.Equal(2, Hub.All<JoinOffline>().Count());
        Assert.Empty(Hub.All<ReportPrint>());
        Assert.Empty(Dispenser.Store.State.Tickets);
    }

    [Fact]
    public void After_a_reboot_the_tickets_of_the_earlier_boot_are_estimated_and_keep_their_order()
    {
        Dispenser.HubBeats(1_000_000, day: 4);
        Dispenser.HoldNumbers(801, 810);
        Hub.IsThere = false;
        Dispenser.Press();
        Dispenser.Pass(5);
        Dispenser.Press();
        Dispenser.Boot.BootId = "boot-2";
        Dispenser.Boot.Milliseconds = 3_000;

        Dispenser.Start();
        Hub.IsThere = false;
        Dispenser.Recover();
        Dispenser.Press();
        Dispenser.HubBeats(1_020_000, day: 4);

        List<JoinOffline> joins = [];
        while (Hub.All<JoinOffline>().Count() > joins.Count)
        {
            joins.Add(Hub.All<JoinOffline>().Last());
            Dispenser.Answer(Hub.IdOf<JoinOffline>(), Branch.Ticket("", 10 + joins.Count, ""));
        }

        Assert.Equal([801, 802, 803], joins.Select(j => j.Number));
        Assert.Equal([true, true, false], joins.Select(j => j.Estimated));
        Assert.Equal([1_000_000, 1_005_000, 1_020_000], joins.Select(j => j.TakenAt.Milliseconds));
        Assert.Equal(["A801", "A802", "A803"], Printed);
    }

    [Fact]
    public void A_ticket_prepared_before_the_hubs_journal_was_forked_is_asked_for_again_and_not_given_up()
    {
        Dispenser.HubBeats(1_000_000);
        Dispenser.HoldNumbers(801, 810);
        Hub.IsThere = false;
        Dispenser.Press();
        Dispenser.HubBeats(1_001_000);
        var before = Hub.IdOf<JoinOffline>();

        Dispenser.Answer(before, new ReplyMessage(1, before, "k", 1, new Refusal("otherJournal", "This was asked of another journal.")));

        var again = Hub.IdOf<JoinOffline>();
        Assert.NotEqual(before, again);
        Dispenser.Answer(again, Branch.Ticket(again, 7, "A801"));
        Assert.Empty(Dispenser.Store.State.Tickets);
        Assert.False(Dispenser.Status.Message(true).Counts!.ContainsKey("joinRefused"));
    }

    [Fact]
    public void Without_the_hub_and_without_numbers_the_customer_is_refused_aloud()
    {
        Hub.IsThere = false;
        Dispenser.Press();
        Assert.Equal(1, Dispenser.RefusedAloud);
        Assert.Equal(1, Dispenser.Status.Message(true).Counts!["refused"]);
        Assert.Empty(Dispenser.Store.State.Tickets);
    }

    [Fact]
    public void Without_paper_no_ticket_is_issued_at_all()
    {
        Dispenser.Printer.Status = new PrinterStatus(PrinterFaults.PaperOut);
        Dispenser.Press();
        Assert.Empty(Hub.Sent);
        Assert.Equal(1, Dispenser.RefusedAloud);
    }

    [Fact]
    public void A_refusal_of_the_hub_is_shown_and_printed_nowhere()
    {
        Dispenser.Press();
        var id = Hub.IdOf<IssueTicket>();
        Dispenser.Answer(id, new ReplyMessage(1, id, "j", 1, Refusal.ServiceClosed("cash")));
        Assert.Equal(1, Dispenser.RefusedAloud);
        Assert.Empty(Printed);
        Assert.Empty(Dispenser.Store.State.Tickets);
    }

    [Fact]
    public void The_thirteenth_ticket_in_work_is_refused_rather_than_promised()
    {
        Dispenser.Printer.Held = new();
        for (var i = 0; i < 13; i++)
        {
            Dispenser.Press();
        }

        Assert.Equal(12, Hub.All<IssueTicket>().Count());
        Assert.Equal(1, Dispenser.RefusedAloud);
    }

    [Fact]
    public void A_ticket_that_the_hub_would_not_take_over_is_a_fault_for_a_person()
    {
        Dispenser.HoldNumbers(801, 810);
        Hub.IsThere = false;
        Dispenser.Press();
        Dispenser.HubBeats(1_000_000);
        var id = Hub.IdOf<JoinOffline>();
        Dispenser.Answer(id, new ReplyMessage(1, id, "j", 1, Refusal.NotYourLease));

        Assert.Equal("joinRefused", Assert.Single(Dispenser.Status.Message(true).Faults).Code);
        Assert.Empty(Dispenser.Store.State.Tickets);
    }

    private static ReplyMessage Accepted(string id) => new(1, id, "j", 11, null);
}
