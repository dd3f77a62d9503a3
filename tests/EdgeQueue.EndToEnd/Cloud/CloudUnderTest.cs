using System.Diagnostics;
using System.Globalization;
using System.Net;
using EdgeQueue.EndToEnd.Support;
using EdgeQueue.Tool.Stage;

namespace EdgeQueue.EndToEnd.Cloud;

/// <summary>
/// The real cloud process on a free port, over SQLite in a temporary folder or over PostgreSQL. It can be killed and started again, and
/// several replicas can stand over one database. On failure the test's output has its log.
/// </summary>
internal sealed class CloudUnderTest : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgequeue-cloud-");
    private readonly List<string> _log = [];
    private readonly IReadOnlyDictionary<string, string> _settings;
    private readonly IReadOnlyDictionary<string, string> _environment;
    private Process? _process;

    private CloudUnderTest(string? database, IReadOnlyDictionary<string, string>? settings, IReadOnlyDictionary<string, string>? environment)
    {
        _environment = environment ?? new Dictionary<string, string>();
        Database = database ?? "sqlite:" + Path.Combine(_folder.FullName, "cloud.db");
        Port = FreePorts.Take(1)[0];
        _settings = settings ?? new Dictionary<string, string>();
        Http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, AutomaticDecompression = DecompressionMethods.All })
        {
            BaseAddress = Url, Timeout = TimeSpan.FromSeconds(15),
        };
    }

    /// <summary>As in the settings.</summary>
    public string Database { get; }

    public int Port { get; }

    public Uri Url => new($"http://127.0.0.1:{Port.ToString(CultureInfo.InvariantCulture)}");

    /// <summary>A client without cookies and redirects.</summary>
    public HttpClient Http { get; }

    public string Folder => _folder.FullName;

    public int ProcessId => _process?.Id ?? throw new InvalidOperationException("the cloud is not running");

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

    /// <summary>The databases that a test of storage is told for: "sqlite" and "postgresql".</summary>
    public static TheoryData<string> Databases => ["sqlite", "postgresql"];

    /// <param name="kind">"sqlite", or "postgresql": an empty database in the server that tests share.</param>
    /// <param name="settings">More settings, with the names of the file, e.g. <c>sms:provider</c>; <c>listen</c>: further addresses.</param>
    /// <param name="environment">Variables that are no settings.</param>
    public static async Task<CloudUnderTest> StartAsync(
        string kind = "sqlite", IReadOnlyDictionary<string, string>? settings = null, IReadOnlyDictionary<string, string>? environment = null) =>
        await StartOverAsync(kind == "sqlite" ? null : await (await PostgresServer.SharedAsync()).NewDatabaseAsync(), settings, environment);

    /// <summary>Another replica over a database that is there already.</summary>
    /// <param name="database">As in the settings; null: SQLite in a folder of its own.</param>
    public static async Task<CloudUnderTest> StartOverAsync(
        string? database, IReadOnlyDictionary<string, string>? settings = null, IReadOnlyDictionary<string, string>? environment = null)
    {
        var cloud = new CloudUnderTest(database, settings, environment);
        try
        {
            await cloud.StartAgainAsync();
            return cloud;
        }
        catch
        {
            await cloud.DisposeAsync();
            throw;
        }
    }

    /// <summary>Starts it (again), on the same port and database, and returns when it is ready.</summary>
    public async Task StartAgainAsync()
    {
        _process = Launch("run");
        _process.OutputDataReceived += (_, line) => Note(line.Data);
        _process.ErrorDataReceived += (_, line) => Note(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
        for (var waited = Stopwatch.StartNew(); !await IsReadyAsync(); await Task.Delay(20))
        {
            Assert.True(!_process.HasExited && waited.Elapsed < Patience, $"the cloud did not come up:\n{Log}");
        }
    }

    /// <summary>Runs another command of the executable with these settings.</summary>
    public async Task<(int Code, string Output)> CommandAsync(params string[] words)
    {
        using Process process = Launch(words);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + errors);
    }

    /// <summary>kill -9.</summary>
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

    /// <summary>SIGTERM.</summary>
    /// <returns>Exit code.</returns>
    public async Task<int> StopAsync()
    {
        Process process = _process!;
        using (Process kill = Process.Start("kill", ["-TERM", process.Id.ToString(CultureInfo.InvariantCulture)]))
        {
            await kill.WaitForExitAsync();
        }

        await process.WaitForExitAsync().WaitAsync(Patience);
        int code = process.ExitCode;
        process.Dispose();
        _process = null;
        return code;
    }

    public Task<string> GetAsync(string path) => Http.GetStringAsync(path);

    /// <summary>A figure of /metrics, by the beginning of its line; 0 when it is not there yet.</summary>
    public async Task<double> MetricAsync(string line) => (await GetAsync("/metrics")).Split('\n')
        .FirstOrDefault(l => l.StartsWith(line + " ", StringComparison.Ordinal)) is { } found
            ? double.Parse(found.Split(' ')[^1], CultureInfo.InvariantCulture) : 0;

    public ValueTask DisposeAsync()
    {
        Kill();
        Http.Dispose();
        TestContext.Current.TestOutputHelper?.WriteLine($"The cloud's log ({Database}):\n{Log}");
        _folder.Delete(recursive: true);
        return ValueTask.CompletedTask;
    }

    private Process Launch(params string[] words)
    {
        var start = new ProcessStartInfo(Executables.Cloud, words)
        {
            RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = _folder.FullName,
        };
        start.Environment["EDGEQUEUE_CLOUD_DATABASE"] = Database;
        start.Environment["EDGEQUEUE_CLOUD_LISTEN"] = string.Join(';', [Url.ToString().TrimEnd('/'), .. _settings.Where(s => s.Key == "listen").Select(s => s.Value)]);
        start.Environment["EDGEQUEUE_CLOUD_PUBLICURL"] = Url.ToString().TrimEnd('/');
        foreach ((string name, string value) in _settings.Where(s => s.Key != "listen"))
        {
            start.Environment["EDGEQUEUE_CLOUD_" + name.Replace(":", "__", StringComparison.Ordinal)] = value;
        }

        foreach ((string name, string value) in _environment)
        {
            start.Environment[name] = value;
        }

        return Process.Start(start) ?? throw new InvalidOperationException("the cloud did not start");
    }

    private async Task<bool> IsReadyAsync()
    {
        try
        {
            using HttpResponseMessage answer = await Http.GetAsync("/readyz");
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
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
}
