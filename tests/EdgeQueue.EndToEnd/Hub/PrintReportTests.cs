using System.Text.Json.Nodes;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.EndToEnd.Hub;

/// <summary>Two dispensers: what becomes of a ticket's paper is said by the one that gave it.</summary>
public sealed class PrintReportTests
{
    [Fact]
    public async Task A_dispenser_cannot_cancel_the_ticket_of_another()
    {
        await using HubUnderTest hub = await TwoDispensersAsync();
        await using TestUnit door = await TestUnit.DispenserAsync(hub);
        await using TestUnit side = await TestUnit.ConnectAsync(hub.Broker, "side", "tickets");
        long visit = (await door.TicketAsync()).Ticket!.Visit;

        ReplyMessage foreign = await side.DoAsync(new ReportPrint(visit, PrintOutcome.Failed, false, default));
        Assert.Equal("notAllowed", foreign.Refusal!.Code);
        Assert.DoesNotContain(await hub.ExportAsync(), line => line.Contains("visitEnded", StringComparison.Ordinal));

        // Its own dispenser is believed, after a restart of the hub too.
        hub.Kill();
        await hub.StartAgainAsync();
        Assert.Null((await door.DoAsync(new ReportPrint(visit, PrintOutcome.Failed, false, default))).Refusal);
        Assert.Contains(await hub.ExportAsync(), line => line.Contains("visitEnded", StringComparison.Ordinal));

        // And nobody else brings it back.
        ReplyMessage copy = await side.DoAsync(new ReportPrint(visit, PrintOutcome.Printed, true, default));
        Assert.Equal("notAllowed", copy.Refusal!.Code);
        Assert.DoesNotContain(await hub.ExportAsync(), line => line.Contains("visitRestored", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_dispenser_that_was_asked_for_a_copy_reports_on_it()
    {
        await using HubUnderTest hub = await TwoDispensersAsync();
        await using TestUnit door = await TestUnit.DispenserAsync(hub);
        await using TestUnit side = await TestUnit.ConnectAsync(hub.Broker, "side", "tickets");
        long visit = (await door.TicketAsync()).Ticket!.Visit;
        Assert.Null((await side.DoAsync(new ReprintTicket(visit, "side", "tickets", default))).Refusal);

        Assert.Null((await side.DoAsync(new ReportPrint(visit, PrintOutcome.Printed, true, default))).Refusal);
    }

    [Fact]
    public async Task A_ticket_that_joined_later_is_its_dispensers_too()
    {
        await using HubUnderTest hub = await TwoDispensersAsync();
        await using TestUnit door = await TestUnit.DispenserAsync(hub);
        await using TestUnit side = await TestUnit.ConnectAsync(hub.Broker, "side", "tickets");
        string store = TestUnit.NewId();
        LeasedBlock block = (await door.DoAsync(new LeaseNumbers("door", "tickets", store, new Dictionary<string, int> { ["general"] = 0 }, default))).Lease!.Blocks[0];
        ReplyMessage joined = await door.DoAsync(new JoinOffline(
            TestUnit.NewId(), store, "general", null, null, block.First, default, 1, false, default));
        long visit = joined.Ticket!.Visit;

        Assert.Equal("notAllowed", (await side.DoAsync(new ReportPrint(visit, PrintOutcome.Failed, false, default))).Refusal!.Code);
        Assert.Null((await door.DoAsync(new ReportPrint(visit, PrintOutcome.Failed, false, default))).Refusal);
    }

    private static async Task<HubUnderTest> TwoDispensersAsync()
    {
        HubUnderTest hub = await HubUnderTest.StartAsync();
        JsonNode branch = JsonNode.Parse(TestBranch.Json(revision: 2))!;
        JsonNode side = branch["nodes"]![0]!.DeepClone();
        side["name"] = "side";
        branch["nodes"]!.AsArray().Add(side);
        Assert.Equal(0, await hub.StopAsync());
        await File.WriteAllTextAsync(hub.Configuration, branch.ToJsonString());
        await hub.StartAgainAsync();
        return hub;
    }
}
