using System.Diagnostics;
using System.Globalization;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Tool.Bookings;
using EdgeQueue.Tool.Commands;

namespace EdgeQueue.Tool.Stage;

/// <summary>
/// A whole branch on this machine: broker, hub and a node for each unit, as real processes that talk TLS with certificates
/// of their own, and the panel that plays their devices. <c>./run</c> and the end-to-end tests set the same stage.
/// </summary>
internal sealed class BranchStage(StageOptions options, TextWriter console) : IAsyncDisposable
{
    /// <summary>A quiet machine needs two seconds, one with ten times more to do than it can, a minute.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(3);

    /// <summary>After so long, and as often again, people are told what is waited for.</summary>
    private static readonly TimeSpan Told = TimeSpan.FromSeconds(20);

    private readonly List<StagedProcess> processes = [];
    private string CloudDatabase { get; set; } = "";

    public LoadedBranch Branch { get; private set; } = null!;

    public SimulatedDevices Devices { get; private set; } = null!;

    public string Folder { get; } = Path.GetFullPath(options.Folder);

    public string Journal => Path.Combine(Folder, "hub", "journal.db");

    public string Certificates => Path.Combine(Folder, "certificates");

    public int BrokerPort { get; private set; }

    public Uri HubUrl { get; private set; } = null!;

    public Uri? PanelUrl { get; private set; }

    /// <summary>Null: this branch has no cloud.</summary>
    public Uri? CloudUrl { get; private set; }

    /// <summary>Who looks at the cloud's pages; null: there is no cloud, or it is not ready yet.</summary>
    public StagedAccount? CloudAccount { get; private set; }

    public IReadOnlyList<StagedProcess> Processes => processes;

    /// <summary>By name: <c>broker</c>, <c>hub</c>, <c>panel</c>, or a unit's <c>node/unit</c>.</summary>
    public StagedProcess this[string name] => processes.Single(p => p.Name == name);

    /// <summary>Writes everything that the processes need; starts nothing.</summary>
    public void Prepare()
    {
        Branch = StagedConfiguration.Load(options.BranchFile);
        foreach (var folder in (string[])["", "hub", "broker", "nodes", "devices", "state", "logs"])
        {
            Directory.CreateDirectory(Path.Combine(Folder, folder), UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        }

        var ports = FreePorts.Take(5 + StagedConfiguration.Printers(Branch));
        BrokerPort = ports[0];
        HubUrl = Local(options.HubPort == 0 ? ports[1] : FreePorts.Claim(options.HubPort, "--port"));
        PanelUrl = options.Panel is null ? null : Local(options.PanelPort == 0 ? ports[2] : FreePorts.Claim(options.PanelPort, "--port"));
        CloudUrl = options.Cloud is null ? null : Local(options.CloudPort == 0 ? ports[4] : FreePorts.Claim(options.CloudPort, "--port"));
        Devices = new SimulatedDevices(Path.Combine(Folder, "devices"), ports[5..]).For(Branch);
        var branchFile = Path.Combine(Folder, "branch.json");
        StagedConfiguration.CopyForTheStage(options.BranchFile, branchFile, CloudUrl);

        IssueCertificates();
        StagedConfiguration.WriteNodes(Branch, Devices, Folder, Certificates, BrokerPort);
        new StageFile(1, BrokerPort).Write(Folder);
        var broker = new StagedBroker(options.BrokerConfig ?? Path.Combine(AppContext.BaseDirectory, "broker-config"),
            Path.Combine(Folder, "broker"));
        if (options.Panel is { } panel)
        {
            Add("panel", panel,
                ["--branch", branchFile, "--devices", Path.Combine(Folder, "devices"), "--url", PanelUrl!.ToString(),
                 "--hub", HubUrl.ToString(), "--printer-ports", string.Join(',', ports[5..])]);
        }

        string[] link = options.Cloud is { } cloud ? Cloud(cloud, ports[3]) : [];
        Add("broker", StagedBroker.Executable(), broker.Write(Branch.Configuration.Branch, BrokerPort, Certificates));
        Add("hub", options.Hub,
            ["run", "--branch", branchFile, "--journal", Journal, "--create", "--broker", $"127.0.0.1:{BrokerPort}",
             "--certificates", Certificates, "--http", HubUrl.Authority, .. Bookings(), .. link, .. options.HubArguments]);
        foreach (var (address, unit) in Branch.Units.Where(u => u.Unit.Console is null && (options.Starts?.Invoke(u.Address) ?? true)))
        {
            Add(address.ClientId, options.Node,
                [unit.Role, "--config", Path.Combine(Folder, "nodes", $"{address.Node}.{address.Unit}.json")],
                Devices.Environment);
        }
    }

    /// <summary>Starts everything and waits until the hub says that it is ready, and the panel answers.</summary>
    public async Task StartAsync(CancellationToken cancellation)
    {
        // The devices first, as in a branch: a node that starts without its printer rightly refuses tickets until it is seen.
        foreach (var process in processes.OrderBy(p => p.Name == "panel" ? 0 : 1))
        {
            process.Start();
            if (process.Name == "panel")
            {
                await AnswersAsync(PanelUrl!, cancellation);
            }
        }

        await ReadyAsync(cancellation);
    }

    /// <summary>Waits until the hub answers <c>/healthz</c> with 200 and the panel, if there is one, serves its page.</summary>
    /// <exception cref="StageException">They did not within three minutes each; the message names the logs.</exception>
    public async Task ReadyAsync(CancellationToken cancellation)
    {
        await AnswersAsync(new Uri(HubUrl, "healthz"), cancellation);
        if (PanelUrl is { } panel)
        {
            await AnswersAsync(panel, cancellation);
        }

        if (CloudUrl is { } cloud)
        {
            await AnswersAsync(new Uri(cloud, "readyz"), cancellation);
            CloudAccount = await StagedAccount.MakeAsync(options.Cloud!, CloudDatabase, cancellation);
        }
    }

    /// <summary>Waits until the hub misses no unit and each knows what it stands for: from then on every button and key is answered.</summary>
    /// <exception cref="StageException">Some unit did not connect within three minutes; the hub's page shows which.</exception>
    public Task CompleteAsync(CancellationToken cancellation) =>
        AnswersAsync(
            new Uri(HubUrl, "metrics"), cancellation,
            said => !said.Contains("\nedgequeue_missing_units 0", StringComparison.Ordinal) ? "not every unit has connected"
                : said.Contains(NodeStatusMessage.StateUnknown, StringComparison.Ordinal) ? "not every unit knows yet what it stands for"
                : null);

    /// <summary>Stops everything, nodes first, each by its process id.</summary>
    public async ValueTask DisposeAsync()
    {
        var hubAndBelow = processes.Where(p => p.Name is "hub" or "broker" or "panel" or "cloud" or "cloud-broker").ToList();
        await Task.WhenAll(processes.Except(hubAndBelow).Select(p => p.DisposeAsync().AsTask()));
        foreach (var process in hubAndBelow.AsEnumerable().Reverse())
        {
            await process.DisposeAsync();
        }
    }

    private static Uri Local(int port) => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{port}/"));

    private async Task AnswersAsync(Uri page, CancellationToken cancellation, Func<string, string?>? wanting = null)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        var last = "no answer yet";
        var told = Stopwatch.GetTimestamp();
        while (true)
        {
            if (Stopwatch.GetElapsedTime(told) > Told)
            {
                console.WriteLine($"Not ready yet ({last}); this machine is busy, or the logs say why: {Path.Combine(Folder, "logs")}");
                told = Stopwatch.GetTimestamp();
            }

            try
            {
                using var answer = await http.GetAsync(page, patience.Token);
                last = await answer.Content.ReadAsStringAsync(patience.Token);
                if (answer.IsSuccessStatusCode)
                {
                    if (wanting?.Invoke(last) is not { } missing)
                    {
                        return;
                    }

                    last = missing;
                }
            }
            catch (HttpRequestException e)
            {
                last = e.Message;
            }
            catch (OperationCanceledException) when (patience.IsCancellationRequested && !cancellation.IsCancellationRequested)
            {
                throw new StageException(string.Create(CultureInfo.InvariantCulture,
                    $"The branch was not ready within {Patience.TotalSeconds} s ({last}). The logs: {Path.Combine(Folder, "logs")}"));
            }
            catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
            {
                last = $"{page} does not answer";
            }

            await Task.Delay(100, patience.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private void IssueCertificates()
    {
        Directory.CreateDirectory(Certificates, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var authority = new CertificatesAuthority(Certificates);
        authority.EnsureAuthority(Branch.Configuration.Branch);
        authority.EnsureBroker([]);
        authority.EnsureClient(CertificatesAuthority.Hub);
        authority.EnsureClient(CertificatesAuthority.Watch);
        foreach (var node in Branch.Configuration.Nodes)
        {
            authority.EnsureClient(node.Name);
        }

        PhoneKeyFile.Ensure(Certificates);
    }

    /// <summary>A cloud of its own, with SQLite, for this one branch.</summary>
    /// <returns>What the hub is told of it.</returns>
    private string[] Cloud(string executable, int brokerPort)
    {
        string folder = Path.Combine(Folder, "cloud");
        string certificates = Path.Combine(folder, "certificates");
        Directory.CreateDirectory(certificates, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        var authority = new CertificatesAuthority(certificates);
        authority.EnsureAuthority(CloudCertificatesCommand.Owner);
        authority.EnsureBroker([]);
        authority.EnsureClient(CloudCertificatesCommand.Replicas);
        authority.EnsureClient(Branch.Configuration.Branch);
        var broker = new StagedBroker(options.BrokerConfig ?? Path.Combine(AppContext.BaseDirectory, "broker-config"), Path.Combine(folder, "broker"), "cloud");
        CloudDatabase = "sqlite:" + Path.Combine(folder, "cloud.db");
        Add("cloud-broker", StagedBroker.Executable(), broker.Write(Branch.Configuration.Branch, brokerPort, certificates));
        string address = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{brokerPort}");
        Add("cloud", executable, ["run"], new Dictionary<string, string>(StagedOutside.Settings(Branch, options.BranchFile, folder, Certificates))
        {
            ["EDGEQUEUE_CLOUD_LISTEN"] = CloudUrl!.ToString().TrimEnd('/'),
            ["EDGEQUEUE_CLOUD_PUBLICURL"] = CloudUrl!.ToString().TrimEnd('/'),
            ["EDGEQUEUE_CLOUD_DATABASE"] = CloudDatabase,
            ["EDGEQUEUE_CLOUD_INGEST__BROKERS"] = address,
            ["EDGEQUEUE_CLOUD_INGEST__CERTIFICATES"] = certificates,
        });
        return ["--cloud", address, "--cloud-certificates", certificates];
    }

    private string[] Bookings()
    {
        if (options.Bookings?.Invoke(Branch, PhoneKeyFile.Read(Certificates)) is not { Count: > 0 } bookings)
        {
            return [];
        }

        var file = Path.Combine(Folder, "hub", "bookings.json");
        File.WriteAllBytes(file, ContractJson.Write(new BookingsMessage(1, 1, null, bookings)));
        return ["--bookings", file];
    }

    private void Add(string name, string file, IReadOnlyList<string> arguments, IReadOnlyDictionary<string, string>? environment = null) =>
        processes.Add(new StagedProcess(
            name, file, arguments, Path.Combine(Folder, "logs", name.Replace('/', '.') + ".log"), console)
        {
            Environment = environment ?? new Dictionary<string, string>(),
        });
}
