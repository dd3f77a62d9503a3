using EdgeQueue.Benchmarks.Stage;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Tool.Simulation.Demand;
using EdgeQueue.Tool.Simulation.Scenarios;

namespace EdgeQueue.Benchmarks.Forecast;

/// <summary>The simulated branch of the oracles, from the working tree.</summary>
internal static class OracleHall
{
    public static (LoadedBranch Branch, BranchDemand Demand, Scenario Scenario) Load()
    {
        var folder = Path.Combine(Repository.Root, "tests", "Oracles");
        if (!BranchConfigurationLoader.TryLoad(File.ReadAllBytes(Path.Combine(folder, "branch.json")), _ => true, out var branch, out var faults))
        {
            throw new BenchmarkException(string.Join('\n', faults));
        }

        var (demand, wrong) = DemandReader.Read(File.ReadAllText(Path.Combine(folder, "branch.demand.json")), "branch.demand.json", branch);
        return demand is null ? throw new BenchmarkException(string.Join('\n', wrong)) : (branch, demand, Scenario.AsConfigured(branch, demand));
    }
}
