using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using EdgeQueue.Mqtt;
using EdgeQueue.Tool.Commands;
using EdgeQueue.Tool.Stage;

namespace EdgeQueue.EndToEnd.Support;

/// <summary>
/// A real mosquitto with <c>broker-config/</c> and certificates of its own, in a temporary folder, on a free port.
/// It can be killed and started again on the same port. Its log is in <see cref="Log"/>, and is printed when a test
/// has failed. Nothing of it is left after <see cref="DisposeAsync"/>.
/// </summary>
public sealed class Broker : IAsyncDisposable
{
    public const string Branch = "test";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgequeue-broker-");
    private readonly CertificatesAuthority _authority;
    private readonly List<string> _log = [];
    private readonly string _kind;
    private Process? _process;

    private Broker(int port, string kind = "branch")
    {
        Port = port;
        _kind = kind;
        Certificates = _folder.CreateSubdirectory("certificates").FullName;
        _authority = new CertificatesAuthority(Certificates);
    }

    public string Host => "localhost";

    public int Port { get; }

    /// <summary>The folder that <c>edgequeue certificates</c> would have filled.</summary>
    public string Certificates { get; }

    /// <summary>Where the broker writes its process id; the registrar tells it by that to read its revocation list.</summary>
    public string PidFile => Path.Combine(_folder.FullName, "broker.pid");

    public int ProcessId => _process?.Id ?? throw new InvalidOperationException("the broker is not running");

    public string Log
    {
        get
        {
            lock (_log)
            {
                return string.Join('\n', _log);
            }
        }
    }

    /// <param name="branch">The branch of the access list.</param>
    /// <param name="configure">Changes the text of branch.conf, for a test that needs another setting.</param>
    /// <param name="until">End of the broker's own certificate.</param>
    public static async Task<Broker> StartAsync(string branch = Branch, Func<string, string>? configure = null, DateTimeOffset? until = null)
    {
        var broker = new Broker(FreePorts.Take(1)[0]);
        broker._authority.EnsureAuthority(branch);
        broker._authority.EnsureBroker([], until);
        broker.Configure(branch, configure);
        await broker.StartAgainAsync();
        return broker;
    }

    /// <summary>One of the cloud's brokers, with <c>cloud.conf</c> and <c>cloud.acl</c>, and certificates of the cloud's own.</summary>
    public static async Task<Broker> StartCloudAsync(params string[] branches)
    {
        var broker = new Broker(FreePorts.Take(1)[0], "cloud");
        broker._authority.EnsureAuthority(CloudCertificatesCommand.Owner);
        broker._authority.EnsureBroker([]);
        foreach (string name in branches.Prepend(CloudCertificatesCommand.Replicas))
        {
            broker._authority.EnsureClient(name);
        }

        broker.Configure("", null);
        await broker.StartAgainAsync();
        return broker;
    }

    /// <summary>Certificate, key and authority for <paramref name="name"/> (a node, <c>hub</c> or <c>watch</c>), made when new.</summary>
    public MqttTls Tls(string name, DateTimeOffset? until = null)
    {
        lock (_authority)
        {
            _ = name == CertificatesAuthority.Updates ? _authority.EnsureUpdates(until) : _authority.EnsureClient(name, until);
        }

        return new(_authority.CertificatePath("authority"), _authority.CertificatePath(name), _authority.KeyPath(name));
    }

    /// <summary>Options to connect as <paramref name="name"/>; retries are quick, so that tests are.</summary>
    public MqttOptions Options(string name, params string[] subscriptions) => new()
    {
        Host = Host,
        Port = Port,
        ClientId = $"{name}/{Guid.NewGuid():N}",
        Tls = Tls(name),
        Subscriptions = subscriptions,
        FirstRetry = TimeSpan.FromMilliseconds(50),
        LongestRetry = TimeSpan.FromMilliseconds(400),
    };

    /// <summary>Starts it (again), on the same port, and returns when it listens.</summary>
    public async Task StartAgainAsync()
    {
        var start = new ProcessStartInfo("mosquitto", ["-c", Path.Combine(_folder.FullName, _kind + ".conf")])
        {
            RedirectStandardError = true,
            RedirectStandardOutput = true,
        };
        Process process = Process.Start(start) ?? throw new InvalidOperationException("mosquitto did not start");
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.BeginErrorReadLine();
        process.BeginOutputReadLine();
        _process = process;
        for (var waited = Stopwatch.StartNew(); !await ListensAsync();)
        {
            if (process.HasExited || waited.Elapsed > TimeSpan.FromSeconds(10))
            {
                process.WaitForExit(200);
                throw new InvalidOperationException($"mosquitto did not come up on port {Port}:\n{Log}");
            }

            await Task.Delay(5);
        }
    }

    /// <summary>kill -9: what a power cut does to it.</summary>
    public void Kill()
    {
        if (_process is { } process)
        {
            process.Kill();
            process.WaitForExit();
            process.Dispose();
            _process = null;
        }
    }

    /// <summary>SIGSTOP: the port is open and nobody answers, as when a machine hangs.</summary>
    public void Freeze() => Signal(19);

    /// <summary>SIGCONT.</summary>
    public void Thaw() => Signal(18);

    /// <summary>SIGHUP: mosquitto reads its access list again.</summary>
    public void Reload() => Signal(1);

    public ValueTask DisposeAsync()
    {
        Kill();
        // The test's result is not known yet here; what is written is shown when it fails.
        TestContext.Current.TestOutputHelper?.WriteLine("The broker's log:\n" + Log);

        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private void Configure(string branch, Func<string, string>? change)
    {
        string templates = Path.Combine(AppContext.BaseDirectory, "broker-config");
        string configuration = File.ReadAllText(Path.Combine(templates, _kind + ".conf"))
            .Replace("@PORT@", Port.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal)
            .Replace("@CONFIG@", _folder.FullName, StringComparison.Ordinal)
            .Replace("@STATE@", _folder.FullName, StringComparison.Ordinal)
            .Replace("@CERTIFICATES@", Certificates, StringComparison.Ordinal);
        // Started as root, mosquitto changes to the user mosquitto, who may not read a folder of ours.
        configuration += $"\nuser {Environment.UserName}\npid_file {PidFile}\n";
        File.WriteAllText(Path.Combine(_folder.FullName, StagedBroker.ThrownOut), StagedBroker.NobodyThrownOut);
        File.WriteAllText(Path.Combine(_folder.FullName, _kind + ".conf"), change?.Invoke(configuration) ?? configuration);
        File.WriteAllText(
            Path.Combine(_folder.FullName, _kind + ".acl"),
            File.ReadAllText(Path.Combine(templates, _kind + ".acl")).Replace("@BRANCH@", branch, StringComparison.Ordinal));
    }

    private async Task<bool> ListensAsync()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            await socket.ConnectAsync(IPAddress.Loopback, Port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private void Note(string? line)
    {
        if (line is not null)
        {
            lock (_log)
            {
                _log.Add(line);
            }
        }
    }

    private void Signal(int number)
    {
        if (Kill(ProcessId, number) != 0)
        {
            throw new InvalidOperationException($"kill({ProcessId}, {number}) failed");
        }
    }

    [DllImport("libc", EntryPoint = "kill")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Kill(int process, int signal);
}
