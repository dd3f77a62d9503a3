using EdgeQueue.Benchmarks.Core;
using EdgeQueue.Benchmarks.Footprint;
using EdgeQueue.Benchmarks.Forecast;
using EdgeQueue.Benchmarks.Ingest;
using EdgeQueue.Benchmarks.Latency;
using EdgeQueue.Benchmarks.Network;
using EdgeQueue.Benchmarks.Replay;
using EdgeQueue.Benchmarks.Stage;
using EdgeQueue.Benchmarks.Table;
using EdgeQueue.Benchmarks.Throughput;
using EdgeQueue.Tool.Stage;

// One name, one benchmark; each prints its rows beside its limit and ends with 0 when the budget was kept.
var quick = args.Contains("--quick");
var path = args.Contains("--path");
string[] names = [.. args.Where(a => !a.StartsWith("--", StringComparison.Ordinal))];
var all = new Dictionary<string, Func<Task<IReadOnlyList<BudgetRow>>>>(StringComparer.Ordinal)
{
    ["core"] = () => CallNextBenchmark.RunAsync(quick, every: names is ["core"]),
    ["latency"] = () => LatencyBenchmark.RunAsync(quick ? 100 : 2000, counters: 1, path),
    ["latency100"] = () => LatencyBenchmark.RunAsync(quick ? 50 : 2000, counters: 101, path),
    ["throughput"] = () => ThroughputBenchmark.RunAsync(quick ? 20 : 100, TimeSpan.FromSeconds(quick ? 5 : 30)),
    ["replay"] = () => ReplayBenchmark.RunAsync(quick ? 50_000 : 1_000_000),
    ["year"] = () => YearBenchmark.RunAsync(quick ? 5000 : 130_000),
    ["forecast"] = () => ForecastBenchmark.RunAsync(quick ? 200 : 2000),
    ["ingest"] = () => IngestBenchmark.RunAsync(quick ? 200 : 2000, quick ? 1000 : 5000, TimeSpan.FromSeconds(quick ? 15 : 120), quick ? 1 : 3, quick ? 40_000 : 600_000, quick ? 1 : 3),
    ["steady"] = () => IngestBenchmark.RunAsync(quick ? 200 : 2000, quick ? 1000 : 5000, TimeSpan.FromSeconds(quick ? 15 : 120), kills: 0, ceilingEvents: 0, rounds: 0),
    ["ceiling"] = () => IngestBenchmark.CeilingAsync(quick ? 200_000 : 600_000, quick ? 2 : 3),
    ["network"] = () => NetworkBenchmark.RunAsync(TimeSpan.FromSeconds(quick ? 5 : 30)),
    ["memory"] = () => FootprintBenchmark.RunAsync(quick ? 200 : 2000),
};
try
{
    return names switch
    {
        // "ingest" has both, and the kills.
        ["all"] => await MeasureAsync([.. all.Where(b => b.Key is not ("ceiling" or "steady")).Select(b => b.Value)], record: true),
        [var name] when all.TryGetValue(name, out var one) => await MeasureAsync([one], record: false),
        _ => Usage(),
    };
}
catch (Exception wrong) when (wrong is BenchmarkException or StageException)
{
    Console.Error.WriteLine(wrong.Message);
    return 1;
}

async Task<int> MeasureAsync(IReadOnlyList<Func<Task<IReadOnlyList<BudgetRow>>>> benchmarks, bool record)
{
    var machine = Machine.Describe();
    Console.WriteLine(machine);
    Console.WriteLine(BudgetRow.Header);
    var rows = new List<BudgetRow>();
    foreach (var benchmark in benchmarks)
    {
        foreach (var row in await benchmark())
        {
            rows.Add(row);
            Console.WriteLine(row);
        }
    }

    if (record)
    {
        ResultsFile.Write(Repository.Results, machine, quick, rows);
    }

    return rows.All(r => r.Kept is not false) ? 0 : 1;
}

static int Usage()
{
    Console.Error.WriteLine(
        """
        usage: EdgeQueue.Benchmarks core | latency | latency100 | throughput | replay | year | forecast | ingest | ceiling | network | memory | all [--quick] [--path]

        all      everything, and writes RESULTS.md
        core     with each size from 100 to 100,000 waiting; writes docs/pictures/callnext.svg
        --quick  small counts, to see that a benchmark works; its figures say nothing
        --path   with latency: also where a press spends its time
        """);
    return 2;
}
