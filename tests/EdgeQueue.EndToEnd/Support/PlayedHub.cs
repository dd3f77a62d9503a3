using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading.Channels;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.Mqtt;
using CounterPhase = EdgeQueue.Core.Contracts.Messages.CounterPhase;

namespace EdgeQueue.EndToEnd.Support;

/// <summary>
/// The test in the hub's place: it says what the hub would say, hears the nodes' commands, and its heart beats unless it is
/// told not to. Branch time starts at one million milliseconds.
/// </summary>
public sealed class PlayedHub : IAsyncDisposable
{
    public const string Journal = "journal1";

    private readonly Stopwatch clock = Stopwatch.StartNew();
    private readonly MqttConnection connection;
    private readonly CancellationTokenSource stop = new();
    private readonly Channel<(UnitAddress From, CommandMessage Message)> commands =
        Channel.CreateUnbounded<(UnitAddress, CommandMessage)>(); // a test hears a handful
    private readonly ConcurrentDictionary<string, NodeStatusMessage> statuses = new();
    private readonly TaskCompletionSource connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Task running;
    private long seq = 100;
    private long beat;

    private PlayedHub(Broker broker)
    {
        Topics = new Topics(Broker.Branch);
        connection = new MqttConnection(broker.Options("hub", [.. Topics.HubSubscriptions.Take(2)]));
        running = Task.WhenAll(connection.RunAsync(stop.Token), HearAsync(), BeatAsync());
    }

    public Topics Topics { get; }

    public volatile bool Beating = true;

    /// <summary>Branch time, milliseconds.</summary>
    public long Now => 1_000_000 + clock.ElapsedMilliseconds;

    public long NextSeq() => Interlocked.Increment(ref seq);

    public static async Task<PlayedHub> StartAsync(Broker broker)
    {
        var hub = new PlayedHub(broker);
        await hub.connected.Task.WaitAsync(TimeSpan.FromSeconds(20));
        return hub;
    }

    public async Task SayAsync<T>(string topic, T message) =>
        Assert.Contains(
            await connection.PublishAsync(new MqttPublication(topic, ContractJson.Write(message), Retain: true)),
            new[] { PublishOutcome.Accepted, PublishOutcome.NobodySubscribed });

    public Task CounterAsync(string counter, CounterPhase phase, string? label = null, long? calledAt = null, int times = 1, long version = 1) =>
        SayAsync(Topics.Counter(counter), Counter(counter, phase, label, calledAt, times, version));

    public CounterMessage Counter(string counter, CounterPhase phase, string? label, long? calledAt, int times, long version) => new(
        1, Journal, NextSeq(), counter, "5", version, phase, "anna", label, label is null ? null : 42, "cash", times, calledAt, null, 3);

    /// <summary>The next command of any node.</summary>
    public async Task<(UnitAddress From, CommandMessage Message)> CommandAsync()
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        return await commands.Reader.ReadAsync(limit.Token);
    }

    /// <summary>Commands that came and were not looked at.</summary>
    public int CommandsWaiting => commands.Reader.Count;

    public async Task ReplyAsync(UnitAddress to, string id, Refusal? refusal, CounterMessage? counter) =>
        await connection.PublishAsync(new MqttPublication(
            Topics.Reply(to), ContractJson.Write(new ReplyMessage(1, id, Journal, NextSeq(), refusal, Counter: counter))));

    /// <summary>The latest status of a unit; null: none yet.</summary>
    public NodeStatusMessage? Status(UnitAddress unit) => statuses.GetValueOrDefault(Topics.NodeStatus(unit));

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await connection.DisposeAsync();
        await running;
    }

    private async Task HearAsync()
    {
        await foreach (var arrival in connection.Arrivals.ReadAllAsync(CancellationToken.None))
        {
            if (arrival is MqttConnected)
            {
                connected.TrySetResult();
            }
            else if (arrival is MqttMessage message && Topics.TryParse(message.Topic, out var address))
            {
                if (address.Kind == TopicKind.Command && ContractJson.TryRead<CommandMessage>(message.Payload.Span, out var command, out _))
                {
                    commands.Writer.TryWrite((address.Unit!, command));
                }
                else if (address.Kind == TopicKind.NodeStatus && ContractJson.TryRead<NodeStatusMessage>(message.Payload.Span, out var status, out _))
                {
                    statuses[message.Topic] = status;
                }
            }
        }
    }

    private async Task BeatAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        try
        {
            do
            {
                if (Beating)
                {
                    await connection.PublishAsync(new MqttPublication(Topics.BranchStatus, ContractJson.Write(Heartbeat()), Retain: true));
                }
            }
            while (await timer.WaitForNextTickAsync(stop.Token));
        }
        catch (OperationCanceledException)
        {
        }
    }

    private BranchStatusMessage Heartbeat() => new(
        1, Journal, Interlocked.Read(ref seq), true, ++beat, Now, Now + (12 * 3_600_000), true, 1, 3, "test", [], []);
}
