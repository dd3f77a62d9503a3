using System.Text.Json.Nodes;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.EndToEnd.Support;

namespace EdgeQueue.EndToEnd.Hub;

/// <summary>What a technician who looks at the branch must not miss.</summary>
public sealed class StatusPageTests
{
    [Fact]
    public async Task Who_was_put_aside_and_an_evacuation_stand_on_the_page_in_the_status_and_in_the_metrics()
    {
        await using HubUnderTest hub = await HubUnderTest.StartAsync();
        await using TestUnit dispenser = await TestUnit.DispenserAsync(hub);
        await using TestUnit keypad = await TestUnit.KeypadAsync(hub, 1);
        await using Watcher watcher = Watcher.Start(hub.Broker);
        string label = (await dispenser.TicketAsync()).Ticket!.Label;
        ReplyMessage opened = await keypad.DoAsync(new OpenCounter("c1", "11", null, false, default));
        ReplyMessage called = await keypad.DoAsync(new CallNext("c1", opened.Counter!.Version, default));
        BranchStatusMessage before = await watcher.StatusAsync(s => s.Parked is null && s.Evacuating is null);
        Assert.Equal(1, before.Day);

        await keypad.DoAsync(new Park("c1", called.Counter!.Version, null, default));
        await keypad.DoAsync(new Evacuate(true, default));

        BranchStatusMessage status = await watcher.StatusAsync(s => s.Evacuating is true);
        Assert.Equal(1, status.Parked);
        string page = "";
        await Eventually.IsAsync(async () => (page = await hub.GetAsync("/")).Contains("evacuation: nobody is called", StringComparison.Ordinal), "the page says it");
        Assert.Contains($"1 put aside: <b>{label}</b> until resumed", page, StringComparison.Ordinal);
        Assert.Equal(1, await hub.MetricAsync("edgequeue_parked", 1));
        Assert.Equal(1, await hub.MetricAsync("edgequeue_evacuating", 1));
    }

    [Fact]
    public async Task The_day_is_closed_from_the_keypad_that_has_a_key_for_it_and_from_no_other()
    {
        await using HubUnderTest hub = await HubUnderTest.StartAsync();
        await hub.StopAsync();
        JsonNode branch = JsonNode.Parse(await File.ReadAllTextAsync(hub.Configuration, TestContext.Current.CancellationToken))!;
        branch["nodes"]!.AsArray().Single(n => (string)n!["name"]! == "desk-1")!["units"]![0]!["keypad"]!["keys"] = new JsonObject { ["KEY_F12"] = "closeDay" };
        branch["revision"] = 2;
        await File.WriteAllTextAsync(hub.Configuration, branch.ToJsonString(), TestContext.Current.CancellationToken);
        await hub.StartAgainAsync();
        await using TestUnit dispenser = await TestUnit.DispenserAsync(hub);
        await using TestUnit with = await TestUnit.KeypadAsync(hub, 1);
        await using TestUnit without = await TestUnit.KeypadAsync(hub, 2);
        await using Watcher watcher = Watcher.Start(hub.Broker);
        Assert.Null((await dispenser.TicketAsync()).Refusal);

        Assert.Equal("notAllowed", (await without.DoAsync(new CloseDay(default))).Refusal?.Code);
        Assert.Null((await with.DoAsync(new CloseDay(default))).Refusal);

        BranchStatusMessage status = await watcher.StatusAsync(s => s.Day == 2);
        Assert.Equal(0, status.Waiting);
    }

    [Fact]
    public async Task Whom_a_changed_configuration_left_at_a_counter_is_a_fault_until_another_counter_calls_them()
    {
        await using HubUnderTest hub = await HubUnderTest.StartAsync();
        await using TestUnit dispenser = await TestUnit.DispenserAsync(hub);
        await using TestUnit first = await TestUnit.KeypadAsync(hub, 1);
        await using TestUnit second = await TestUnit.KeypadAsync(hub, 2);
        await using Watcher watcher = Watcher.Start(hub.Broker);
        string label = (await dispenser.TicketAsync()).Ticket!.Label;
        ReplyMessage opened = await first.DoAsync(new OpenCounter("c1", "11", null, false, default));
        Assert.Null((await first.DoAsync(new CallNext("c1", opened.Counter!.Version, default))).Refusal);

        JsonNode branch = JsonNode.Parse(TestBranch.Json(revision: 2))!;
        branch["counters"]!.AsArray().RemoveAt(0);
        branch["nodes"]!.AsArray().Remove(branch["nodes"]!.AsArray().Single(n => (string)n!["name"]! == "desk-1"));
        await File.WriteAllTextAsync(hub.Configuration, branch.ToJsonString(), TestContext.Current.CancellationToken);

        BranchStatusMessage status = await watcher.StatusAsync(s => s.Faults.Any(f => f.Code == "leftBehind"));
        Assert.Contains($"{label} at counter 'c1'", status.Faults.Single(f => f.Code == "leftBehind").Sentence, StringComparison.Ordinal);
        ReplyMessage open = await second.DoAsync(new OpenCounter("c2", "12", null, false, default));
        Assert.Equal(label, (await second.DoAsync(new CallTicket("c2", open.Counter!.Version, label, default))).Counter?.Label);
        await watcher.StatusAsync(s => s.Faults.All(f => f.Code != "leftBehind"));
    }
}
