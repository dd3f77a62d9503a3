using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.Hardware.Printers;
using EdgeQueue.Node.Roles.Dispenser.Store;
using Paper = EdgeQueue.Core.Queue.PrintOutcome;

namespace EdgeQueue.Tests.Node.Dispenser;

public sealed class TicketDeskTests : IDisposable
{
    private readonly Branch branch = new();

    private FakeHub Hub => branch.Hub;

    private List<string> Printed => branch.Printer.Paper;

    public void Dispose() => branch.Dispose();

    [Fact]
    public void A_press_becomes_the_ticket_that_the_hub_issued_and_its_paper_is_reported()
    {
        branch.Press();
        var press = Assert.Single(Hub.All<IssueTicket>());
        Assert.Equal(press.Press, Hub.IdOf<IssueTicket>());
        Assert.Empty(Printed);

        branch.Answer(press.Press, Branch.Ticket(press.Press, 7, "A042"));

        Assert.Equal(["A042"], Printed);
        Assert.Equal(3, branch.Printer.Drawn[0].PeopleAhead);
        Assert.Equal((7L, Paper.Printed, false), Assert.Single(Hub.All<ReportPrint>()) switch { var r => (r.Visit, r.Outcome, r.Copy) });
        branch.Answer(Hub.IdOf<ReportPrint>(), Accepted(Hub.IdOf<ReportPrint>()));
        Assert.Empty(branch.Store.State.Tickets);
    }

    [Fact]
    public void The_press_is_on_the_disk_before_anything_leaves()
    {
        branch.Press();
        branch.Store.Dispose();
        Assert.Contains(Hub.IdOf<IssueTicket>(), File.ReadAllText(branch.StorePath), StringComparison.Ordinal);
    }

    [Fact]
    public void After_a_second_without_an_answer_a_leased_number_is_printed_and_the_late_answer_does_not_matter()
    {
        branch.HoldNumbers(801, 803);
        branch.Press();
        branch.Pass(0.9);
        Assert.Empty(Printed);
        branch.Pass(0.2);
        Assert.Equal(["A801"], Printed);
        Assert.Null(branch.Printer.Drawn[0].PeopleAhead);

        var press = Hub.IdOf<IssueTicket>();
        Assert.Equal([press], Hub.Forgotten);
        branch.Answer(press, Branch.Ticket(press, 7, "A042"));
        Assert.Equal(["A801"], Printed);

        branch.HubBeats(5_000_000);
        var join = Assert.Single(Hub.All<JoinOffline>());
        Assert.Equal((press, 801), (join.Press, join.Number));
    }

    [Fact]
    public void While_the_hub_is_known_to_be_away_nobody_waits_a_second()
    {
        branch.HoldNumbers(801, 803);
        Hub.IsThere = false;
        branch.Press();
        Assert.Equal(["A801"], Printed);
        Assert.Empty(Hub.All<IssueTicket>());
    }

    [Fact]
    public void Offline_tickets_join_one_at_a_time_in_the_order_of_the_presses_dated_by_the_boot_time_clock()
    {
        branch.HoldNumbers(801, 810);
        Hub.IsThere = false;
        branch.Press();
        branch.Pass(60);
        branch.Press();
        branch.Pass(40);

        branch.HubBeats(1_000_000);
        var first = Assert.Single(Hub.All<JoinOffline>());
        Assert.Equal((801, 900_000L, false), (first.Number, first.TakenAt.Milliseconds, first.Estimated));

        branch.Answer(Hub.IdOf<JoinOffline>(), Branch.Ticket("", 7, "A801"));
        var second = Hub.All<JoinOffline>().Last();
        Assert.Equal((802, 960_000L, false), (second.Number, second.TakenAt.Milliseconds, second.Estimated));
        branch.Answer(Hub.IdOf<JoinOffline>(), Branch.Ticket("", 8, "A802"));

        Assert.Equal(2, Hub.All<JoinOffline>().Count());
        Assert.Empty(Hub.All<ReportPrint>());
        Assert.Empty(branch.Store.State.Tickets);
    }

    [Fact]
    public void After_a_reboot_the_tickets_of_the_earlier_boot_are_estimated_and_keep_their_order()
    {
        branch.HubBeats(1_000_000, day: 4);
        branch.HoldNumbers(801, 810);
        Hub.IsThere = false;
        branch.Press();
        branch.Pass(5);
        branch.Press();
        branch.Boot.BootId = "boot-2";
        branch.Boot.Milliseconds = 3_000;

        branch.Start();
        Hub.IsThere = false;
        branch.Recover();
        branch.Press();
        branch.HubBeats(1_020_000, day: 4);

        List<JoinOffline> joins = [];
        while (Hub.All<JoinOffline>().Count() > joins.Count)
        {
            joins.Add(Hub.All<JoinOffline>().Last());
            branch.Answer(Hub.IdOf<JoinOffline>(), Branch.Ticket("", 10 + joins.Count, ""));
        }

        Assert.Equal([801, 802, 803], joins.Select(j => j.Number));
        Assert.Equal([true, true, false], joins.Select(j => j.Estimated));
        Assert.Equal([1_000_000, 1_005_000, 1_020_000], joins.Select(j => j.TakenAt.Milliseconds));
        Assert.Equal(["A801", "A802", "A803"], Printed);
    }

    [Fact]
    public void A_ticket_prepared_before_the_hubs_journal_was_forked_is_asked_for_again_and_not_given_up()
    {
        branch.HubBeats(1_000_000);
        branch.HoldNumbers(801, 810);
        Hub.IsThere = false;
        branch.Press();
        branch.HubBeats(1_001_000);
        var before = Hub.IdOf<JoinOffline>();

        branch.Answer(before, new ReplyMessage(1, before, "k", 1, new Refusal("otherJournal", "This was asked of another journal.")));

        var again = Hub.IdOf<JoinOffline>();
        Assert.NotEqual(before, again);
        branch.Answer(again, Branch.Ticket(again, 7, "A801"));
        Assert.Empty(branch.Store.State.Tickets);
        Assert.False(branch.Status.Message(true).Counts!.ContainsKey("joinRefused"));
    }

    [Fact]
    public void Without_the_hub_and_without_numbers_the_customer_is_refused_aloud()
    {
        Hub.IsThere = false;
        branch.Press();
        Assert.Equal(1, branch.RefusedAloud);
        Assert.Equal(1, branch.Status.Message(true).Counts!["refused"]);
        Assert.Empty(branch.Store.State.Tickets);
    }

    [Fact]
    public void Without_paper_no_ticket_is_issued_at_all()
    {
        branch.Printer.Status = new PrinterStatus(PrinterFaults.PaperOut);
        branch.Press();
        Assert.Empty(Hub.Sent);
        Assert.Equal(1, branch.RefusedAloud);
    }

    [Fact]
    public void A_refusal_of_the_hub_is_shown_and_printed_nowhere()
    {
        branch.Press();
        var id = Hub.IdOf<IssueTicket>();
        branch.Answer(id, new ReplyMessage(1, id, "j", 1, Refusal.ServiceClosed("cash")));
        Assert.Equal(1, branch.RefusedAloud);
        Assert.Empty(Printed);
        Assert.Empty(branch.Store.State.Tickets);
    }

    [Fact]
    public void The_thirteenth_ticket_in_work_is_refused_rather_than_promised()
    {
        branch.Printer.Held = new();
        for (var i = 0; i < 13; i++)
        {
            branch.Press();
        }

        Assert.Equal(12, Hub.All<IssueTicket>().Count());
        Assert.Equal(1, branch.RefusedAloud);
    }

    [Fact]
    public void Two_tickets_are_never_printed_at_the_same_time()
    {
        branch.Printer.Held = new();
        branch.HoldNumbers(801, 810);
        Hub.IsThere = false;
        branch.Press();
        branch.Press();
        Assert.Equal(["A801"], Printed);

        branch.Printer.Held.SetResult(new(PrintResult.Printed, PrinterStatus.Ready, null));
        branch.Loop.RunPosted();
        Assert.Equal(["A801", "A802"], Printed);
    }

    [Fact]
    public void A_paper_that_was_begun_in_an_earlier_life_is_uncertain_and_never_printed_by_itself()
    {
        branch.Printer.Held = new();
        branch.Press();
        var press = Hub.IdOf<IssueTicket>();
        branch.Answer(press, Branch.Ticket(press, 7, "A042"));
        Assert.Equal(["A042"], Printed);

        branch.Start();
        branch.Recover();

        Assert.Equal(["A042"], Printed);
        Assert.Equal((7L, Paper.Uncertain), Assert.Single(Hub.All<ReportPrint>()) switch { var r => (r.Visit, r.Outcome) });
    }

    [Fact]
    public void A_printer_that_takes_no_byte_is_tried_again_for_a_minute_and_then_the_ticket_has_failed()
    {
        branch.Printer.Result = PrintResult.NotStarted;
        branch.Press();
        var press = Hub.IdOf<IssueTicket>();
        branch.Answer(press, Branch.Ticket(press, 7, "A042"));
        branch.Pass(30);
        Assert.Empty(Hub.All<ReportPrint>());
        branch.Pass(35);
        Assert.Equal((7L, Paper.Failed), Assert.Single(Hub.All<ReportPrint>()) switch { var r => (r.Visit, r.Outcome) });
    }

    [Fact]
    public void A_printer_that_comes_back_in_time_prints_the_ticket_once()
    {
        branch.Printer.Result = PrintResult.NotStarted;
        branch.Press();
        var press = Hub.IdOf<IssueTicket>();
        branch.Answer(press, Branch.Ticket(press, 7, "A042"));
        branch.Pass(5);
        branch.Printer.Result = PrintResult.Sent;
        branch.Pass(10);
        Assert.Equal(["A042"], Printed);
    }

    [Fact]
    public void A_press_of_an_earlier_life_is_withdrawn_and_printed_only_while_its_customer_may_be_there()
    {
        branch.Press();
        var press = Hub.IdOf<IssueTicket>();
        branch.Start();
        branch.Recover();
        Assert.Equal([(press, null)], Hub.Sent);

        branch.Pass(90);
        branch.Answer(press, Branch.Ticket(press, 7, "A042"));
        Assert.Empty(Printed);
        Assert.Equal((7L, Paper.Failed), Assert.Single(Hub.All<ReportPrint>()) switch { var r => (r.Visit, r.Outcome) });
    }

    [Fact]
    public void A_paper_whose_result_the_disk_would_not_take_is_not_printed_again_and_is_told_when_the_disk_is_back()
    {
        branch.Store.BeforeWriting = record => _ = record is PrintEnded ? throw new IOException("full") : 0;
        branch.Press();
        var press = Hub.IdOf<IssueTicket>();
        branch.Answer(press, Branch.Ticket(press, 7, "A042"));
        branch.Prints.Consider();
        branch.Pass(10);
        Assert.Equal(["A042"], Printed);
        Assert.Empty(Hub.All<ReportPrint>());

        branch.Store.BeforeWriting = null;
        branch.Prints.Consider();
        branch.Loop.RunPosted();
        Assert.Equal(["A042"], Printed);
        Assert.Equal(Paper.Printed, Assert.Single(Hub.All<ReportPrint>()).Outcome);
    }

    [Fact]
    public void When_the_disk_takes_nothing_the_customer_is_refused_before_anything_is_issued()
    {
        branch.Store.BeforeWriting = _ => throw new IOException("full");
        branch.Press();
        Assert.Empty(Hub.Sent);
        Assert.Equal(1, branch.RefusedAloud);
        Assert.Equal("storeFailing", Assert.Single(branch.Status.Message(true).Faults).Code);
    }

    [Fact]
    public void A_copy_is_printed_once_however_often_its_order_is_seen_and_says_that_it_is_one()
    {
        var order = new OpenCopy(500, Branch.Ticket("", 7, "A042").Ticket!);
        branch.Desk.Order(order);
        branch.Loop.RunPosted();
        branch.Desk.Order(order);
        branch.Start();
        branch.Desk.Order(order);
        branch.Loop.RunPosted();

        Assert.Equal(["A042 COPY"], Printed);
        Assert.Null(branch.Printer.Drawn[0].PeopleAhead);
        branch.Desk.Order(order with { At = 900 });
        branch.Loop.RunPosted();
        Assert.Equal(["A042 COPY", "A042 COPY"], Printed);
    }

    [Fact]
    public void A_ticket_that_the_hub_would_not_take_over_is_a_fault_for_a_person()
    {
        branch.HoldNumbers(801, 810);
        Hub.IsThere = false;
        branch.Press();
        branch.HubBeats(1_000_000);
        var id = Hub.IdOf<JoinOffline>();
        branch.Answer(id, new ReplyMessage(1, id, "j", 1, Refusal.NotYourLease));

        Assert.Equal("joinRefused", Assert.Single(branch.Status.Message(true).Faults).Code);
        Assert.Empty(branch.Store.State.Tickets);
    }

    private static ReplyMessage Accepted(string id) => new(1, id, "j", 11, null);
}
