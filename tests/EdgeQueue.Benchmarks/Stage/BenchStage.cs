using EdgeQueue.Core.Contracts;
using EdgeQueue.Tool.Stage;

namespace EdgeQueue.Benchmarks.Stage;

/// <summary>A stage in a folder of its own, with published programs; removed at the end.</summary>
internal sealed class BenchStage : IAsyncDisposable
{
    private BenchStage(string folder, BranchStage branch)
    {
        Folder = folder;
        Branch = branch;
    }

    public string Folder { get; }

    public BranchStage Branch { get; }

    /// <summary>Prepared, not started: the benchmark makes the device files first.</summary>
    public static BenchStage Prepare(string? branchFile, int counters, bool shortLabels, Func<UnitAddress, bool> starts)
    {
        // Beside the working tree's results, not in /tmp: that may be memory, where an fsync costs nothing.
        var folder = Path.Combine(Repository.Root, "artifacts", "bench", Path.GetRandomFileName());
        Directory.CreateDirectory(folder);
        if (branchFile is null)
        {
            branchFile = Path.Combine(folder, "bench-branch.json");
            BenchBranch.Write(branchFile, counters, shortLabels);
        }

        var branch = new BranchStage(
            new StageOptions(branchFile, Path.Combine(folder, "stage"), Repository.Hub, Repository.Node, BrokerConfig: Repository.BrokerConfig)
            {
                Starts = starts,
            },
            Console.Error);
        branch.Prepare();
        return new BenchStage(folder, branch);
    }

    public async ValueTask DisposeAsync()
    {
        await Branch.DisposeAsync();
        if (Environment.GetEnvironmentVariable("KEEP_STAGE") is null)
        {
            Directory.Delete(Folder, recursive: true);
        }
    }
}
