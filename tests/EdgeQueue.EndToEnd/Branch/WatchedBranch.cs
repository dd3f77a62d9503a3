using System.Diagnostics;
using System.Text.Json.Nodes;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.EndToEnd.Drawing;
using EdgeQueue.EndToEnd.Faults;
using EdgeQueue.EndToEnd.Support;
using EdgeQueue.Hardware.Printers;
using EdgeQueue.Tool.Stage;

namespace EdgeQueue.EndToEnd.Branch;

/// <summary>
/// The example's branch as <c>./run</c> starts it, and somebody who presses its keys and remembers, with the time, everything
/// that lights, prints and sounds. A class of tests shares one; the tails of the logs are printed at its end.
/// </summary>
public class WatchedBranch : IAsyncLifetime
{
    /// <summary>Refusals that say nothing but that the machine was slow.</summary>
    private static readonly string[] TooLate = ["refused here: busy", "refused here: pressTooOld", "refused here: tooSlow", "not sent", "withdrawn"];

    public const string Dispenser = "dispenser-1/tickets";

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("edgequeue-branch-");
    private readonly List<Happening> happenings = [];
    private readonly Stopwatch watch = Stopwatch.StartNew();
    private readonly CancellationTokenSource stop = new();
    private readonly HttpClient http = new();
    private Task looking = Task.CompletedTask;
    private PanelClient panel = null!;
    private long lastTicket;

    internal BranchStage Stage { get; private set; } = null!;

    internal BranchWatch Ear { get; private set; } = null!;

    /// <summary>Milliseconds, as in <see cref="Happening.At"/>.</summary>
    internal long Now => watch.ElapsedMilliseconds;

    internal HubJournal Journal => new(Stage.Journal);

    private static CancellationToken Patience => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        var file = Path.Combine(folder.FullName, "example.json");
        var example = JsonNode.Parse(await File.ReadAllTextAsync(Path.Combine(Executables.Root(), "examples", "branch", "branch.json"), Patience))!;
        example.AsObject().Remove("$schema");
        Change(example);
        await File.WriteAllTextAsync(file, example.ToJsonString(), Patience);
        Stage = new BranchStage(
            new StageOptions(file, folder.FullName, Executables.Hub, Executables.Node, Executables.Panel) { Bookings = Bookings },
            TextWriter.Null);
        Stage.Prepare();
        Prepared(Stage);
        try
        {
            await Stage.StartAsync(Patience);
        }
        catch (StageException)
        {
            // A busy machine starts sixteen processes slowly.
            await Stage.ReadyAsync(Patience);
        }

        panel = new PanelClient(Stage.PanelUrl!);
        var first = await panel.OpenAsync(Patience);
        foreach (var counter in first["counters"]!.AsArray().Where(c => c!["view"] is not null))
        {
            var shown = new JsonObject { ["unit"] = (string?)counter!["display"], ["view"] = counter["view"]!.DeepClone() };
            happenings.Add(new Happening(0, "display", (string)counter["display"]!, shown));
        }

        looking = Task.Run(LookAsync, CancellationToken.None);
        Ear = new BranchWatch(Stage.Branch.Topics, Stage.BrokerPort, Stage.Certificates);
        await Eventually.Is(() => Ear.Branch is { } whole && whole.IsComplete(), "every unit is connected", 120);
    }

    public virtual async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await stop.CancelAsync();
        await looking.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        // What a start that failed half-way has begun must end, too.
        await (Ear?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (panel?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (Stage?.DisposeAsync() ?? ValueTask.CompletedTask);
        http.Dispose();
        stop.Dispose();
        if (Environment.GetEnvironmentVariable("EDGEQUEUE_KEEP_STAGES") is null)
        {
            folder.Delete(recursive: true);
        }
    }

    /// <summary>How much has happened so far: what comes later has this number or a higher one.</summary>
    internal int Mark()
    {
        lock (happenings)
        {
            return happenings.Count;
        }
    }

    internal List<Happening> Since(int mark, string name, string unit)
    {
        lock (happenings)
        {
            return [.. happenings.Skip(mark).Where(h => h.Name == name && h.Unit == unit)];
        }
    }

    /// <summary>The first of its kind after the mark that is meant.</summary>
    internal async Task<Happening> SeenAsync(int mark, string name, string unit, Func<JsonNode, bool> meant, string what, double seconds = 60)
    {
        Happening? found = null;
        try
        {
            await Eventually.Is(() => (found = Since(mark, name, unit).FirstOrDefault(h => meant(h.Data))) is not null, what, seconds);
        }
        catch (Xunit.Sdk.XunitException)
        {
            var seen = Since(0, name, unit).TakeLast(5).Select(h => h.Data.ToJsonString());
            Assert.Fail($"not seen within {seconds} s: {what}\n{string.Join('\n', seen)}\n{LogOf(unit)}");
        }

        return found!;
    }

    internal async Task PressAsync(string unit, params string[] keys)
    {
        foreach (var key in keys)
        {
            await panel.PressAsync(unit, key, Patience);
        }
    }

    /// <summary>Keys of the dispenser's number pad.</summary>
    internal async Task TypeAsync(string digits, params string[] keys)
    {
        foreach (var key in digits.Select(d => $"KEY_KP{d}").Concat(keys))
        {
            await panel.PressAsync(Dispenser, key, Patience, pad: true);
        }
    }

    internal Task ScanAsync(string text) => panel.ScanAsync(Dispenser, text, Patience);

    internal Task<byte[]> FetchAsync(string url) => panel.FetchAsync(url, Patience);

    /// <summary>What the printer's sensors say from now on.</summary>
    internal async Task SetPrinterAsync(params string[] faults)
    {
        var body = new JsonObject { ["unit"] = Dispenser, ["faults"] = new JsonArray([.. faults.Select(f => (JsonNode)f)]) };
        using var content = new StringContent(body.ToJsonString(), System.Text.Encoding.UTF8, "application/json");
        using var answer = await http.PostAsync(new Uri(Stage.PanelUrl!, "printer"), content, Patience);
        Assert.True(answer.IsSuccessStatusCode, await answer.Content.ReadAsStringAsync(Patience));
    }

    /// <summary>Presses a button of the dispenser and takes the paper.</summary>
    /// <returns>The picture, and what its QR code says after the branch's name: the label.</returns>
    internal async Task<(string Label, MonochromeBitmap Picture)> TakeTicketAsync(string key)
    {
        // One finger that comes twice within half a second is one press; the dispenser has seen the one before when its paper is here.
        await Task.Delay(TimeSpan.FromMilliseconds(Math.Max(0, lastTicket + 700 - watch.ElapsedMilliseconds)), Patience);
        var mark = Mark();
        await PressAsync(Dispenser, key);
        var paper = await SeenAsync(mark, "ticket", Dispenser, _ => true, $"a ticket after {key}");
        lastTicket = watch.ElapsedMilliseconds;
        var picture = MonochromePng.Decode(await FetchAsync((string)paper.Data["url"]!));
        var code = QrCode.Read(picture);
        Assert.StartsWith("edgequeue:demo/", code, StringComparison.Ordinal);
        var label = code["edgequeue:demo/".Length..];
        // On a machine where the hub answers late, the dispenser takes a number of its own, which joins a little later.
        await Eventually.Is(() => Replies(Dispenser).Any(r => r.Ticket?.Label == label), $"the hub knows {label}", 60);
        return (label, picture);
    }

    /// <summary>Presses keys that end in an order to the hub, and waits until the keypad has shown the hub's answer.</summary>
    /// <remarks>
    /// On a machine that is too busy to answer within three seconds a press is refused, aloud and for certain; then it is
    /// pressed again, as an operator would.
    /// </remarks>
    internal async Task<ReplyMessage> OrderAsync(string unit, params string[] keys)
    {
        for (var attempt = 0; attempt < 6; attempt++)
        {
            var (replies, answers) = (Replies(unit).Count, Answers(unit).Count);
            await PressAsync(unit, keys);
            await Eventually.Is(() => Answers(unit).Count > answers, $"the keypad {unit} shows an answer to {string.Join(' ', keys)}", 120);
            if (Answers(unit)[answers].StartsWith("<6>1300", StringComparison.Ordinal)
                || !TooLate.Any(code => Answers(unit)[answers].Contains(code, StringComparison.Ordinal)))
            {
                Assert.False(
                    Answers(unit)[answers].StartsWith("<6>1302", StringComparison.Ordinal),
                    $"{unit} refused {string.Join(' ', keys)} without asking the hub:\n{LogOf(unit)}");
                await Eventually.Is(() => Replies(unit).Count > replies, $"the reply to {string.Join(' ', keys)} of {unit}", 60);
                return Replies(unit)[replies];
            }
        }

        throw new InvalidOperationException($"{unit} was never answered in time:\n{LogOf(unit)}");
    }

    /// <summary>Lines of the keypad's log: accepted (1300), refused by the hub (1301), refused here (1302).</summary>
    internal List<string> Answers(string unit) => [.. Lines(unit).Where(l => l.StartsWith("<6>130", StringComparison.Ordinal)
        && l[6] is '0' or '1' or '2')];

    internal List<ReplyMessage> Replies(string unit) =>
        [.. Ear.Replies.Where(r => r.Unit.ClientId == unit).Select(r => r.Reply)];

    internal string LogOf(string unit) => string.Join('\n', Lines(unit).TakeLast(12));

    private List<string> Lines(string unit)
    {
        var log = Path.Combine(folder.FullName, "logs", unit.Replace('/', '.') + ".log");
        if (!File.Exists(log))
        {
            return [];
        }

        using var reader = new StreamReader(new FileStream(log, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        return [.. reader.ReadToEnd().Split('\n')];
    }

    /// <summary>Names of the branch's files that hold this text: journal, stores, logs; by a program of its own, because some are locked.</summary>
    internal async Task<string> FilesWithAsync(string text)
    {
        using var search = Process.Start(new ProcessStartInfo("grep", ["-rlaF", "--devices=skip", text, Stage.Folder]) { RedirectStandardOutput = true })!;
        var found = await search.StandardOutput.ReadToEndAsync(Patience);
        await search.WaitForExitAsync(Patience);
        Assert.InRange(search.ExitCode, 0, 1);
        return found;
    }

    /// <summary>What a test needs to be different from the example.</summary>
    protected virtual void Change(JsonNode example)
    {
    }

    /// <summary>What the hub holds from the start; null: nothing.</summary>
    private protected virtual Func<LoadedBranch, byte[], IReadOnlyList<Booking>>? Bookings => null;

    /// <summary>Between writing everything and starting the first process.</summary>
    private protected virtual void Prepared(BranchStage stage)
    {
    }

    private async Task LookAsync()
    {
        await foreach (var (name, data) in panel.AllAsync(stop.Token))
        {
            lock (happenings)
            {
                happenings.Add(new Happening(watch.ElapsedMilliseconds, name, (string?)data["unit"] ?? "", data));
            }
        }
    }
}

/// <summary>Something that could be seen or heard at the panel.</summary>
/// <param name="At">Milliseconds.</param>
/// <param name="Name"><c>display</c>, <c>lamp</c>, <c>ticket</c>, <c>sound</c> or <c>printer</c>.</param>
internal sealed record Happening(long At, string Name, string Unit, JsonNode Data);
