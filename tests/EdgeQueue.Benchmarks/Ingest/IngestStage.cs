using System.Diagnostics;
using System.Globalization;
using EdgeQueue.Benchmarks.Stage;
using EdgeQueue.Mqtt;
using EdgeQueue.Tool.Commands;
using EdgeQueue.Tool.Stage;
using Npgsql;

namespace EdgeQueue.Benchmarks.Ingest;

/// <summary>
/// A cloud as it would stand: mosquitto with <c>cloud.conf</c>, PostgreSQL with fsync, the cloud's process; each is started again after a
/// second when it is killed, as systemd does. The broker's access list has one user more, who speaks for all branches.
/// </summary>
internal sealed class IngestStage : IAsyncDisposable
{
    private const string Programs = "/usr/lib/postgresql/15/bin";
    private const string LoadUser = "load";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgequeue-ingest-");
    private readonly int[] _ports = FreePorts.Take(3);
    private readonly CertificatesAuthority _authority;
    private readonly List<StagedProcess> _processes = [];

    public IngestStage() => _authority = new CertificatesAuthority(Path.Combine(_folder.FullName, "certificates"));

    public StagedProcess Broker => _processes[0];

    public StagedProcess Database => _processes[1];

    public StagedProcess Cloud => _processes[2];

    /// <summary>Of the cloud's pages.</summary>
    public Uri Url => new(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_ports[2]}"));

    public string Connection => string.Create(
        CultureInfo.InvariantCulture, $"Host=127.0.0.1;Port={_ports[1]};Username=edgequeue;Database=postgres;Timeout=5;Command Timeout=120");

    public async Task StartAsync(CancellationToken cancellation)
    {
        string logs = _folder.CreateSubdirectory("logs").FullName;
        string certificates = _folder.CreateSubdirectory("certificates").FullName;
        _authority.EnsureAuthority(CloudCertificatesCommand.Owner);
        _authority.EnsureBroker([]);
        _authority.EnsureClient(CloudCertificatesCommand.Replicas);
        _authority.EnsureClient(LoadUser);
        IReadOnlyList<string> broker = new StagedBroker(Repository.BrokerConfig, Path.Combine(_folder.FullName, "broker"), "cloud").Write("", _ports[0], certificates);
        await File.AppendAllTextAsync(
            Path.Combine(_folder.FullName, "broker", "cloud.acl"), $"\nuser {LoadUser}\ntopic write edgequeue/v1/+/events\ntopic read edgequeue/v1/+/ack\n", cancellation);
        _processes.Add(new("broker", StagedBroker.Executable(), broker, Path.Combine(logs, "broker.log"), TextWriter.Null));

        string data = Path.Combine(_folder.CreateSubdirectory("postgres").FullName, "data");
        if (Environment.IsPrivilegedProcess)
        {
            // PostgreSQL refuses to run as root, and its user must reach the folder.
            File.SetUnixFileMode(_folder.FullName, File.GetUnixFileMode(_folder.FullName) | UnixFileMode.OtherExecute | UnixFileMode.GroupExecute);
            await RunAsync("chown", "postgres", Path.GetDirectoryName(data)!);
        }

        await RunAsync([.. AsOwner($"{Programs}/initdb", "-D", data, "-U", "edgequeue", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync")]);
        string[] postgres =
        [
            .. AsOwner(
                $"{Programs}/postgres", "-D", data, "-p", _ports[1].ToString(CultureInfo.InvariantCulture), "-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories=",
                "-c", "max_wal_size=4GB", "-c", "shared_buffers=256MB", "-c", "wal_compression=on"),
        ];
        _processes.Add(new("postgres", postgres[0], postgres[1..], Path.Combine(logs, "postgres.log"), TextWriter.Null));
        _processes.Add(new("cloud", Path.Combine(Repository.Root, "cloud/EdgeQueue.Cloud/bin/Release/net10.0/edgequeue-cloud"), ["run"], Path.Combine(logs, "cloud.log"), TextWriter.Null)
        {
            Environment = new Dictionary<string, string>
            {
                ["EDGEQUEUE_CLOUD_LISTEN"] = string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_ports[2]}"),
                ["EDGEQUEUE_CLOUD_DATABASE"] = "postgresql:" + Connection,
                ["EDGEQUEUE_CLOUD_INGEST__BROKERS"] = string.Create(CultureInfo.InvariantCulture, $"127.0.0.1:{_ports[0]}"),
                ["EDGEQUEUE_CLOUD_INGEST__CERTIFICATES"] = certificates,
            },
        });
        foreach (StagedProcess process in _processes)
        {
            process.Start();
        }

        using var http = new HttpClient();
        for (var waited = Stopwatch.StartNew(); !await ReadyAsync(http, cancellation); await Task.Delay(100, cancellation))
        {
            if (waited.Elapsed > TimeSpan.FromSeconds(60))
            {
                throw new BenchmarkException($"The cloud did not come up; its logs: {logs}");
            }
        }
    }

    /// <summary>How a connection that carries many hubs connects.</summary>
    public MqttOptions Options(IReadOnlyList<string> subscriptions) => new()
    {
        Host = "127.0.0.1", Port = _ports[0], ClientId = $"load/{Guid.NewGuid():N}", Subscriptions = subscriptions,
        Tls = new MqttTls(_authority.CertificatePath("authority"), _authority.CertificatePath(LoadUser), _authority.KeyPath(LoadUser)),
        FirstRetry = TimeSpan.FromMilliseconds(100), LongestRetry = TimeSpan.FromSeconds(1), InboundCapacity = 60_000, OutboundCapacity = 60_000,
    };

    public async Task<long> CountAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(Connection + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        return Convert.ToInt64(await command.ExecuteScalarAsync(), CultureInfo.InvariantCulture);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (StagedProcess process in _processes.AsEnumerable().Reverse())
        {
            await process.DisposeAsync();
        }

        _folder.Delete(recursive: true);
    }

    private async Task<bool> ReadyAsync(HttpClient http, CancellationToken cancellation)
    {
        try
        {
            using HttpResponseMessage answer = await http.GetAsync(string.Create(CultureInfo.InvariantCulture, $"http://127.0.0.1:{_ports[2]}/readyz"), cancellation);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static IEnumerable<string> AsOwner(params string[] words) => Environment.IsPrivilegedProcess
        ? ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", .. words] : words;

    private static async Task RunAsync(params string[] words)
    {
        using Process process = Process.Start(new ProcessStartInfo(words[0], words[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        if (process.ExitCode != 0)
        {
            throw new BenchmarkException($"{string.Join(' ', words)}\n{await output}{errors}");
        }
    }
}
