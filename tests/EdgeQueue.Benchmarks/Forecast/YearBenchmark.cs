using System.Diagnostics;
using System.Globalization;
using EdgeQueue.Benchmarks.Stage;
using EdgeQueue.Benchmarks.Table;
using EdgeQueue.Tool.Simulation.Scenarios;

namespace EdgeQueue.Benchmarks.Forecast;

/// <summary>A year of one branch through the decider, day after day in one state: how long, and whether memory grows.</summary>
internal static class YearBenchmark
{
    private const int CustomersWanted = 130_000;
    private const double SecondsBudget = 10;
    private const double GrowthBudget = 256 * 1024;

    public static Task<IReadOnlyList<BudgetRow>> RunAsync(int customers = CustomersWanted)
    {
        var (_, demand, scenario) = OracleHall.Load();
        var branch = new DaysInARow(scenario, demand, seed: 3, null);
        var (came, days, early, took) = (0, 0, 0L, TimeSpan.Zero);
        while (came < customers)
        {
            var began = Stopwatch.GetTimestamp();
            came += branch.RunDay().Count;
            took += Stopwatch.GetElapsedTime(began);
            if (++days == 20)
            {
                early = GC.GetTotalMemory(forceFullCollection: true);
            }
        }

        var growth = GC.GetTotalMemory(forceFullCollection: true) - early;
        GC.KeepAlive(branch);
        return Task.FromResult<IReadOnlyList<BudgetRow>>(
        [
            new(
                string.Create(CultureInfo.InvariantCulture, $"a simulated year of one branch: {BudgetRow.Count(came)} customers on {days} days"),
                string.Create(CultureInfo.InvariantCulture, $"{took.TotalSeconds:0.00} s"), "–", "–", "≤ 10 s", took.TotalSeconds <= SecondsBudget),
            new(
                "memory after the year, beside after its first month",
                string.Create(CultureInfo.InvariantCulture, $"{growth / 1024.0:+0;-0;0} KiB"),
                string.Create(CultureInfo.InvariantCulture, $"{early / 1024.0:0} KiB"), "–", "no growth", days <= 20 ? null : growth <= GrowthBudget),
        ]);
    }
}
