using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.Hardware.Printers;
using EdgeQueue.Node.Roles.Dispenser;
using EdgeQueue.Node.Roles.Dispenser.Store;
using Paper = EdgeQueue.Core.Queue.PrintOutcome;

namespace EdgeQueue.Tests.Node.Dispenser;

/// <summary>What becomes of the paper: never twice, never lost without being said.</summary>
public sealed class TicketPaperTests : DispenserTests
{
    [Fact]
    public void Two_tickets_are_never_printed_at_the_same_time()
    {
        Dispenser.Printer.Held = new();
        Dispenser.HoldNumbers(801, 810);
        Hub.IsThere = false;
        Dispenser.Press();
        Dispenser.Press();
        Assert.Equal(["A801"], Printed);

        Dispenser.Printer.Held.SetResult(new(PrintResult.Printed, PrinterStatus.Ready, null));
        Dispenser.Loop.RunPosted();
        Assert.Equal(["A801", "A802"], Printed);
    }

    [Fact]
    public void A_paper_that_was_begun_in_an_earlier_life_is_uncertain_and_never_printed_by_itself()
    {
        Dispenser.Printer.Held = new();
        Dispenser.Press();
        var press = Hub.IdOf<IssueTicket>();
        Dispenser.Answer(press, Branch.Ticket(press, 7, "A042"));
        Assert.Equal(["A042"], Printed);

        Dispenser.Start();
        Dispenser.Recover();

        Assert.Equal(["A042"], Printed);
        Assert.Equal((7L, Paper.Uncertain), Assert.Single(Hub.All<ReportPrint>()) switch { var r => (r.Visit, r.Outcome) });
    }

    [Fact]
    public void A_printer_that_takes_no_byte_is_tried_again_for_a_minute_and_then_the_ticket_has_failed()
    {
        Dispenser.Printer.Result = PrintResult.NotStarted;
        Dispenser.Press();
        var press = Hub.IdOf<IssueTicket>();
        Dispenser.Answer(press, Branch.Ticket(press, 7, "A042"));
        Dispenser.Pass(30);
        Assert.Empty(Hub.All<ReportPrint>());
        Dispenser.Pass(35);
        Assert.Equal((7L, Paper.Failed), Assert.Single(Hub.All<ReportPrint>()) switch { var r => (r.Visit, r.Outcome) });
    }

    [Theory]
    [InlineData(PrinterFaults.PaperOut, DeskCode.NoPaper)]
    [InlineData(PrinterFaults.CoverOpen, DeskCode.CannotPrint)]
    public void Whose_paper_does_not_come_is_told_so_once_after_the_number(PrinterFaults fault, string code)
    {
        Dispenser.Press();
        var press = Hub.IdOf<IssueTicket>();
        (Dispenser.Printer.Result, Dispenser.Printer.Status) = (PrintResult.NotStarted, new PrinterStatus(fault));
        Dispenser.Answer(press, Branch.Ticket(press, 7, "A042"));
        Dispenser.Pass(10);
        Assert.Equal(["A042"], Dispenser.Told.OfType<DeskNotice.Issued>().Select(i => i.Label));
        Assert.Equal(code, Assert.IsType<DeskNotice.Refused>(Dispenser.Told[^1]).Code);
        Assert.Equal(1, Dispenser.RefusedAloud);
    }

    [Fact]
    public void A_printer_that_comes_back_in_time_prints_the_ticket_once()
    {
        Dispenser.Printer.Result = PrintResult.NotStarted;
        Dispenser.Press();
        var press = Hub.IdOf<IssueTicket>();
        Dispenser.Answer(press, Branch.Ticket(press, 7, "A042"));
        Dispenser.Pass(5);
        Dispenser.Printer.Result = PrintResult.Sent;
        Dispenser.Pass(10);
        Assert.Equal(["A042"], Printed);
    }

    [Fact]
    public void A_press_of_an_earlier_life_is_withdrawn_and_printed_only_while_its_customer_may_be_there()
    {
        Dispenser.Press();
        var press = Hub.IdOf<IssueTicket>();
        Dispenser.Start();
        Dispenser.Recover();
        Assert.Equal([(press, null)], Hub.Sent);

        Dispenser.Pass(90);
        Dispenser.Answer(press, Branch.Ticket(press, 7, "A042"));
        Assert.Empty(Printed);
        Assert.Equal((7L, Paper.Failed), Assert.Single(Hub.All<ReportPrint>()) switch { var r => (r.Visit, r.Outcome) });
    }

    [Fact]
    public void A_paper_whose_result_the_disk_would_not_take_is_not_printed_again_and_is_told_when_the_disk_is_back()
    {
        Dispenser.Store.BeforeWriting = record => _ = record is PrintEnded ? throw new IOException("full") : 0;
        Dispenser.Press();
        var press = Hub.IdOf<IssueTicket>();
        Dispenser.Answer(press, Branch.Ticket(press, 7, "A042"));
        Dispenser.Prints.Consider();
        Dispenser.Pass(10);
        Assert.Equal(["A042"], Printed);
        Assert.Empty(Hub.All<ReportPrint>());

        Dispenser.Store.BeforeWriting = null;
        Dispenser.Prints.Consider();
        Dispenser.Loop.RunPosted();
        Assert.Equal(["A042"], Printed);
        Assert.Equal(Paper.Printed, Assert.Single(Hub.All<ReportPrint>()).Outcome);
    }

    [Fact]
    public void When_the_disk_takes_nothing_the_customer_is_refused_before_anything_is_issued()
    {
        Dispenser.Store.BeforeWriting = _ => throw new IOException("full");
        Dispenser.Press();
        Assert.Empty(Hub.Sent);
        Assert.Equal(1, Dispenser.RefusedAloud);
        Assert.Equal("storeFailing", Assert.Single(Dispenser.Status.Message(true).Faults).Code);
    }

    [Fact]
    public void A_copy_is_printed_once_however_often_its_order_is_seen_and_says_that_it_is_one()
    {
        var order = new OpenCopy(500, Branch.Ticket("", 7, "A042").Ticket!);
        Dispenser.Desk.Order(order);
        Dispenser.Loop.RunPosted();
        Dispenser.Desk.Order(order);
        Dispenser.Start();
        Dispenser.Desk.Order(order);
        Dispenser.Loop.RunPosted();

        Assert.Equal(["A042 COPY"], Printed);
        Assert.Null(Dispenser.Printer.Drawn[0].PeopleAhead);
        Dispenser.Desk.Order(order with { At = 900 });
        Dispenser.Loop.RunPosted();
        Assert.Equal(["A042 COPY", "A042 COPY"], Printed);
    }
}
