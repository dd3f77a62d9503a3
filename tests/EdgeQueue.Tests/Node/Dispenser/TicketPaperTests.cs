using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.Hardware.Printers;
using EdgeQueue.Node.Roles.Dispenser.Store;
using Paper = EdgeQueue.Core.Queue.PrintOutcome;

namespace EdgeQueue.Tests.Node.Dispenser;

/// <summary>What becomes of the paper: never twice, never lost without being said.</summary>
public sealed class TicketPaperTests : IDisposable
{
    private readonly Branch branch = new();

    private FakeHub Hub => branch.Hub;

    private List<string> Printed => branch.Printer.Paper;

    public void Dispose() => branch.Dispose();

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
}
