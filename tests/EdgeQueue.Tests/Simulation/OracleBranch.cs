using System.Text;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Forecast;
using EdgeQueue.Core.Queue;
using EdgeQueue.Tool.Simulation;
using EdgeQueue.Tool.Simulation.Demand;
using EdgeQueue.Tool.Simulation.Scenarios;

namespace EdgeQueue.Tests.Simulation;

/// <summary>The branch of the oracles, as an EdgeQueue configuration.</summary>
internal static class OracleBranch
{
    /// <param name="change">Of the file's text, for a branch that differs.</param>
    public static LoadedBranch Load(Func<string, string>? change = null)
    {
        var text = File.ReadAllText(OracleFiles.Path("branch.json"));
        Assert.True(
            BranchConfigurationLoader.TryLoad(Encoding.UTF8.GetBytes(change?.Invoke(text) ?? text), _ => true, out var branch, out var faults),
            string.Join('\n', faults));
        return branch!;
    }

    /// <summary>Who comes there on an N520 day.</summary>
    public static BranchDemand Demand(LoadedBranch branch)
    {
        var (demand, faults) = DemandReader.Read(File.ReadAllText(OracleFiles.Path("branch.demand.json")), "branch.demand.json", branch);
        Assert.Empty(faults);
        return demand!;
    }

    public static DaysInARow DaysInARow(CallingRuleKind rule, ulong seed, RollWatch? watch)
    {
        var branch = Load();
        var demand = Demand(branch);
        var scenario = Scenario.AsConfigured(branch, demand);
        return new(scenario with { Rules = RuleNames.With(scenario.Rules, rule) }, demand, seed, watch);
    }
}
