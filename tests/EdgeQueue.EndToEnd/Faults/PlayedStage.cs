using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using EdgeQueue.Core.Contracts;
using EdgeQueue.EndToEnd.Support;
using EdgeQueue.Tool.Stage;

namespace EdgeQueue.EndToEnd.Faults;

/// <summary>
/// A whole branch as <c>./run</c> starts it, in a temporary folder, with somebody who presses its keys, reads its displays,
/// collects its papers and hears its loudspeakers. Processes end by their ids; the tails of their logs are the test's output.
/// </summary>
internal sealed class PlayedStage : IAsyncDisposable
{
    public const string Dispenser = "dispenser-1/tickets";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly DirectoryInfo _folder;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<string, string> _displays = new();
    private readonly ConcurrentQueue<(string Unit, byte[] Wav)> _sounds = new();
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(5) };
    private PanelClient? _panel;
    private BranchWatch? _watch;
    private Task _looking = Task.CompletedTask;

    private PlayedStage(DirectoryInfo folder, BranchStage stage)
    {
        _folder = folder;
        Stage = stage;
    }

    public BranchStage Stage { get; }

    public BranchWatch Watch => _watch!;

    public PaperTray Papers { get; } = new();

    public HubJournal Journal => new(Stage.Journal);

    /// <summary>What each display shows, by unit.</summary>
    public IReadOnlyDictionary<string, string> Displays => _displays;

    /// <summary>Pieces of sound of each loudspeaker, as they came.</summary>
    public IReadOnlyCollection<(string Unit, byte[] Wav)> Sounds => _sounds;

    public static CancellationToken Now => TestContext.Current.CancellationToken;

    /// <param name="branch">The configuration; null: the example.</param>
    /// <param name="hubArguments">Further arguments for the hub, made from the stage's folder.</param>
    /// <param name="hub">The hub's executable, made in the stage's folder; null: the product's own.</param>
    /// <param name="prepared">Between writing everything and starting the first process.</param>
    public static async Task<PlayedStage> StartAsync(
        JsonNode? branch = null, Func<string, string[]>? hubArguments = null, Func<string, string>? hub = null,
        Action<BranchStage>? prepared = null)
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("edgequeue-stage-");
        string file = Path.Combine(folder.FullName, "branch.json");
        await File.WriteAllTextAsync(file, (branch ?? BranchFiles.Example()).ToJsonString(), Now);
        var stage = new BranchStage(
            new StageOptions(file, folder.FullName, hub?.Invoke(folder.FullName) ?? Executables.Hub, Executables.Node, Executables.Panel)
            {
                HubArguments = hubArguments?.Invoke(folder.FullName) ?? [],
            },
            TextWriter.Null);
        var played = new PlayedStage(folder, stage);
        try
        {
            stage.Prepare();
            prepared?.Invoke(stage);
            // A busy machine starts fifteen processes slowly: the stage's own patience may be too short for it.
            await Patiently(() => stage.StartAsync(Now), () => stage.ReadyAsync(Now));
            played._panel = new PanelClient(stage.PanelUrl!);
            JsonNode all = await played._panel.OpenAsync(Now);
            foreach (JsonNode? counter in all["counters"]!.AsArray())
            {
                if ((string?)counter!["display"] is { } display && counter["view"] is { } view)
                {
                    played._displays[display] = (string?)view["text"] ?? "";
                }
            }

            played._looking = Task.Run(played.LookAsync);
            played._watch = new BranchWatch(stage.Branch.Topics, stage.BrokerPort, stage.Certificates);
            await played.UntilAsync("nothing is missing", () => played.Watch.Branch is { } whole && whole.IsComplete());
            return played;
        }
        catch
        {
            await played.DisposeAsync();
            throw;
        }
    }

    public Task PressAsync(string unit, string key) => _panel!.PressAsync(unit, key, Now);

    /// <summary>Types the PIN and opens the counter of this keypad, until the counter is seen to be open.</summary>
    public async Task OpenAsync(string keypad, string counter, string pin)
    {
        for (int attempt = 0; attempt < 5; attempt++)
        {
            foreach (char digit in pin)
            {
                await PressAsync(keypad, $"KEY_KP{digit}");
            }

            await PressAsync(keypad, "KEY_KPDOT");
            if (await SoonAsync(() => Watch.Counters.TryGetValue(counter, out var c) && c.Operator is not null, TimeSpan.FromSeconds(10)))
            {
                return;
            }
        }

        Assert.Fail($"counter {counter} did not open");
    }

    /// <summary>kill -9 of a process of the stage; the stage starts it again after a second, as systemd would.</summary>
    /// <returns>False: it was not running just now.</returns>
    public bool Kill(string name) => Stage[name].Pid is var pid and > 0 && Signals.Send(pid, Signals.Kill);

    /// <summary>
    /// Presses a button of the dispenser until a paper comes out, one paper after another. A press that a starved machine
    /// reads later than 3 s is counted by the dispenser and not served; then, as people do, it is pressed again.
    /// </summary>
    public async Task TakeAsync(int tickets, params string[] keys)
    {
        for (int i = 0; i < tickets; i++)
        {
            int before = Papers.Count;
            for (int attempt = 0; Papers.Count == before; attempt++)
            {
                Assert.True(attempt < 5, $"no paper {before + 1} after {attempt} presses");
                await PressAsync(Dispenser, keys[before % keys.Length]);
                await SoonAsync(() => Papers.Count > before, TimeSpan.FromSeconds(30));
            }

            // Two presses of one button within half a second are one.
            await Task.Delay(600, Now);
        }
    }

    /// <summary>Presses an operator's key until it has had its effect; a refused or late press is pressed again.</summary>
    public async Task OperateAsync(string keypad, string key, string effect, Func<bool> seen)
    {
        for (int attempt = 0; !seen(); attempt++)
        {
            Assert.True(attempt < 5, $"not seen after {attempt} presses of {key} at {keypad}: {effect}");
            await PressAsync(keypad, key);
            await SoonAsync(seen, TimeSpan.FromSeconds(20));
        }
    }

    /// <summary>Lines of a process's log with this text.</summary>
    public int Logged(string name, string text) =>
        File.ReadLines(Path.Combine(_folder.FullName, "logs", name.Replace('/', '.') + ".log")).Count(line => line.Contains(text, StringComparison.Ordinal));

    public async Task<string> MetricsAsync() => await _http.GetStringAsync(new Uri(Stage.HubUrl, "metrics"), Now);

    /// <summary>The sum of a metric over its labels that contain <paramref name="labels"/>.</summary>
    public async Task<long> MetricAsync(string name, string labels = "") => (await MetricsAsync()).Split('\n')
        .Where(line => line.StartsWith(name, StringComparison.Ordinal) && line.Contains(labels, StringComparison.Ordinal))
        .Sum(line => long.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));

    public async Task UntilAsync(string what, Func<bool> holds, TimeSpan? patience = null) =>
        Assert.True(await SoonAsync(holds, patience ?? Patience), $"not seen within {patience ?? Patience}: {what}");

    public async Task UntilAsync(string what, Func<Task<bool>> holds, TimeSpan? patience = null)
    {
        for (var waited = Stopwatch.StartNew(); !await holds(); await Task.Delay(200, Now))
        {
            Assert.True(waited.Elapsed < (patience ?? Patience), $"not seen within {patience ?? Patience}: {what}");
        }
    }

    public static async Task<bool> SoonAsync(Func<bool> holds, TimeSpan patience)
    {
        for (var waited = Stopwatch.StartNew(); !holds(); await Task.Delay(50, Now))
        {
            if (waited.Elapsed > patience)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Everything is connected, and the journal and the printers have had nothing to do for some seconds.</summary>
    public async Task SettleAsync()
    {
        await UntilAsync("nothing is missing", () => Watch.Branch is { } whole && whole.IsComplete());
        long seq = -1;
        int papers = -1;
        for (var quiet = Stopwatch.StartNew(); quiet.Elapsed < TimeSpan.FromSeconds(4); await Task.Delay(250, Now))
        {
            (long nowSeq, int nowPapers) = (Journal.LastSeq(), Papers.Count);
            if (nowSeq != seq || nowPapers != papers || !Papers.AllRead)
            {
                (seq, papers) = (nowSeq, nowPapers);
                quiet.Restart();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _looking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (_watch is not null)
        {
            await _watch.DisposeAsync();
        }

        if (_panel is not null)
        {
            await _panel.DisposeAsync();
        }

        await Stage.DisposeAsync();
        await Papers.DisposeAsync();
        _http.Dispose();
        _stop.Dispose();
        // The test's result is not known yet here; what is written is shown when it fails.
        foreach (StagedProcess process in Stage.Processes)
        {
            string log = Path.Combine(_folder.FullName, "logs", process.Name.Replace('/', '.') + ".log");
            if (File.Exists(log) && TestContext.Current.TestOutputHelper is { } output)
            {
                output.WriteLine($"--- {process.Name}, started again {process.Restarts} times, the end of its log");
                output.WriteLine(string.Join('\n', File.ReadLines(log).TakeLast(15)));
            }
        }

        if (Environment.GetEnvironmentVariable("EDGEQUEUE_KEEP_STAGES") is null)
        {
            _folder.Delete(recursive: true);
        }
    }

    private static async Task Patiently(Func<Task> first, Func<Task> again)
    {
        try
        {
            await first();
        }
        catch (StageException)
        {
            await again();
        }
    }

    private async Task LookAsync()
    {
        await foreach ((string name, JsonNode data) in _panel!.AllAsync(_stop.Token))
        {
            switch (name)
            {
                case "display":
                    _displays[(string)data["unit"]!] = (string?)data["view"]!["text"] ?? "";
                    break;
                case "ticket":
                    Papers.Put(await _panel.FetchAsync((string)data["url"]!, _stop.Token));
                    break;
                // The dispenser speaks to the person in front of it; that is no call.
                case "sound" when !((string)data["unit"]!).StartsWith("dispenser", StringComparison.Ordinal):
                    _sounds.Enqueue(((string)data["unit"]!, await _panel.FetchAsync((string)data["url"]!, _stop.Token)));
                    break;
            }
        }
    }
}
