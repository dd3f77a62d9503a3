using System.Collections.Concurrent;
using System.Diagnostics;
using EdgeQueue.Benchmarks.Stage;
using EdgeQueue.Benchmarks.Table;
using EdgeQueue.Tool.Stage;

namespace EdgeQueue.Benchmarks.Ingest;

/// <summary>Simulated hubs at once, over some connections.</summary>
/// <param name="rate">Events a second, of all; 0: only the backlog.</param>
internal sealed class IngestLoad(IngestStage stage, int hubs, double rate, int eventsOfABranch, Func<int> nextBranch) : IAsyncDisposable
{
    private const int HubsOfAConnection = 100;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    private readonly LoadConnection[] _connections = Connections(stage, hubs, rate, eventsOfABranch, nextBranch);

    public long Created => _connections.Sum(c => c.Hubs.Sum(h => (long)h.Created));

    public long Acknowledged => _connections.Sum(c => c.Hubs.Sum(h => (long)h.Acknowledged));

    public long Tickets => _connections.Sum(c => c.Hubs.Sum(h => (long)h.Tickets));

    public Samples Latencies
    {
        get
        {
            var samples = new Samples();
            foreach (double latency in _connections.SelectMany(c => c.Hubs).SelectMany(h => h.Latencies))
            {
                samples.Add(latency);
            }

            return samples;
        }
    }

    /// <summary>Gives each hub so many events.</summary>
    public void MakeBacklog(int events)
    {
        foreach (LoadConnection connection in _connections)
        {
            connection.MakeBacklog(events);
        }
    }

    public Task ConnectAsync() => Task.WhenAll(_connections.Select(c => c.ConnectAsync()));

    public void Start()
    {
        foreach (LoadConnection connection in _connections)
        {
            connection.Start();
        }
    }

    /// <summary>Goes on for so long, while cloud, broker and database are killed in turns, each so many times.</summary>
    public async Task GoAsync(TimeSpan time, int kills)
    {
        await ConnectAsync();
        Start();
        StagedProcess[] victims = [stage.Cloud, stage.Broker, stage.Database];
        var watch = Stopwatch.StartNew();
        for (int kill = 0; kill < kills * victims.Length; kill++)
        {
            await Task.Delay((time - watch.Elapsed) / ((kills * victims.Length) - kill + 1));
            StagedProcess victim = victims[kill % victims.Length];
            while (victim.Pid == 0)
            {
                await Task.Delay(20);
            }

            using Process process = Process.GetProcessById(victim.Pid);
            process.Kill();
        }

        await Task.Delay(watch.Elapsed < time ? time - watch.Elapsed : TimeSpan.Zero);
        foreach (LoadConnection connection in _connections)
        {
            connection.Making = false;
        }
    }

    /// <summary>Returns when all that was made is acknowledged.</summary>
    public async Task AcknowledgedAsync()
    {
        for (var waited = Stopwatch.StartNew(); _connections.Any(c => c.Behind != 0); await Task.Delay(5))
        {
            if (waited.Elapsed > Patience)
            {
                throw new BenchmarkException($"{_connections.Sum(c => c.Behind)} events were never acknowledged.");
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (LoadConnection connection in _connections)
        {
            await connection.DisposeAsync();
        }
    }

    private static LoadConnection[] Connections(IngestStage stage, int hubs, double rate, int eventsOfABranch, Func<int> nextBranch)
    {
        var owners = new ConcurrentDictionary<string, LoadConnection>(StringComparer.Ordinal);
        return [.. Enumerable.Range(0, hubs).Chunk(HubsOfAConnection).Select(some => new LoadConnection(stage, owners, some.Length, rate * some.Length / hubs, eventsOfABranch, nextBranch))];
    }
}
