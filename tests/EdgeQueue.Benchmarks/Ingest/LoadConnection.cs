using System.Diagnostics;
using EdgeQueue.Core.Contracts.Cloud;
using EdgeQueue.Mqtt;

namespace EdgeQueue.Benchmarks.Ingest;

/// <summary>Many hubs over one connection: what is measured is the cloud, not two thousand sockets of this process.</summary>
internal sealed class LoadConnection(IngestStage stage, IReadOnlyList<SimulatedHub> hubs, double eventsPerSecond, int eventsOfABranch) : IAsyncDisposable
{
    private readonly MqttConnection _connection = new(stage.Options(["edgequeue/v1/+/ack"]));
    private readonly Dictionary<string, SimulatedHub> _byAck = new(StringComparer.Ordinal);
    private readonly CancellationTokenSource _end = new();
    private Task _running = Task.CompletedTask;
    private volatile bool _making = true;
    private long _behind = -1;

    /// <summary>False: no further events are made; what is made is still sent.</summary>
    public bool Making
    {
        set => _making = value;
    }

    /// <summary>Events that each hub has at the beginning.</summary>
    public int Backlog { get; init; }

    /// <summary>Made and not acknowledged; -1 before the first look.</summary>
    public long Behind => Volatile.Read(ref _behind);

    public void Start() => _running = Task.WhenAll(_connection.RunAsync(_end.Token), Task.Run(WorkAsync));

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _connection.DisposeAsync();
        _end.Dispose();
    }

    private async Task WorkAsync()
    {
        var clock = Stopwatch.StartNew();
        foreach (SimulatedHub hub in hubs)
        {
            Change(hub);
            for (int i = 0; i < Backlog; i++)
            {
                hub.Make(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
            }
        }

        clock.Restart();
        long made = 0;
        int next = 0;
        bool connected = false;
        while (!_end.IsCancellationRequested)
        {
            while (_connection.Arrivals.TryRead(out MqttArrival? arrival))
            {
                connected = arrival switch { MqttConnected => true, MqttDisconnected => false, _ => connected };
                if (arrival is MqttMessage message && _byAck.TryGetValue(message.Topic, out SimulatedHub? hub) && LinkJson.TryRead(message.Payload.Span, out AckMessage? ack, out _))
                {
                    hub.Answered(ack, clock.Elapsed);
                }
            }

            for (long due = (long)(clock.Elapsed.TotalSeconds * eventsPerSecond); _making && made < due; made++)
            {
                SimulatedHub hub = hubs[next++ % hubs.Count];
                if (hub.IsIdle && hub.JournalLength >= eventsOfABranch)
                {
                    Change(hub);
                }

                hub.Make(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds());
            }

            long behind = 0;
            foreach (SimulatedHub hub in hubs)
            {
                behind += hub.Behind;
                if (connected && hub.Due(clock.Elapsed) is { } send)
                {
                    _ = _connection.PublishAsync(new(send.Topic, send.Bytes));
                }
            }

            Volatile.Write(ref _behind, behind);
            await Task.Delay(5);
        }
    }

    private void Change(SimulatedHub hub)
    {
        hub.BecomeAnother();
        _byAck[hub.AckTopic] = hub;
    }
}
