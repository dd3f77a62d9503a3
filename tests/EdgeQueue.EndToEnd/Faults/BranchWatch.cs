using System.Collections.Concurrent;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Mqtt;

namespace EdgeQueue.EndToEnd.Faults;

/// <summary>A technician's ear on the branch's broker (certificate <c>watch</c>): remembers what was said.</summary>
internal sealed class BranchWatch : IAsyncDisposable
{
    private readonly EdgeQueue.Core.Contracts.Topics _topics;
    private readonly MqttConnection _connection;
    private readonly Task _running;
    private readonly Task _listening;
    private readonly ConcurrentDictionary<string, CounterMessage> _counters = new();
    private readonly ConcurrentDictionary<UnitAddress, NodeStatusMessage> _nodes = new();
    private readonly ConcurrentDictionary<UnitAddress, DispenserMessage> _dispensers = new();
    private readonly ConcurrentQueue<(UnitAddress Unit, ReplyMessage Reply, byte[] Bytes)> _replies = new();
    private BranchStatusMessage? _branch;

    public BranchWatch(EdgeQueue.Core.Contracts.Topics topics, int port, string certificates)
    {
        _topics = topics;
        _connection = new MqttConnection(new MqttOptions
        {
            Host = "127.0.0.1",
            Port = port,
            ClientId = $"watch/{Guid.NewGuid():N}",
            Tls = new MqttTls(
                Path.Combine(certificates, "authority.crt"), Path.Combine(certificates, "watch.crt"), Path.Combine(certificates, "watch.key")),
            Subscriptions = [$"edgequeue/v1/{topics.Branch}/#"],
            InboundCapacity = 50_000,
            FirstRetry = TimeSpan.FromMilliseconds(50),
            LongestRetry = TimeSpan.FromMilliseconds(500),
        });
        _running = _connection.RunAsync(CancellationToken.None);
        _listening = Task.Run(ListenAsync);
    }

    /// <summary>By counter: what its retained message says.</summary>
    public IReadOnlyDictionary<string, CounterMessage> Counters => _counters;

    public IReadOnlyDictionary<UnitAddress, NodeStatusMessage> Nodes => _nodes;

    /// <summary>By dispenser: what it offers.</summary>
    public IReadOnlyDictionary<UnitAddress, DispenserMessage> Dispensers => _dispensers;

    /// <summary>Every reply that anybody got while the broker stood.</summary>
    public IReadOnlyCollection<(UnitAddress Unit, ReplyMessage Reply, byte[] Bytes)> Replies => _replies;

    public BranchStatusMessage? Branch => Volatile.Read(ref _branch);

    /// <summary>What is seen from here on is of the next hub process.</summary>
    public void ForgetBranch() => Volatile.Write(ref _branch, null);

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _running;
        await _listening;
    }

    private async Task ListenAsync()
    {
        await foreach (MqttArrival arrival in _connection.Arrivals.ReadAllAsync())
        {
            if (arrival is MqttMessage { Payload.IsEmpty: false } message && _topics.TryParse(message.Topic, out TopicAddress? address))
            {
                Take(address, message.Payload);
            }
        }
    }

    private void Take(TopicAddress address, ReadOnlyMemory<byte> payload)
    {
        switch (address.Kind)
        {
            case TopicKind.Counter when ContractJson.TryRead(payload.Span, out CounterMessage? counter, out _):
                _counters[address.Name!] = counter;
                break;
            case TopicKind.NodeStatus when ContractJson.TryRead(payload.Span, out NodeStatusMessage? node, out _):
                _nodes[address.Unit!] = node;
                break;
            case TopicKind.Dispenser when ContractJson.TryRead(payload.Span, out DispenserMessage? dispenser, out _):
                _dispensers[address.Unit!] = dispenser;
                break;
            case TopicKind.BranchStatus when ContractJson.TryRead(payload.Span, out BranchStatusMessage? branch, out _):
                Volatile.Write(ref _branch, branch);
                break;
            case TopicKind.Reply when ContractJson.TryRead(payload.Span, out ReplyMessage? reply, out _):
                _replies.Enqueue((address.Unit!, reply, payload.ToArray()));
                break;
        }
    }
}
