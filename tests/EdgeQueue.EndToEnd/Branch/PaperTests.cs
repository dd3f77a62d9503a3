using System.Text.Json.Nodes;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Queue;
using EdgeQueue.EndToEnd.Faults;
using EdgeQueue.EndToEnd.Support;
using EdgeQueue.Hardware.Printers;
using EdgeQueue.Node.Drawing;
using EdgeQueue.Tool.Stage;
using PrintOutcome = EdgeQueue.Core.Queue.PrintOutcome;

namespace EdgeQueue.EndToEnd.Branch;

/// <summary>What becomes of tickets when the paper or the printer is gone (law 11).</summary>
[Collection(nameof(WholeBranch))]
public sealed class PaperTests(BranchWithCable branch) : IClassFixture<BranchWithCable>
{
    [Fact]
    public async Task Without_paper_nothing_is_issued_and_the_lamp_and_the_branchs_status_say_why()
    {
        await branch.TakeTicketAsync("KEY_1");
        await branch.SetPrinterAsync("PaperOut");
        await Eventually.Is(() => branch.Ear.Branch!.Faults.Any(f => f.Code == "paperOut"), "the branch's status says so", 90);
        var issued = Issued();
        var mark = branch.Mark();

        await branch.PressAsync(WatchedBranch.Dispenser, "KEY_1");
        await Eventually.Is(() => branch.LogOf(WatchedBranch.Dispenser).Contains("no ticket for general", StringComparison.Ordinal), "refused", 60);
        await Eventually.Is(() => branch.Since(mark, "lamp", WatchedBranch.Dispenser).Count >= 6, "the lamp blinks", 60);

        Assert.Equal(issued, Issued());
        await branch.SetPrinterAsync();
        await Eventually.Is(() => branch.Ear.Branch!.Faults.All(f => f.Code != "paperOut"), "the fault is over", 90);
        await branch.TakeTicketAsync("KEY_1");
        Assert.Equal(issued + 1, Issued());
        Assert.Single(branch.Since(mark, "ticket", WatchedBranch.Dispenser));
    }

    [Fact]
    public async Task A_printer_that_is_unplugged_in_the_middle_leaves_an_uncertain_ticket_that_only_a_person_repeats_as_a_copy()
    {
        // The other test's tickets must not have the number that is typed below.
        for (var more = 0; more < 3; more++)
        {
            await branch.TakeTicketAsync("KEY_2");
        }

        await Task.Delay(700, TestContext.Current.CancellationToken); // two presses within half a second are one

        var mark = branch.Mark();
        var before = branch.Replies(WatchedBranch.Dispenser).Count(r => r.Ticket is not null);
        branch.Cable.PullAfter(10_000);
        await branch.PressAsync(WatchedBranch.Dispenser, "KEY_2");
        await Eventually.Is(() => branch.Cable.IsPulled, "the cable is pulled in mid-ticket", 60);
        var ticket = branch.Replies(WatchedBranch.Dispenser).Where(r => r.Ticket is not null).Skip(before).First().Ticket!;
        await Eventually.Is(() => Reports(ticket.Visit).Contains((PrintOutcome.Uncertain, false)), "reported as uncertain", 90);

        branch.Cable.PlugIn();
        await Eventually.Is(() => branch.Ear.Branch!.Faults.All(f => f.Code != "printerMissing"), "the printer is back", 90);
        await Task.Delay(5_000, TestContext.Current.CancellationToken); // longer than the dispenser's pauses between two tries
        Assert.Empty(branch.Since(mark, "ticket", WatchedBranch.Dispenser));
        Assert.Equal([(PrintOutcome.Uncertain, false)], Reports(ticket.Visit));

        // The customer asks at a counter; the operator types the number and the key that prints a copy.
        Assert.Null((await branch.OrderAsync("counter-1/keypad", Desk.Digits(ticket.Label.TrimStart('C').TrimStart('0'), Desk.NoShow))).Refusal);
        var paper = await branch.SeenAsync(mark, "ticket", WatchedBranch.Dispenser, _ => true, "the copy");
        var printed = MonochromePng.Decode(await branch.FetchAsync((string)paper.Data["url"]!));
        var configuration = branch.Stage.Branch.Configuration;
        var wanted = new TicketPicture(TicketTemplate.Default, 576).Draw(new TicketContent(
            "nb", configuration.Name["nb"], "Kontanter", ticket.Label, ticket.TakenAtLocal!.Replace('T', ' '))
        {
            IsCopy = true,
            Qr = $"edgequeue:demo/{ticket.Label}",
        }).Picture;
        Assert.Equal(wanted.Rows, printed.Rows[..wanted.Rows.Length]);
        await Eventually.Is(() => Reports(ticket.Visit).Contains((PrintOutcome.Printed, true)), "the copy is reported", 60);
        Assert.Single(branch.Journal.Events(), e => e.Event is CopyRequested copy && copy.Visit == ticket.Visit);
    }

    private int Issued() => branch.Journal.Events().Count(e => e.Event is TicketIssued);

    private List<(PrintOutcome, bool)> Reports(long visit) => [.. branch.Journal.Events().Select(e => e.Event).OfType<TicketPrintReported>()
        .Where(r => r.Visit == visit).Select(r => (r.Outcome, r.Copy))];
}

/// <summary>The example; the dispenser's printer hangs on a cable that can be pulled.</summary>
public sealed class BranchWithCable : WatchedBranch
{
    internal PrinterCable Cable { get; } = new();

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Cable.DisposeAsync();
    }

    private protected override void Prepared(BranchStage stage)
    {
        Cable.Start(stage.Devices.PrinterPort(new("dispenser-1", "tickets")));
        var file = Path.Combine(stage.Folder, "nodes", "dispenser-1.tickets.json");
        var node = JsonNode.Parse(File.ReadAllText(file))!;
        node["unit"]!["dispenser"]!["printer"]!["path"] = $"tcp://127.0.0.1:{Cable.Port}";
        File.WriteAllText(file, node.ToJsonString());
    }
}
