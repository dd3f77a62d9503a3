using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.EndToEnd.Support;
using EdgeQueue.Hardware.Printers;
using EdgeQueue.Node.Drawing;
using Outcome = EdgeQueue.Core.Queue.PrintOutcome;

namespace EdgeQueue.EndToEnd.Dispenser;

public sealed class DispenserTests
{
    [Fact]
    public async Task A_press_becomes_the_paper_that_the_hub_described_dot_by_dot_and_is_reported()
    {
        await using var hall = await Hall.OpenAsync();
        hall.Press();
        await Eventually.Is(() => hall.Hub.Visits is [{ Reports: [(Outcome.Printed, false)] }], "the paper is reported as printed");

        var expected = new TicketPicture(TicketTemplate.Default, 576).Draw(
            new TicketContent("en", "Main Street", "Cash desk", "A001", "2026-03-02 09:41")
            {
                PeopleAhead = 4, ExpectedMinutes = (6, 12), Qr = "edgequeue:test/1",
            }).Picture;
        Assert.Equal(Hall.Dots(expected), Hall.Dots(Assert.Single(hall.Paper)));
        Assert.Equal(0, hall.Printer.UnknownBytes);
        await Eventually.Is(() => File.ReadAllText(hall.Lamp) == "1", "the lamp is steady again");
    }

    [Fact]
    public async Task Without_an_answer_a_ticket_of_its_own_comes_out_within_moments_and_is_the_same_visit_later()
    {
        await using var hall = await Hall.OpenAsync("label");
        hall.Hub.Mute = true;
        hall.Press();
        await Eventually.Is(() => hall.Paper.Count == 1, "an offline ticket is printed");
        Assert.Equal(["A800"], hall.Labels(["A001", "A800"]));
        Assert.Equal("A001", Assert.Single(hall.Hub.Visits).FirstLabel);

        hall.Hub.Mute = false;
        await Eventually.Is(() => hall.Hub.Visits is [{ Label: "A800" }], "the printed label wins");
        Assert.Equal(800, Assert.Single(hall.Hub.Joins).Number);
        Assert.Single(hall.Paper);
    }

    [Fact]
    public async Task Tickets_go_on_while_the_broker_is_dead_and_the_dispenser_is_rebooted_and_all_join_in_order()
    {
        await using var hall = await Hall.OpenAsync("label");
        hall.Broker.Kill();
        for (var i = 0; i < 4; i++)
        {
            hall.Press(i);
            await Eventually.Is(() => hall.Paper.Count == i + 1, $"offline ticket {i + 1}");
        }

        hall.Node.Kill();
        hall.Node.StartAgain();
        for (var i = 0; i < 4; i++)
        {
            hall.Press(i);
            await Eventually.Is(() => hall.Paper.Count == i + 5, $"offline ticket {i + 5}, after the reboot");
        }

        await hall.Broker.StartAgainAsync();
        await Eventually.Is(() => hall.Hub.Joins.Count == 8, "all eight joined", 40);

        var labels = Enumerable.Range(800, 8).Select(n => $"A{n}").ToList();
        Assert.Equal(labels, hall.Labels(labels));
        Assert.Equal(Enumerable.Range(800, 8), hall.Hub.Joins.Select(j => j.Number));
        Assert.Equal(hall.Hub.Joins.Select(j => j.TakenAt.Milliseconds).Order(), hall.Hub.Joins.Select(j => j.TakenAt.Milliseconds));
        Assert.Equal(8, hall.Hub.Visits.Count);
    }

    [Fact]
    public async Task Without_paper_nothing_is_issued_and_everybody_can_see_why()
    {
        await using var hall = await Hall.OpenAsync();
        hall.Printer.Faults = PrinterFaults.PaperOut;
        await Eventually.Is(() => hall.Hub.Status!.Faults.Any(f => f.Code == "paperOut"), "the fault is told");
        hall.Press();
        await Eventually.Is(() => hall.NodeSaid(1103), "the press is refused");
        Assert.Empty(hall.Hub.Visits);
        var blinking = await Eventually.Watch(() => File.ReadAllText(hall.Lamp), 3);
        Assert.True(blinking.Count(b => b.Seen == "1") >= 2, "the lamp blinks");

        hall.Printer.Faults = PrinterFaults.None;
        await Eventually.Is(() => hall.Hub.Status!.Faults.Count == 0, "the fault is over");
        hall.Press(1);
        await Eventually.Is(() => hall.Paper.Count == 1, "tickets go on");
    }

    [Fact]
    public async Task A_copy_that_was_ordered_comes_out_once_and_says_so()
    {
        await using var hall = await Hall.OpenAsync();
        hall.Press();
        await Eventually.Is(() => hall.Hub.Visits is [{ Reports.Count: 1 }], "the ticket is printed");
        var order = new OpenCopy(1_500_000, new TicketResult(1, "A001", "cash", null, "en", 4, null, "2026-03-02T09:41", "edgequeue:test/1"));
        await hall.Hub.OfferAsync(hall.Node.Address, Hall.Buttons, order);
        await Eventually.Is(() => hall.Hub.Visits is [{ Reports: [_, (Outcome.Printed, true)] }], "the copy is reported");
        hall.Node.Kill();
        hall.Node.StartAgain();
        hall.Press();
        await Eventually.Is(() => hall.Paper.Count >= 3, "the next ticket");

        var copy = new TicketPicture(TicketTemplate.Default, 576).Draw(
            new TicketContent("en", "Main Street", "Cash desk", "A001", "2026-03-02 09:41") { Qr = "edgequeue:test/1", IsCopy = true }).Picture;
        Assert.Equal(1, hall.Paper.Count(p => Hall.Dots(p) == Hall.Dots(copy)));
        Assert.Equal(3, hall.Paper.Count);
    }
}
