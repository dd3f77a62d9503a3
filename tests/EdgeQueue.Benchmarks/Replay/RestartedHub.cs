using System.Diagnostics;
using System.Globalization;
using EdgeQueue.Benchmarks.Stage;
using EdgeQueue.Tool.Stage;

namespace EdgeQueue.Benchmarks.Replay;

/// <summary>The stage's hub and broker, started as processes of their own so that the hub can be started several times.</summary>
internal sealed class RestartedHub(BranchStage stage) : IAsyncDisposable
{
    private readonly StagedProcess broker = new(
        "broker", StagedBroker.Executable(), ["-c", Path.Combine(stage.Folder, "broker", "branch.conf")],
        Path.Combine(stage.Folder, "logs", "restart-broker.log"), Console.Error);

    private readonly StagedProcess hub = new(
        "hub", Repository.Hub,
        ["run", "--branch", Path.Combine(stage.Folder, "branch.json"), "--journal", stage.Journal,
         "--broker", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{stage.BrokerPort}"),
         "--certificates", stage.Certificates, "--http", stage.HubUrl.Authority],
        Path.Combine(stage.Folder, "logs", "restart-hub.log"), Console.Error);

    /// <summary>Milliseconds until the hub is well; it is looked at every tenth of a second.</summary>
    public async Task<double> StartAsync()
    {
        broker.Start();
        await Task.Delay(500);
        var began = Stopwatch.GetTimestamp();
        hub.Start();
        await stage.ReadyAsync(CancellationToken.None);
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    public int HubPid => hub.Pid;

    public async ValueTask DisposeAsync()
    {
        await hub.DisposeAsync();
        await broker.DisposeAsync();
    }
}
