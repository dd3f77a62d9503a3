using EdgeQueue.Core.Forecast;
using EdgeQueue.Core.Queue;
using EdgeQueue.Tool.Simulation.Demand;

namespace EdgeQueue.Tool.Simulation.Scenarios;

/// <summary>The same days in every scenario, several at once.</summary>
internal static class ScenarioRun
{
    /// <returns>By scenario, by day.</returns>
    public static IReadOnlyList<DayFigures[]> Run(
        IReadOnlyList<Scenario> scenarios, BranchDemand demand, int days, ulong seed, Action<int>? progress, CancellationToken cancellation)
    {
        var services = scenarios[0].Rules.Services.Keys.ToList();
        var results = scenarios.Select(_ => new DayFigures[days]).ToList();
        var done = 0;
        Parallel.For(0, days, new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = Environment.ProcessorCount }, day =>
        {
            for (var i = 0; i < scenarios.Count; i++)
            {
                results[i][day] = new(Day(scenarios[i], demand, seed, day, null), scenarios[i].Rules, services);
            }

            progress?.Invoke(Interlocked.Increment(ref done));
        });
        return results;
    }

    /// <summary>One day on its own, beginning empty.</summary>
    /// <returns>Who came, then those who waited again.</returns>
    public static IReadOnlyList<Customer> Day(Scenario scenario, BranchDemand demand, ulong seed, int day, RollWatch? watch)
    {
        var (customers, bookings) = DayMaker.Make(scenario.Busier == 1 ? demand : Busier(demand, scenario.Busier), seed, day);
        var roll = new BranchRoll(
            Replay.StateOf(scenario.Rules, demand.OpensMinute), scenario.Staff, new RollOptions(demand.AbsentMs, demand.GapMs), watch) { PaceAt = demand.PaceAt };
        Replay.Hold(roll, bookings, version: 1, at: 0);
        roll.Open(0);
        roll.Run(customers, enough: () => roll.Ended == customers.Count + roll.Again.Count);
        roll.EndUnserved();
        return [.. customers, .. roll.Again];
    }

    private static BranchDemand Busier(BranchDemand demand, double factor) => demand with
    {
        WalkIns = [.. demand.WalkIns.Select(w => w with { PerPart = [.. w.PerPart.Select(p => p * factor)] })],
    };
}
