using System.Diagnostics;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.EndToEnd.Support;
using EdgeQueue.Mqtt;
using Topics = EdgeQueue.Core.Contracts.Topics;

namespace EdgeQueue.EndToEnd.Hub;

/// <summary>Hears everything that is retained, as displays would, and remembers the latest.</summary>
internal sealed class Watcher : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly Dictionary<string, byte[]> _latest = [];
    private readonly MqttConnection _connection;
    private readonly Task _running;
    private readonly Task _reading;

    private Watcher(Broker broker)
    {
        _connection = new MqttConnection(broker.Options("watch", $"edgequeue/v1/{Broker.Branch}/#"));
        _running = _connection.RunAsync(CancellationToken.None);
        _reading = ReadAsync();
    }

    public static Topics Names { get; } = new(Broker.Branch);

    public static Watcher Start(Broker broker) => new(broker);

    public Task<CounterMessage> CounterAsync(string counter, Func<CounterMessage, bool> wanted) => UntilAsync(Names.Counter(counter), wanted);

    public Task<BranchStatusMessage> StatusAsync(Func<BranchStatusMessage, bool> wanted) => UntilAsync(Names.BranchStatus, wanted);

    /// <summary>Waits until the topic's message is as wanted.</summary>
    public async Task<T> UntilAsync<T>(string topic, Func<T, bool> wanted)
        where T : class
    {
        T? last = null;
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < Patience; await Task.Delay(10))
        {
            if (Latest(topic) is { Length: > 0 } bytes && ContractJson.TryRead(bytes, out T? read, out _) && wanted(last = read))
            {
                return last;
            }
        }

        throw new TimeoutException($"{topic} did not become as wanted; it is {last}");
    }

    /// <summary>The latest message of a topic; empty: cleared; null: never heard.</summary>
    public byte[]? Latest(string topic)
    {
        lock (_latest)
        {
            return _latest.GetValueOrDefault(topic);
        }
    }

    public void Forget()
    {
        lock (_latest)
        {
            _latest.Clear();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _connection.DisposeAsync();
        await _running;
        await _reading;
    }

    private async Task ReadAsync()
    {
        await foreach (MqttArrival arrival in _connection.Arrivals.ReadAllAsync())
        {
            if (arrival is MqttMessage message)
            {
                lock (_latest)
                {
                    _latest[message.Topic] = message.Payload.ToArray();
                }
            }
        }
    }
}
