using System.Diagnostics;
using System.Globalization;
using EdgeQueue.Benchmarks.Stage;
using EdgeQueue.Benchmarks.Table;
using EdgeQueue.Tool.Stage;

namespace EdgeQueue.Benchmarks.Ingest;

/// <summary>
/// Simulated hubs through mosquitto into PostgreSQL with aggregates: at a steady rate with the ingester, the broker and the database killed in between, and as
/// fast as it goes, beside the bare statement. Then everything is counted: created = acknowledged = stored = in the aggregates.
/// </summary>
internal static class IngestBenchmark
{
    private const int Branches = 65_000;
    private const int Writers = 3;

    /// <param name="hubs">At once; over time they are 65,000 branches.</param>
    /// <param name="rate">Events a second.</param>
    /// <param name="kills">Of each of the three.</param>
    public static async Task<IReadOnlyList<BudgetRow>> RunAsync(int hubs, int rate, TimeSpan time, int kills, int ceilingEvents)
    {
        await using var stage = new IngestStage();
        await stage.StartAsync(CancellationToken.None);
        int ids = 0;
        double bare = await BareInsert.MeasureAsync(stage.Connection, ceilingEvents, Writers);

        // As fast as it goes: every hub has a backlog, as after a night without a link.
        Run ceiling = new(hubs / 10, ceilingEvents / (hubs / 10), () => Interlocked.Increment(ref ids));
        var began = Stopwatch.StartNew();
        await ceiling.GoAsync(stage, double.MaxValue, TimeSpan.Zero, 0);
        double reached = ceiling.Created / began.Elapsed.TotalSeconds;

        int spread = Math.Max(5, (int)(rate * time.TotalSeconds / Branches) / 5 * 5);
        Run steady = new(hubs, spread, () => Interlocked.Increment(ref ids));
        began.Restart();
        await steady.GoAsync(stage, rate, time, kills);
        double steadily = steady.Created / time.TotalSeconds;

        long created = ceiling.Created + steady.Created;
        long acknowledged = ceiling.Acknowledged + steady.Acknowledged;
        long tickets = ceiling.Tickets + steady.Tickets;
        long stored = await stage.CountAsync("select count(*) from event");
        long issued = await stage.CountAsync("select sum(issued) from quarter");
        long gaps = await stage.CountAsync("select count(*) from journal j left join (select journal, count(*) n, max(seq) m from event group by 1) e on e.journal = j.id where j.seq <> coalesce(e.n, 0) or j.seq <> coalesce(e.m, 0)");
        long measured = await stage.CountAsync("select sum(issued + called + served) from quarter");
        long expected = await stage.CountAsync("select count(*) from event where type in ('ticketIssued', 'visitCalled', 'transactionFinished')");
        bool sound = created == acknowledged && created == stored && issued == tickets && gaps == 0 && measured == expected;
        return
        [
            new(
                string.Create(CultureInfo.InvariantCulture, $"cloud ingest with aggregates, PostgreSQL, as fast as it goes, {hubs / 10} hubs with a backlog of {BudgetRow.Count(ceiling.Created)} events"),
                $"{BudgetRow.Count(reached)}/s", $"bare insert … unnest {BudgetRow.Count(bare)}/s", BudgetRow.Times(reached / bare), "≥ 15,000/s and ≥ 0.6 ×", reached >= 15_000 && reached >= 0.6 * bare),
            new(
                string.Create(CultureInfo.InvariantCulture, $"the same at a steady rate for {time.TotalSeconds:0} s, {hubs} hubs at once, ingester, broker and PostgreSQL killed {kills} times each"),
                $"{BudgetRow.Count(steadily)}/s", $"p50 {BudgetRow.Milliseconds(steady.Median)} from sending to the answer", "", $"≥ {BudgetRow.Count(rate)}/s", steadily >= rate * 0.99),
            new(
                "… created = acknowledged = stored = in the aggregates, no gap",
                $"{BudgetRow.Count(created)} = {BudgetRow.Count(acknowledged)} = {BudgetRow.Count(stored)}; tickets {BudgetRow.Count(tickets)} = {BudgetRow.Count(issued)}",
                $"{BudgetRow.Count(await stage.CountAsync("select count(*) from branch"))} branches, {gaps} gaps, {BudgetRow.Count(measured)} of {BudgetRow.Count(expected)} counted", "", "equal", sound),
        ];
    }

    private sealed class Run(int hubs, int eventsOfABranch, Func<int> nextBranch)
    {
        private const int HubsOfAConnection = 100;

        private readonly SimulatedHub[] _hubs = [.. Enumerable.Range(0, hubs).Select(_ => new SimulatedHub(nextBranch))];

        public long Created => _hubs.Sum(h => h.Created);

        public long Acknowledged => _hubs.Sum(h => h.Acknowledged);

        public long Tickets => _hubs.Sum(h => h.Tickets);

        public double Median
        {
            get
            {
                var samples = new Samples();
                foreach (double latency in _hubs.SelectMany(h => h.Latencies))
                {
                    samples.Add(latency);
                }

                return samples.Median;
            }
        }

        /// <param name="rate">Events a second; the greatest number: all that each hub is to have are there at the beginning.</param>
        public async Task GoAsync(IngestStage stage, double rate, TimeSpan time, int kills)
        {
            LoadConnection[] connections = [.. _hubs.Chunk(HubsOfAConnection).Select(some => new LoadConnection(stage, some, rate * some.Length / _hubs.Length, eventsOfABranch))];
            if (rate == double.MaxValue)
            {
                connections = [.. _hubs.Chunk(HubsOfAConnection).Select(some => new LoadConnection(stage, some, 0, int.MaxValue) { Backlog = eventsOfABranch })];
            }

            foreach (LoadConnection connection in connections)
            {
                connection.Start();
            }

            StagedProcess[] victims = [stage.Cloud, stage.Broker, stage.Database];
            var watch = Stopwatch.StartNew();
            for (int kill = 0; kill < kills * victims.Length; kill++)
            {
                await Task.Delay((time - watch.Elapsed) / ((kills * victims.Length) - kill + 1));
                using Process? victim = victims[kill % victims.Length].Pid is > 0 and var pid ? Process.GetProcessById(pid) : null;
                victim?.Kill();
            }

            await Task.Delay(watch.Elapsed < time ? time - watch.Elapsed : TimeSpan.Zero);
            foreach (LoadConnection connection in connections)
            {
                connection.Making = false;
            }

            for (var waited = Stopwatch.StartNew(); connections.Any(c => c.Behind != 0); await Task.Delay(20))
            {
                if (waited.Elapsed > TimeSpan.FromMinutes(5))
                {
                    throw new BenchmarkException($"{connections.Sum(c => c.Behind)} events were never acknowledged.");
                }
            }

            foreach (LoadConnection connection in connections)
            {
                await connection.DisposeAsync();
            }
        }
    }
}
