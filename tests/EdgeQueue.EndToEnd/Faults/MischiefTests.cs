using System.Text;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Queue;
using EdgeQueue.EndToEnd.Mqtt;
using EdgeQueue.EndToEnd.Support;
using EdgeQueue.Mqtt;
using EdgeQueue.Tool.Commands;

namespace EdgeQueue.EndToEnd.Faults;

/// <summary>
/// Garbage, too much, of another version and in other names, on every topic of the contract, from a keypad, from a unit that
/// nobody configured, and from somebody who has got hold of the hub's account: it changes nothing, and it is counted.
/// </summary>
[Collection(nameof(BrokenBranch))]
public sealed class MischiefTests(ITestOutputHelper output)
{
    private static readonly UnitAddress Keypad = new("counter-1", "keypad");
    private static readonly UnitAddress Tickets = new("dispenser-1", "tickets");

    [Fact]
    public async Task Garbage_on_every_topic_changes_nothing_and_is_counted()
    {
        await using PlayedStage stage = await PlayedStage.StartAsync();
        await stage.CallTheFirstAsync(tickets: 1);
        List<(long Seq, Event Event)> before = stage.Journal.Events();
        long counted = await stage.MetricAsync("edgequeue_rejected_input_total");
        long refused = await stage.MetricAsync("edgequeue_refusals_total");
        var restarts = stage.Stage.Processes.ToDictionary(p => p.Name, p => p.Restarts);

        int byKeypad = await KeypadsMischiefAsync(stage);
        int byStranger = await StrangersMischiefAsync(stage);
        int byHub = await HubsMischiefAsync(stage);
        await stage.SettleAsync();

        Assert.Equal("", string.Join('\n', stage.Journal.Events().Skip(before.Count).Select(e => $"{e.Seq} {e.Event}")));
        Assert.All(
            stage.Stage.Processes.Where(p => p.Name != Keypad.ClientId),
            p => Assert.Equal((p.Name, restarts[p.Name]), (p.Name, p.Restarts)));
        counted = await stage.MetricAsync("edgequeue_rejected_input_total") - counted;
        refused = await stage.MetricAsync("edgequeue_refusals_total") - refused;
        output.WriteLine($"{byKeypad} messages by a keypad, {byStranger} by a stranger, {byHub} in the hub's name: {counted} counted as rejected input, {refused} refused, {before.Count} events as before");
        Assert.True(counted >= byKeypad - Mischief.OfAKeypad("c2").Count, $"only {counted} are counted");
        Assert.True(refused >= Mischief.OfAKeypad("c2").Count, $"only {refused} are refused");

        // The branch works as if nothing had been, and shows the truth.
        await Accounts.DisplaysTellTheTruthAsync(stage);
        await stage.TheCalledArrivesAsync();
        await stage.TakeAsync(1, "KEY_1");
        stage.Journal.MustBeSound();
    }

    [Fact]
    public async Task A_keypads_account_cannot_speak_as_a_display_a_dispenser_or_the_hub()
    {
        await using PlayedStage stage = await PlayedStage.StartAsync();
        await using Link thief = await LinkAsync(stage, "counter-1");
        EdgeQueue.Core.Contracts.Topics topics = stage.Stage.Branch.Topics;

        foreach (string topic in (string[])
        [
            topics.Command(Tickets), topics.Command(new("counter-2", "keypad")), topics.Reply(Keypad), topics.Reply(Tickets), topics.Counter("c1"),
            topics.Board("hall"), topics.Calls("hall"), topics.Dispenser(Tickets), topics.NodeStatus(Tickets),
            topics.NodeStatus(new("counter-2", "display")), topics.BranchStatus,
        ])
        {
            Assert.Equal((topic, PublishOutcome.Refused), (topic, await thief.SayAsync(topic, "{}", retain: true)));
        }

        Assert.NotEqual(PublishOutcome.Refused, await thief.SayAsync(topics.Command(Keypad), "{}"));
    }

    private static async Task<int> KeypadsMischiefAsync(PlayedStage stage)
    {
        EdgeQueue.Core.Contracts.Topics topics = stage.Stage.Branch.Topics;
        await using Link keypad = await LinkAsync(stage, Keypad.Node);
        int sent = 0;
        foreach (byte[] payload in Mischief.All)
        {
            sent++;
            await keypad.Connection.PublishAsync(new MqttPublication(topics.Command(Keypad), payload));
            await keypad.Connection.PublishAsync(new MqttPublication(topics.NodeStatus(new(Keypad.Node, "no-such-unit")), payload));
        }

        foreach (string command in Mischief.OfAKeypad("c2"))
        {
            sent++;
            string id = Desk.NewId();
            await keypad.SayAsync(topics.Command(Keypad), $"{{\"v\":1,\"id\":\"{id}\",\"command\":{command}}}");
        }

        // A display has nothing to order, whoever's counter it is.
        sent++;
        await keypad.SayAsync(
            topics.Command(new(Keypad.Node, "display")),
            $"{{\"v\":1,\"id\":\"{Desk.NewId()}\",\"command\":{{\"type\":\"callNext\",\"counter\":\"c1\",\"seen\":0}}}}");
        return sent;
    }

    private static async Task<int> StrangersMischiefAsync(PlayedStage stage)
    {
        EdgeQueue.Core.Contracts.Topics topics = stage.Stage.Branch.Topics;
        new CertificatesAuthority(stage.Stage.Certificates).EnsureClient("stranger");
        await using Link stranger = await LinkAsync(stage, "stranger");
        var unit = new UnitAddress("stranger", "keypad");
        int sent = 0;
        foreach (string command in Mischief.OfAKeypad("c1"))
        {
            sent++;
            await stranger.SayAsync(topics.Command(unit), $"{{\"v\":1,\"id\":\"{Desk.NewId()}\",\"command\":{command}}}");
        }

        foreach (byte[] payload in Mischief.All)
        {
            sent++;
            await stranger.Connection.PublishAsync(new MqttPublication(topics.NodeStatus(unit), payload, Retain: true));
        }

        return sent;
    }

    /// <summary>What the hub hears on its own topics, it says anew; what nodes hear there, they do not fall over.</summary>
    private static async Task<int> HubsMischiefAsync(PlayedStage stage)
    {
        EdgeQueue.Core.Contracts.Topics topics = stage.Stage.Branch.Topics;
        await using Link hub = await LinkAsync(stage, "hub");
        int sent = 0;
        foreach (string topic in (string[])
        [
            topics.Counter("c2"), topics.Counter("no-such-counter"), topics.Board("hall"), topics.Calls("hall"), topics.Dispenser(Tickets),
            topics.BranchStatus, topics.Reply(Keypad), topics.Reply(Tickets), topics.NodeStatus(Keypad),
        ])
        {
            foreach (byte[] payload in Mischief.All)
            {
                sent++;
                await hub.Connection.PublishAsync(new MqttPublication(topic, payload, Retain: sent % 2 == 0));
            }
        }

        // A node says its own status again when it changes or connects; so long what was said in its name lies in the broker.
        stage.Kill(Keypad.ClientId);
        return sent;
    }

    private static Task<Link> LinkAsync(PlayedStage stage, string account) => Link.UpAsync(new MqttOptions
    {
        Host = "127.0.0.1",
        Port = stage.Stage.BrokerPort,
        ClientId = $"{account}/{Guid.NewGuid():N}",
        Tls = new MqttTls(
            Path.Combine(stage.Stage.Certificates, "authority.crt"), Path.Combine(stage.Stage.Certificates, account + ".crt"),
            Path.Combine(stage.Stage.Certificates, account + ".key")),
    });
}
