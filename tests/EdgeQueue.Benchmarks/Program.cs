using EdgeQueue.Benchmarks.Core;
using EdgeQueue.Benchmarks.Latency;
using EdgeQueue.Benchmarks.Stage;
using EdgeQueue.Benchmarks.Table;
using EdgeQueue.Tool.Stage;

// One name, one benchmark; each prints its rows beside its limit and ends with 0 when the budget was kept.
var quick = args.Contains("--quick");
var path = args.Contains("--path");
string[] names = [.. args.Where(a => !a.StartsWith("--", StringComparison.Ordinal))];
try
{
    return names switch
    {
        ["core"] => CallNextBenchmark.Run(),
        ["latency"] => await ShowAsync(LatencyBenchmark.RunAsync(quick ? 100 : 2000, counters: 1, path)),
        ["latency100"] => await ShowAsync(LatencyBenchmark.RunAsync(quick ? 100 : 2000, counters: 101, path)),
        _ => Usage(),
    };
}
catch (Exception wrong) when (wrong is BenchmarkException or StageException)
{
    Console.Error.WriteLine(wrong.Message);
    return 1;
}

static async Task<int> ShowAsync(Task<IReadOnlyList<BudgetRow>> measuring)
{
    Console.WriteLine(Machine.Describe());
    var rows = await measuring;
    Console.WriteLine(BudgetRow.Header);
    foreach (var row in rows)
    {
        Console.WriteLine(row);
    }

    return rows.All(r => r.Kept is not false) ? 0 : 1;
}

static int Usage()
{
    Console.Error.WriteLine("usage: EdgeQueue.Benchmarks core | latency | latency100 | throughput | replay | memory | all [--quick] [--path]");
    return 2;
}
