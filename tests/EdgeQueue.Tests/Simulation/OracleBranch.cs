using EdgeQueue.Core.Contracts.Configuration;

namespace EdgeQueue.Tests.Simulation;

/// <summary>The branch of the oracles, as an EdgeQueue configuration.</summary>
internal static class OracleBranch
{
    public static LoadedBranch Load()
    {
        Assert.True(
            BranchConfigurationLoader.TryLoad(File.ReadAllBytes(OracleFiles.Path("branch.json")), _ => true, out var branch, out var faults),
            string.Join('\n', faults));
        return branch!;
    }
}
