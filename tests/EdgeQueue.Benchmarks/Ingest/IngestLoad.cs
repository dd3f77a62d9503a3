using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
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

    // Within milliseconds of those of the connections.
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly List<(string Victim, TimeSpan At)> _kills = [];
    private readonly LoadConnection[] _connections = Connections(stage, hubs, rate, eventsOfABranch, nextBranch);

    public long Created => _connections.Sum(c => c.Hubs.Sum(h => (long)h.Created));

    public long Acknowledged => _connections.Sum(c => c.Hubs.Sum(h => (long)h.Acknowledged));

    public long Tickets => _connections.Sum(c => c.Hubs.Sum(h => (long)h.Tickets));

    public Samples Latencies
    {
        get
        {
            var samples = new Samples();
            foreach (AnsweredBatch answered in Answers)
            {
                samples.Add(answered.Milliseconds);
            }

            return samples;
        }
    }

    private IEnumerable<AnsweredBatch> Answers => _connections.SelectMany(c => c.Hubs).SelectMany(h => h.Answers);

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
            _kills.Add((victim.Name, _clock.Elapsed));
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

    /// <summary>Where the tail comes from: what each kill did to the batches that were made from a second before it to the next one, and how often they were sent.</summary>
    public IEnumerable<string> Tail()
    {
        AnsweredBatch[] all = [.. Answers.OrderBy(a => a.At)];
        for (int i = 0; i < _kills.Count; i++)
        {
            (string victim, TimeSpan at) = _kills[i];
            TimeSpan end = i + 1 < _kills.Count ? _kills[i + 1].At : TimeSpan.MaxValue;
            TimeSpan[] answers = [.. all.Where(a => a.At >= at && a.At < end).Select(a => a.At)];
            // What was on its way is still answered: the silence is the longest time between two answers.
            (TimeSpan silence, TimeSpan from) = answers.Zip(answers.Skip(1), (a, b) => (b - a, a)).DefaultIfEmpty().Max();
            yield return string.Create(
                CultureInfo.InvariantCulture,
                $"{victim} killed at {at.TotalSeconds:0.0} s: no answer from {(from - at).TotalSeconds:0.0} to {(from + silence - at).TotalSeconds:0.0} s after it; of the batches from it on {Words(all.Where(a => a.Made >= at - TimeSpan.FromSeconds(1) && a.Made < end))}");
        }

        foreach (IGrouping<int, AnsweredBatch> sends in all.GroupBy(a => a.Sends).OrderBy(g => g.Key))
        {
            yield return string.Create(CultureInfo.InvariantCulture, $"sent {sends.Key} times: {Words(sends)}");
        }
    }

    public async ValueTask DisposeAsync()
    {
        foreach (LoadConnection connection in _connections)
        {
            await connection.DisposeAsync();
        }
    }

    private static string Words(IEnumerable<AnsweredBatch> batches)
    {
        var samples = new Samples();
        (int count, int again) = (0, 0);
        foreach (AnsweredBatch batch in batches)
        {
            samples.Add(batch.Milliseconds);
            (count, again) = (count + 1, again + (batch.Sends > 1 ? 1 : 0));
        }

        return count == 0 ? "none" : string.Create(
            CultureInfo.InvariantCulture, $"{count} batches, {again} sent again, p50 {samples.Median / 1000:0.00} s, p99 {samples.P99 / 1000:0.00} s, longest {samples.Percentile(100) / 1000:0.00} s");
    }

    private static LoadConnection[] Connections(IngestStage stage, int hubs, double rate, int eventsOfABranch, Func<int> nextBranch)
    {
        var owners = new ConcurrentDictionary<string, LoadConnection>(StringComparer.Ordinal);
        return [.. Enumerable.Range(0, hubs).Chunk(HubsOfAConnection).Select(some => new LoadConnection(stage, owners, some.Length, rate * some.Length / hubs, eventsOfABranch, nextBranch))];
    }
}
