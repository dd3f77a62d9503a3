using System.Diagnostics;
using System.Globalization;
using System.Net;
using EdgeQueue.Benchmarks.Stage;
using EdgeQueue.Benchmarks.Table;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Queue;
using EdgeQueue.Hardware.Input;
using EdgeQueue.Hardware.Simulation;

namespace EdgeQueue.Benchmarks.Footprint;

/// <summary>
/// The branch of examples/branch with 2,000 visits in its day, one ticket printed, one call shown and spoken: what the
/// published processes take of memory and disk, and how long each role needs from its start until the branch hears it.
/// </summary>
internal static class FootprintBenchmark
{
    private const int StartRounds = 5;
    private static readonly UnitAddress Dispenser = new("dispenser-1", "tickets");
    private static readonly UnitAddress Keypad = new("counter-1", "keypad");

    public static async Task<IReadOnlyList<BudgetRow>> RunAsync(int visits)
    {
        var example = Path.Combine(Repository.Root, "examples", "branch", "branch.json");
        await using var stage = BenchStage.Prepare(example, 0, shortLabels: false, _ => true);
        var empty = new EmptyProgram(Path.Combine(stage.Folder, "empty"));
        await empty.PublishAsync();
        var limit = await empty.MeasureAsync();

        using var buttons = new FakeKeys(stage.Branch.Devices.Input(Dispenser));
        using var keypad = new FakeKeys(stage.Branch.Devices.Input(Keypad));
        using var stop = new CancellationTokenSource();
        var printed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var printer = new ReceiptPrinterServer(
            new IPEndPoint(IPAddress.Loopback, stage.Branch.Devices.PrinterPort(Dispenser)), 576, _ => printed.TrySetResult());
        printer.Start();
        var printing = printer.RunAsync(stop.Token);
        await stage.Branch.StartAsync(CancellationToken.None);
        await using var watch = new StatusWatch(stage.Branch);
        await watch.StartAsync();

        await FillAsync(stage, visits);
        buttons.Press(KeyCode.Digit1);
        await printed.Task.WaitAsync(TimeSpan.FromSeconds(20));
        foreach (var key in (KeyCode[])[KeyCode.Keypad1, KeyCode.Keypad1, KeyCode.Keypad1, KeyCode.Keypad1, KeyCode.KeypadDot])
        {
            keypad.Press(key);
        }

        await Task.Delay(2000);
        keypad.Press(KeyCode.KeypadEnter);
        // Spoken in four languages, with the chime.
        await Task.Delay(TimeSpan.FromSeconds(15));

        List<BudgetRow> rows = [Memory($"hub: resident memory with {BudgetRow.Count(visits)} visits in the day", stage.Branch["hub"].Pid, limit.Megabytes, 80)];
        foreach (var (address, unit) in stage.Branch.Branch.Units.DistinctBy(u => u.Unit.Role))
        {
            var renders = unit.Dispenser is not null || unit.Audio is not null;
            var after = unit.Dispenser is not null ? " after a ticket" : unit.Audio is not null ? " after a call" : "";
            rows.Add(Memory($"{unit.Role}: resident memory{after}", stage.Branch[address.ClientId].Pid, limit.Megabytes, renders ? 48 : 32));
        }

        foreach (var (address, unit) in stage.Branch.Branch.Units.DistinctBy(u => u.Unit.Role))
        {
            var start = await StartAsync(stage, watch, address);
            rows.Add(new BudgetRow($"{unit.Role}: start until the branch hears it", BudgetRow.Milliseconds(start),
                $"empty program to its first line {BudgetRow.Milliseconds(limit.Start)}", BudgetRow.Times(start / limit.Start), "≤ 0.3 s", start <= 300));
        }

        rows.Add(Size("node: binary", Repository.Node, empty.File, 25));
        rows.Add(Size("hub: binary", Repository.Hub, empty.File, null));
        await stop.CancelAsync();
        await printing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return rows;
    }

    private static async Task FillAsync(BenchStage stage, int visits)
    {
        await using var caller = new HubCaller(stage.Branch, Dispenser.Node, Dispenser.Unit);
        await caller.ConnectAsync();
        var services = stage.Branch.Branch.Configuration.Services;
        foreach (var some in Enumerable.Range(0, visits).Chunk(50))
        {
            await Task.WhenAll(some.Select(n => caller.MustAsync(
                Dispenser.Unit, press => new IssueTicket(press, services[n % services.Count].Id, null, null, null, default))));
        }
    }

    /// <summary>Milliseconds, the median: a unit is stopped for good and started by hand, several times.</summary>
    private static async Task<double> StartAsync(BenchStage stage, StatusWatch watch, UnitAddress unit)
    {
        await stage.Branch[unit.ClientId].DisposeAsync();
        var samples = new Samples();
        for (var round = 0; round < StartRounds; round++)
        {
            var start = new ProcessStartInfo(Repository.Node,
                [Role(stage.Branch.Branch, unit), "--config", Path.Combine(stage.Branch.Folder, "nodes", $"{unit.Node}.{unit.Unit}.json")])
            {
                RedirectStandardOutput = true, RedirectStandardError = true,
            };
            foreach (var (key, value) in stage.Branch.Devices.Environment)
            {
                start.Environment[key] = value;
            }

            var began = Stopwatch.GetTimestamp();
            using var process = Process.Start(start)!;
            process.BeginOutputReadLine();
            process.BeginErrorReadLine();
            samples.Add(Stopwatch.GetElapsedTime(
                began, await watch.OnlineAsync(stage.Branch.Branch.Topics.NodeStatus(unit), began)).TotalMilliseconds);
            process.Kill();
            await process.WaitForExitAsync();
        }

        return samples.Median;
    }

    private static string Role(LoadedBranch branch, UnitAddress unit) => branch.TryGetUnit(unit, out var known) ? known.Role : "";

    private static BudgetRow Memory(string what, int pid, double empty, double budget)
    {
        var memory = ResidentMemory.Megabytes(pid);
        return new BudgetRow(what, $"{Megabytes(memory)}, of that its own {Megabytes(ResidentMemory.OwnMegabytes(pid))}",
            $"empty program {Megabytes(empty)}", BudgetRow.Times(memory / empty), string.Create(CultureInfo.InvariantCulture, $"≤ {budget:0} MB"), memory <= budget);
    }

    private static BudgetRow Size(string what, string file, string empty, double? budget)
    {
        var (size, limit) = (new FileInfo(file).Length / 1e6, new FileInfo(empty).Length / 1e6);
        return new BudgetRow(what, Megabytes(size), $"empty program {Megabytes(limit)}", BudgetRow.Times(size / limit),
            budget is null ? "" : string.Create(CultureInfo.InvariantCulture, $"≤ {budget:0} MB"), budget is null ? null : size <= budget);
    }

    private static string Megabytes(double value) => string.Create(CultureInfo.InvariantCulture, $"{value:0.0} MB");
}
