using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.EndToEnd.Support;
using EdgeQueue.Tool.Stage;

namespace EdgeQueue.EndToEnd.Faults;

/// <summary>
/// One hub and one broker for very many counters: desks are clients of this process, with certificates of their own; the
/// last few are keypad executables that read FIFOs. A stage would start a process for each.
/// </summary>
internal sealed class ManyDesks : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgequeue-desks-");
    private readonly List<StagedProcess> _keypads = [];
    private readonly StagedProcess _hub;

    private ManyDesks(Broker broker, int desks, int keypads)
    {
        Broker = broker;
        string file = Path.Combine(_folder.FullName, "branch.json");
        File.WriteAllText(file, BranchFiles.ManyCounters(desks + keypads).ToJsonString());
        Branch = StagedConfiguration.Load(file);
        broker.Tls("hub");
        broker.Tls("watch");
        foreach (string folder in (string[])["nodes", "devices", "state", "logs"])
        {
            _folder.CreateSubdirectory(folder);
        }

        Devices = new SimulatedDevices(Path.Combine(_folder.FullName, "devices"), FreePorts.Take(1)).For(Branch);
        StagedConfiguration.WriteNodes(Branch, Devices, _folder.FullName, broker.Certificates, broker.Port);
        HubUrl = new Uri(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{FreePorts.Take(1)[0]}/"));
        _hub = Process("hub", Executables.Hub,
            ["run", "--branch", file, "--journal", JournalFile, "--create", "--broker", $"localhost:{broker.Port}",
             "--certificates", broker.Certificates, "--http", HubUrl.Authority]);
        for (int i = desks + 1; i <= desks + keypads; i++)
        {
            broker.Tls($"desk-{i}");
            _keypads.Add(Process($"desk-{i}", Executables.Node, ["keypad", "--config", Path.Combine(_folder.FullName, "nodes", $"desk-{i}.keypad.json")]));
        }

        Watch = new BranchWatch(Branch.Topics, broker.Port, broker.Certificates);
    }

    public Broker Broker { get; }

    public LoadedBranch Branch { get; }

    public SimulatedDevices Devices { get; }

    public Uri HubUrl { get; }

    public BranchWatch Watch { get; }

    public HubJournal Journal => new(JournalFile);

    private string JournalFile => Path.Combine(_folder.FullName, "journal.db");

    public static async Task<ManyDesks> StartAsync(int desks, int keypads)
    {
        Broker broker = await Broker.StartAsync("many", c => c + "\nlog_type error\nlog_type warning\n");
        var all = new ManyDesks(broker, desks, keypads);
        all._hub.Start();
        await all.UntilAsync("the hub is there", () => all.Watch.Branch is { Online: true });
        all._keypads.ForEach(k => k.Start());
        await all.UntilAsync("the keypads are there", () => all.Watch.Nodes.Count(n => n.Value.Online) == keypads);
        return all;
    }

    /// <summary>kill -9; it is started again after a second, and this returns when it speaks again.</summary>
    public async Task RestartHubAsync()
    {
        int before = _hub.Restarts;
        Assert.True(Signals.Send(_hub.Pid, Signals.Kill));
        await UntilAsync("the hub is started again", () => _hub.Restarts > before && _hub.Pid != 0);
        long beat = Watch.Branch!.Beat;
        await UntilAsync("the hub beats again", () => Watch.Branch is { Online: true } b && b.Beat != beat && b.Beat < 20);
    }

    public async Task UntilAsync(string what, Func<bool> holds) =>
        Assert.True(await PlayedStage.SoonAsync(holds, TimeSpan.FromMinutes(2)), $"not seen within two minutes: {what}");

    public async ValueTask DisposeAsync()
    {
        await Task.WhenAll(_keypads.Select(k => k.DisposeAsync().AsTask()));
        await Watch.DisposeAsync();
        await _hub.DisposeAsync();
        await Broker.DisposeAsync();
        foreach (string log in Directory.GetFiles(Path.Combine(_folder.FullName, "logs")))
        {
            TestContext.Current.TestOutputHelper?.WriteLine($"--- {Path.GetFileName(log)}\n{string.Join('\n', File.ReadLines(log).TakeLast(10))}");
        }

        _folder.Delete(recursive: true);
    }

    private StagedProcess Process(string name, string file, string[] arguments) =>
        new(name, file, arguments, Path.Combine(_folder.FullName, "logs", name + ".log"), TextWriter.Null);
}
