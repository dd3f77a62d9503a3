using System.Diagnostics;
using System.Globalization;
using EdgeQueue.EndToEnd.Support;
using EdgeQueue.Tool.Stage;

namespace EdgeQueue.EndToEnd.Hub;

/// <summary>The real hub, with a broker and a journal of its own in a temporary folder. It can be killed and started again.</summary>
internal sealed class HubUnderTest : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgequeue-hub-");
    private readonly List<string> _log = [];
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(5) };
    private Process? _process;

    private HubUnderTest(Broker broker)
    {
        Broker = broker;
        Journal = Path.Combine(_folder.FullName, "branch.journal");
        Configuration = Path.Combine(_folder.FullName, "branch.json");
        ClockFile = Path.Combine(_folder.FullName, "clock");
    }

    public Broker Broker { get; }

    public string Folder => _folder.FullName;

    public string Journal { get; set; }

    public string Configuration { get; }

    /// <summary>Milliseconds by which the hub's wall clock is shifted.</summary>
    public string ClockFile { get; }

    /// <summary>Its executable: this release's, unless a test says otherwise.</summary>
    public string Program { get; set; } = Executables.Hub;

    public int Port { get; private set; }

    public int ProcessId => _process?.Id ?? throw new InvalidOperationException("the hub is not running");

    /// <summary>The shell words before the hub's own, e.g. a limit on its files.</summary>
    public string Before { get; set; } = "";

    /// <summary>More options of <c>run</c>.</summary>
    public string Arguments { get; set; } = "";

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

    public static async Task<HubUnderTest> StartAsync(int counters = 2, string before = "", string arguments = "", Broker? broker = null)
    {
        var hub = new HubUnderTest(broker ?? await Broker.StartAsync()) { Before = before, Arguments = arguments };
        await File.WriteAllTextAsync(hub.Configuration, TestBranch.Json(counters));
        Assert.Equal(0, (await hub.CommandAsync("init", "--journal", hub.Journal, "--branch-name", Broker.Branch)).Code);
        await hub.StartAgainAsync();
        return hub;
    }

    /// <summary>Starts the hub (again) and returns when it is connected.</summary>
    public async Task StartAgainAsync()
    {
        _ = Broker.Tls("hub");
        Port = FreePorts.Take(1)[0];
        string words = string.Create(
            CultureInfo.InvariantCulture,
            $"{Before} exec '{Program}' run --branch '{Configuration}' --journal '{Journal}' --broker {Broker.Host}:{Broker.Port} --certificates '{Broker.Certificates}' --http 127.0.0.1:{Port} --clock-file '{ClockFile}' {Arguments}");
        int from = LogLength();
        Process process = Process.Start(new ProcessStartInfo("/bin/sh", ["-c", words])
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        process.OutputDataReceived += (_, line) => Note(line.Data);
        process.ErrorDataReceived += (_, line) => Note(line.Data);
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        _process = process;
        await LoggedAsync("connected to the broker", from);
    }

    /// <summary>Waits until the log has a line with this text, from a place on.</summary>
    public async Task LoggedAsync(string text, int from = 0)
    {
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < Patience && _process is { HasExited: false }; await Task.Delay(10))
        {
            lock (_log)
            {
                if (_log.Skip(from).Any(line => line.Contains(text, StringComparison.Ordinal)))
                {
                    return;
                }
            }
        }

        throw new TimeoutException($"the hub did not say '{text}' within {Patience}:\n{Log}");
    }

    public int LogLength()
    {
        lock (_log)
        {
            return _log.Count;
        }
    }

    /// <summary>SIGSTOP for a while, then SIGCONT: it hangs, and what comes meanwhile lies at its door.</summary>
    public async Task<T> HangAsync<T>(TimeSpan time, Func<Task<T>> meanwhile)
    {
        await SignalAsync("STOP");
        string stat = $"/proc/{ProcessId.ToString(CultureInfo.InvariantCulture)}/stat";
        while (!(await File.ReadAllTextAsync(stat)).Contains(") T ", StringComparison.Ordinal))
        {
            await Task.Delay(1);
        }
        Task<T> begun = meanwhile();
        await Task.Delay(time);
        await SignalAsync("CONT");
        return await begun;
    }

    private async Task SignalAsync(string name)
    {
        using Process kill = Process.Start("kill", [$"-{name}", ProcessId.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    public void Kill()
    {
        _process!.Kill();
        _process.WaitForExit();
        _process.Dispose();
        _process = null;
    }

    /// <summary>SIGTERM.</summary>
    /// <returns>Exit code.</returns>
    public async Task<int> StopAsync()
    {
        Process process = _process!;
        await SignalAsync("TERM");
        await process.WaitForExitAsync().WaitAsync(Patience);
        int code = process.ExitCode;
        process.Dispose();
        _process = null;
        return code;
    }

    public Task<string> GetAsync(string path) => _http.GetStringAsync(new Uri($"http://127.0.0.1:{Port}{path}"));

    /// <summary>Waits until /metrics has this line's beginning with at least that value.</summary>
    public async Task<double> MetricAsync(string line, double atLeast = 0)
    {
        double value = double.NaN;
        for (var waited = Stopwatch.StartNew(); waited.Elapsed < Patience; await Task.Delay(50))
        {
            string? found = (await GetAsync("/metrics")).Split('\n').FirstOrDefault(l => l.StartsWith(line + " ", StringComparison.Ordinal));
            if (found is not null && (value = double.Parse(found.Split(' ')[^1], CultureInfo.InvariantCulture)) >= atLeast)
            {
                return value;
            }
        }

        throw new TimeoutException($"{line} is {value}, not {atLeast}");
    }

    /// <summary>Runs another command of the hub's executable.</summary>
    public async Task<(int Code, string Output)> CommandAsync(params string[] words)
    {
        using Process process = Process.Start(new ProcessStartInfo(Program, words)
        {
            RedirectStandardOutput = true, RedirectStandardError = true,
        })!;
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        string errors = await process.StandardError.ReadToEndAsync();
        await process.WaitForExitAsync();
        return (process.ExitCode, await output + errors);
    }

    /// <summary>All events of the journal, as JSON lines.</summary>
    public async Task<string[]> ExportAsync()
    {
        (int code, string output) = await CommandAsync("journal", "export", Journal);
        Assert.True(code == 0, output);
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }

    public async Task AssertSoundAsync()
    {
        (int code, string output) = await CommandAsync("journal", "verify", Journal);
        Assert.True(code == 0, output);
    }

    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
        {
            Kill();
        }

        _http.Dispose();
        TestContext.Current.TestOutputHelper?.WriteLine("The hub's log:\n" + Log);
        await Broker.DisposeAsync();
        _folder.Delete(recursive: true);
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
