using System.Text;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.Mqtt;

namespace EdgeQueue.EndToEnd.Hub;

/// <summary>Malformed, oversized, foreign: counted, answered where somebody can be, and nothing changes.</summary>
public sealed class RubbishTests
{
    [Fact]
    public async Task Rubbish_on_every_topic_changes_nothing_and_is_counted()
    {
        await using HubUnderTest hub = await HubUnderTest.StartAsync();
        await using TestUnit dispenser = await TestUnit.DispenserAsync(hub);
        await using TestUnit keypad = await TestUnit.KeypadAsync(hub, 1);
        await using TestUnit stranger = await TestUnit.ConnectAsync(hub.Broker, "stranger", "keypad");
        await using Watcher watcher = Watcher.Start(hub.Broker);
        await using var otherHub = new MqttConnection(hub.Broker.Options("hub"));
        Task running = otherHub.RunAsync(CancellationToken.None);
        Assert.IsType<MqttConnected>(await otherHub.Arrivals.ReadAsync(TestContext.Current.CancellationToken));
        await dispenser.TicketAsync();
        int before = (await hub.ExportAsync()).Length;

        string id = TestUnit.NewId();
        foreach (string rubbish in (string[])["", "x", "[]", "null", "{\"v\":1}", "{\"v\":9,\"id\":\"" + id + "\",\"withdraw\":true}",
            "{\"v\":1,\"id\":\"" + id + "\",\"command\":{\"type\":\"closeTheWorld\"}}", "\u0000\u0001", new string('[', 5000), "{\"id\":\"" + new string('9', 20_000) + "\"}"])
        {
            await keypad.SayRawAsync(rubbish);
            await keypad.RawStatusAsync(rubbish);
        }

        foreach (string topic in (string[])["counter/c1", "counter/c9", "zone/hall/board", "zone/hall/calls", "dispenser/door/tickets", "branch/status", "node/nobody/x/status"])
        {
            await otherHub.PublishAsync(new MqttPublication($"edgequeue/v1/test/{topic}", Encoding.UTF8.GetBytes("rubbish"), Retain: true));
        }

        ReplyMessage foreign = await stranger.DoAsync(new CallNext("c1", 0, default));
        ReplyMessage unreadable = TestUnit.Read(await keypad.SendAsync(new CommandMessage(2, TestUnit.NewId(), null, null, true)));

        Assert.Equal("unknownUnit", foreign.Refusal!.Code);
        Assert.Equal("unknownVersion", unreadable.Refusal!.Code);
        await hub.MetricAsync("edgequeue_rejected_input_total{kind=\"malformed\",source=\"desk-1/keypad\"}", 16);
        await hub.MetricAsync("edgequeue_rejected_input_total{kind=\"oversized\",source=\"desk-1/keypad\"}", 1);
        await hub.MetricAsync("edgequeue_rejected_input_total{kind=\"foreign\",source=\"stranger/keypad\"}", 1);
        await watcher.CounterAsync("c1", c => c.Counter == "c1");
        await watcher.StatusAsync(s => s.Online);
        Assert.Equal(before, (await hub.ExportAsync()).Length);
        Assert.Equal("A002", (await dispenser.TicketAsync()).Ticket!.Label);
        await otherHub.DisposeAsync();
        await running;
    }

    [Fact]
    public async Task A_command_that_the_broker_kept_is_not_carried_out_when_the_hub_comes_back()
    {
        await using HubUnderTest hub = await HubUnderTest.StartAsync();
        await using TestUnit keypad = await TestUnit.KeypadAsync(hub, 1);
        Assert.Equal(0, await hub.StopAsync());
        await keypad.SayRetainedAsync(TestUnit.Envelope(TestUnit.NewId(), new Evacuate(true, default)));

        await hub.StartAgainAsync();

        await hub.LoggedAsync("retained input from desk-1/keypad");
        Assert.DoesNotContain(await hub.ExportAsync(), e => e.Contains("evacuationStarted", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_is_configured_no_longer_is_cleared_from_the_broker()
    {
        await using HubUnderTest hub = await HubUnderTest.StartAsync(counters: 3);
        await using Watcher watcher = Watcher.Start(hub.Broker);
        await watcher.CounterAsync("c3", _ => true);
        await using (TestUnit keypad = await TestUnit.KeypadAsync(hub, 3))
        {
            await keypad.StatusAsync(new NodeStatusMessage(1, true, "keypad", "1", [], null));
        }

        await File.WriteAllTextAsync(hub.Configuration, TestBranch.Json(counters: 2, revision: 2), TestContext.Current.CancellationToken);
        await hub.LoggedAsync("configuration revision 2 is in force");
        await ClearedAsync(watcher, Watcher.Names.Counter("c3"));

        // Also what an earlier life of the hub left there.
        Assert.Equal(0, await hub.StopAsync());
        await using var writer = new MqttConnection(hub.Broker.Options("hub"));
        Task running = writer.RunAsync(CancellationToken.None);
        Assert.IsType<MqttConnected>(await writer.Arrivals.ReadAsync(TestContext.Current.CancellationToken));
        await writer.PublishAsync(new MqttPublication(Watcher.Names.Board("attic"), "{}"u8.ToArray(), Retain: true));
        await hub.StartAgainAsync();
        await ClearedAsync(watcher, Watcher.Names.Board("attic"));
        await ClearedAsync(watcher, Watcher.Names.NodeStatus(new("desk-3", "keypad")));
        await writer.DisposeAsync();
        await running;
    }

    [Fact]
    public async Task A_faulty_configuration_is_reported_and_the_one_before_stays()
    {
        await using HubUnderTest hub = await HubUnderTest.StartAsync();
        await using TestUnit dispenser = await TestUnit.DispenserAsync(hub);
        await using Watcher watcher = Watcher.Start(hub.Broker);

        await File.WriteAllTextAsync(hub.Configuration, TestBranch.Json(revision: 2).Replace("\"hall\",\"workProfile\"", "\"nowhere\",\"workProfile\"", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        await watcher.StatusAsync(s => s.Faults.Any(f => f.Code == "configuration"));
        Assert.NotNull((await dispenser.TicketAsync()).Ticket);

        await File.WriteAllTextAsync(hub.Configuration, TestBranch.Json(revision: 3), TestContext.Current.CancellationToken);
        await watcher.StatusAsync(s => s.Faults.All(f => f.Code != "configuration"));
    }

    [Fact]
    public async Task After_the_broker_was_killed_everything_is_said_again_and_missing_units_are_named()
    {
        await using HubUnderTest hub = await HubUnderTest.StartAsync();
        await using TestUnit dispenser = await TestUnit.DispenserAsync(hub);
        await dispenser.StatusAsync(new NodeStatusMessage(1, true, "dispenser", "1", [new Fault("paperOut", "No paper.")], null));
        await using Watcher watcher = Watcher.Start(hub.Broker);
        BranchStatusMessage status = await watcher.StatusAsync(s => s.Missing.Count == 2);
        Assert.DoesNotContain(status.Missing, m => m.Node == "door");
        Assert.Contains(status.Faults, f => f.Code == "paperOut" && f.Sentence.StartsWith("door/tickets:", StringComparison.Ordinal));

        hub.Broker.Kill();
        watcher.Forget();
        await hub.Broker.StartAgainAsync();

        await watcher.CounterAsync("c1", _ => true);
        await watcher.UntilAsync<BoardMessage>(Watcher.Names.Board("hall"), _ => true);
        await watcher.UntilAsync<DispenserMessage>(Watcher.Names.Dispenser(new("door", "tickets")), d => d.Open);
        await watcher.StatusAsync(s => s.Online);
    }

    private static async Task ClearedAsync(Watcher watcher, string topic)
    {
        for (int i = 0; i < 500 && watcher.Latest(topic) is not { Length: 0 }; i++)
        {
            await Task.Delay(20);
        }

        Assert.True(watcher.Latest(topic) is { Length: 0 }, $"{topic} was not cleared");
    }
}
