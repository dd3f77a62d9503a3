using System.Globalization;
using EdgeQueue.Core.Contracts.Updates;
using EdgeQueue.EndToEnd.Hub;
using EdgeQueue.EndToEnd.Support;
using EdgeQueue.Tool.Stage;

namespace EdgeQueue.EndToEnd.Updates;

/// <summary>A real broker and hub, the real desk for updates, and machines; the test plays the units of a third counter.</summary>
internal sealed class UpdatableBranch : IAsyncDisposable
{
    private readonly DirectoryInfo _folder;

    private UpdatableBranch(DirectoryInfo folder, HubUnderTest hub, params string[] deskWords)
    {
        (_folder, Hub) = (folder, hub);
        Port = FreePorts.Take(1)[0];
        _ = hub.Broker.Tls("updates");
        Desk = new StartedProgram(
            "the desk for updates", Executables.Hub,
            ["updates", "run", "--folder", Folder, "--branch", hub.Configuration, "--certificates", hub.Broker.Certificates,
            "--broker", string.Create(CultureInfo.InvariantCulture, $"{hub.Broker.Host}:{hub.Broker.Port}"), "--serve", string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{Port}"),
            "--quiet-hours", "00:00-00:00", "--tool", Executables.Tool, .. deskWords]);
        First = UpdatableMachine.Start(hub.Broker, _folder.FullName, "desk-1", "c1");
        Second = UpdatableMachine.Start(hub.Broker, _folder.FullName, "desk-2", "c2");
    }

    public HubUnderTest Hub { get; }

    public StartedProgram Desk { get; }

    public UpdatableMachine First { get; }

    public UpdatableMachine Second { get; }

    /// <summary>Where bundles are served.</summary>
    public int Port { get; }

    public string Folder => Path.Combine(_folder.FullName, "updates");

    /// <param name="cloud">Where the hub's cloud is: words of <c>edgequeue-hub run</c>; null: it has none.</param>
    /// <param name="images">Certificate of the authority of the server that has the images.</param>
    public static async Task<UpdatableBranch> StartAsync(string? cloud = null, string? images = null)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("edgequeue-updates-");
        string updates = Directory.CreateDirectory(Path.Combine(folder.FullName, "updates")).FullName;
        var branch = new UpdatableBranch(
            folder, await HubUnderTest.StartAsync(3, arguments: cloud is null ? "" : $"{cloud} --updates '{updates}'"), images is null ? [] : ["--fetch-authority", images]);
        branch.Desk.Start();
        return branch;
    }

    /// <summary>A technician lays a bundle at the hub, for all keypads.</summary>
    public async Task<(int Code, string Output)> OfferAsync(string version, int bytes, string says = "good")
    {
        string file = Path.Combine(_folder.FullName, $"{version}.raucb");
        byte[] bundle = new byte[bytes];
        new Random(bytes).NextBytes(bundle);
        System.Text.Encoding.ASCII.GetBytes($"{says} {version}\n").CopyTo(bundle, 0);
        await File.WriteAllBytesAsync(file, bundle, TestContext.Current.CancellationToken);
        return await Hub.CommandAsync("updates", "offer", "--folder", Folder, "--bundle", file, "--compatible", UpdatableMachine.Kind, "--image-version", version);
    }

    public Task<(int Code, string Output)> StatusAsync() => Hub.CommandAsync("updates", "status", "--folder", Folder);

    /// <summary>What the desk tells of the roll-out.</summary>
    public UpdateReport? Report()
    {
        string file = Path.Combine(Folder, "report.json");
        return File.Exists(file) && UpdateJson.TryRead(File.ReadAllBytes(file), out UpdateReport? report, out _) ? report : null;
    }

    public async ValueTask DisposeAsync()
    {
        Desk.Dispose();
        await First.DisposeAsync();
        await Second.DisposeAsync();
        await Hub.DisposeAsync();
        _folder.Delete(recursive: true);
    }
}
