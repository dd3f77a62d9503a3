using System.Collections.Concurrent;
using System.Diagnostics;
using EdgeQueue.Core.Contracts.Cloud;
using EdgeQueue.Mqtt;

namespace EdgeQueue.Benchmarks.Ingest;

/// <summary>Many hubs over one connection: what is measured is the cloud, not two thousand sockets of this process.</summary>
/// <param name="owners">Whose hub hears a topic. The connections share one subscription, so that each answer comes once, as it does to a hub of its own.</param>
/// <param name="nextBranch">The number of a branch that is new; 0: there are enough.</param>
internal sealed class LoadConnection(
    IngestStage stage, ConcurrentDictionary<string, LoadConnection> owners, int hubs, double eventsPerSecond, int eventsOfABranch, Func<int> nextBranch) : IAsyncDisposable
{
    private readonly MqttConnection _connection = new(stage.Options(["$share/load/edgequeue/v1/+/ack"]));
    private readonly ConcurrentQueue<MqttMessage> _answers = new();
    private readonly SimulatedHub[] _hubs = [.. Enumerable.Range(0, hubs).Select(_ => new SimulatedHub(nextBranch()))];
    private readonly List<SimulatedHub> _leaving = [];
    private readonly List<SimulatedHub> _left = [];
    private readonly Dictionary<string, SimulatedHub> _byAck = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _end = new();
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private Task _running = Task.CompletedTask;
    private volatile bool _making;
    private long _behind = -1;

    /// <summary>False: no further events are made; what is made is still sent.</summary>
    public bool Making
    {
        set => _making = value;
    }

    /// <summary>Made and not acknowledged; -1 before the first look.</summary>
    public long Behind => Volatile.Read(ref _behind);

    /// <summary>All that ever were, to be looked at when the connection was ended.</summary>
    public IEnumerable<SimulatedHub> Hubs => _hubs.Concat(_leaving).Concat(_left);

    /// <summary>Gives each hub so many events, one every four seconds until now: a night without a link.</summary>
    public void MakeBacklog(int events)
    {
        long now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        foreach (SimulatedHub hub in _hubs)
        {
            for (int i = events; i > 0; i--)
            {
                hub.Make(now - (4000L * i), _clock.Elapsed);
            }
        }
    }

    /// <summary>Returns when it is connected; nothing is sent before <see cref="Start"/>.</summary>
    public Task ConnectAsync()
    {
        foreach (SimulatedHub hub in _hubs)
        {
            Own(hub);
        }

        _running = _connection.RunAsync(_end.Token);
        return Task.Run(async () =>
        {
            while (await _connection.Arrivals.ReadAsync() is not MqttConnected)
            {
                // Refused while the broker comes up: it tries again.
            }
        });
    }

    public void Start()
    {
        _making = eventsPerSecond > 0;
        _running = Task.WhenAll(_running, Task.Run(WorkAsync));
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _connection.DisposeAsync();
        _end.Dispose();
    }

    private async Task WorkAsync()
    {
        TimeSpan began = _clock.Elapsed;
        long made = 0;
        int next = 0;
        bool connected = true;
        while (!_end.IsCancellationRequested)
        {
            while (_connection.Arrivals.TryRead(out MqttArrival? arrival))
            {
                connected = arrival switch { MqttConnected => true, MqttDisconnected => false, _ => connected };
                if (arrival is MqttMessage message && owners.TryGetValue(message.Topic, out LoadConnection? owner))
                {
                    owner._answers.Enqueue(message);
                }
            }

            while (_answers.TryDequeue(out MqttMessage? answer))
            {
                if (_byAck.TryGetValue(answer.Topic, out SimulatedHub? hub) && LinkJson.TryRead(answer.Payload.Span, out AckMessage? ack, out _))
                {
                    hub.Answered(ack, _clock.Elapsed);
                }
            }

            for (long due = (long)((_clock.Elapsed - began).TotalSeconds * eventsPerSecond); _making && made < due; made++)
            {
                int place = Place(ref next);
                _hubs[place].Make(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds(), _clock.Elapsed);
            }

            long behind = 0;
            foreach (SimulatedHub hub in _hubs)
            {
                behind += Send(hub, connected);
            }

            foreach (SimulatedHub hub in _leaving)
            {
                behind += Send(hub, connected);
            }

            _leaving.RemoveAll(Gone);
            Volatile.Write(ref _behind, behind);
            await Task.Delay(5);
        }
    }

    private int Send(SimulatedHub hub, bool connected)
    {
        if (connected && hub.Due(_clock.Elapsed) is { } send)
        {
            _ = _connection.PublishAsync(new(send.Topic, send.Bytes));
        }

        return hub.Behind;
    }

    /// <summary>
    /// Whose turn it is to have an event. One that has had all of its own makes room for another branch; it stays connected until it is answered, so after an outage
    /// there are more hubs than make events.
    /// </summary>
    private int Place(ref int next)
    {
        int place = next++ % _hubs.Length;
        if (_hubs[place].Created >= eventsOfABranch && nextBranch() is > 0 and var branch)
        {
            _leaving.Add(_hubs[place]);
            _hubs[place] = new SimulatedHub(branch);
            Own(_hubs[place]);
        }

        return place;
    }

    private void Own(SimulatedHub hub)
    {
        _byAck[hub.AckTopic] = hub;
        owners[hub.AckTopic] = this;
    }

    private bool Gone(SimulatedHub hub)
    {
        if (hub.Behind > 0)
        {
            return false;
        }

        _byAck.Remove(hub.AckTopic);
        owners.TryRemove(hub.AckTopic, out _);
        _left.Add(hub);
        return true;
    }
}
