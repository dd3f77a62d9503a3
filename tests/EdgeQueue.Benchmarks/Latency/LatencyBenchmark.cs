using System.Diagnostics;
using System.Globalization;
using EdgeQueue.Benchmarks.Limits;
using EdgeQueue.Benchmarks.Stage;
using EdgeQueue.Benchmarks.Table;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Hardware.Input;
using EdgeQueue.Hardware.Simulation;
using static EdgeQueue.Benchmarks.Table.BudgetRow;

namespace EdgeQueue.Benchmarks.Latency;

/// <summary>
/// From the evdev bytes of the Next key to the first bytes of the new label on the LED bus, through the published keypad
/// node, mosquitto with TLS, the published hub with its durable commit and the published display node. Each press is a
/// full CallNext with people waiting. Between two presses the limit is taken once, so that both see the same machine.
/// </summary>
internal static class LatencyBenchmark
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(3);
    private static readonly UnitAddress Keypad = new(BenchBranch.Node + 1, BenchBranch.Keypad);
    private static readonly UnitAddress Display = new(BenchBranch.Node + 1, BenchBranch.Display);

    public static async Task<IReadOnlyList<BudgetRow>> RunAsync(int presses, int counters, bool path)
    {
        await using var stage = BenchStage.Prepare(null, counters, shortLabels: true, unit => unit == Keypad || unit == Display);
        using var keys = new FakeKeys(stage.Branch.Devices.Input(Keypad));
        using var light = new LightSensor(stage.Branch.Devices.Bus(Display));
        light.Start();
        await stage.Branch.StartAsync(CancellationToken.None);
        await using var limit = new TwoHops(stage);
        await limit.StartAsync();
        await using (var queue = new HubCaller(stage.Branch, BenchBranch.Node + 1, BenchBranch.Tickets))
        {
            await queue.ConnectAsync();
            foreach (var some in Enumerable.Range(0, presses + 200).Chunk(64))
            {
                await Task.WhenAll(some.Select(_ => queue.TakeTicketAsync()));
            }
        }

        await OpenAsync(keys, light);
        await using var others = counters > 1 ? new OtherCounters(stage.Branch, counters) : null;
        if (others is not null)
        {
            await others.StartAsync();
        }

        await using var watch = path ? new PathWatch(stage.Branch, Keypad, BenchBranch.Counter(1)) : null;
        if (watch is not null)
        {
            await watch.StartAsync();
        }

        // Warm: the runtime compiles what is used, the caches fill.
        await PressAsync(keys, light, limit, null, 20);
        limit.Clear();
        var began = Stopwatch.GetTimestamp();
        var load = others?.Presses ?? 0;
        var measured = await PressAsync(keys, light, limit, watch, presses);
        var rate = ((others?.Presses ?? 0) - load) / Stopwatch.GetElapsedTime(began).TotalSeconds;
        watch?.Tell();
        // The quiet tenth of both says what the way itself costs, whatever else the machine was doing.
        Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"  p10: press to light {measured.Percentile(10):0.00} ms, limit {limit.Whole.Percentile(10):0.00} ms, of that fsync {limit.Disk.Percentile(10):0.00} ms"));
        return counters > 1 ? Loaded(measured, limit, counters, rate) : Idle(measured, limit);
    }

    private static IReadOnlyList<BudgetRow> Idle(Samples measured, TwoHops limit)
    {
        var what = $"key press → LED, idle branch, {Count(measured.Count)} presses";
        return [Row("p50", measured.Median, limit.Whole.Median), Row("p99", measured.P99, limit.Whole.P99)];

        BudgetRow Row(string which, double value, double beside) => new(
            $"{what}: {which}", Milliseconds(value), $"two hops + fsync {Milliseconds(beside)}", Times(value / beside), "≤ 1.5 ×", value <= 1.5 * beside);
    }

    private static IReadOnlyList<BudgetRow> Loaded(Samples measured, TwoHops limit, int counters, double rate)
    {
        // The limit's own p99 holds one fsync; hops and disk are taken apart so that the budget can be added up.
        var hops = Math.Max(0, limit.Whole.P99 - limit.Disk.P99);
        var budget = hops + (2 * limit.Disk.P99) + 5;
        var what = string.Create(CultureInfo.InvariantCulture,
            $"key press → LED while {counters - 1} other counters press {rate:0} times a second, {Count(measured.Count)} presses");
        return
        [
            new($"{what}: p50", Milliseconds(measured.Median), $"two hops + fsync {Milliseconds(limit.Whole.Median)}",
                Times(measured.Median / limit.Whole.Median), "", null),
            new($"{what}: p99", Milliseconds(measured.P99), $"hops {Milliseconds(hops)}, fsync p99 {Milliseconds(limit.Disk.P99)}",
                Times(measured.P99 / limit.Whole.P99), $"≤ hops + 2 × fsync p99 + 5 ms = {Milliseconds(budget)}", measured.P99 <= budget),
        ];
    }

    private static async Task OpenAsync(FakeKeys keys, LightSensor light)
    {
        light.Reset();
        foreach (var digit in BenchBranch.Operator(1))
        {
            KeyNames.TryParse($"KEY_KP{digit}", out var key);
            keys.Press(key);
        }

        keys.Press(KeyCode.KeypadDot);
        if (await light.ChangedAsync(TimeSpan.FromSeconds(20)) is null)
        {
            throw new BenchmarkException("The counter did not open: its display went on showing that it is closed.");
        }

        await Task.Delay(200);
    }

    private static async Task<Samples> PressAsync(FakeKeys keys, LightSensor light, TwoHops limit, PathWatch? watch, int presses)
    {
        var samples = new Samples();
        var pause = new Random(1);
        var refused = 0;
        while (samples.Count < presses)
        {
            await limit.OnceAsync();
            light.Reset();
            var began = Stopwatch.GetTimestamp();
            keys.Press(KeyCode.KeypadEnter);
            if (await light.ChangedAsync(Patience) is not { } lit)
            {
                // The keypad refuses, aloud, what is pressed before its last answer is there. That is no slow press, but
                // it must stay rare: else the pauses here are too short for this machine.
                if (++refused > 2 + (presses / 100))
                {
                    throw new BenchmarkException($"{refused} presses of {samples.Count} changed nothing on the display within {Patience.TotalSeconds} s.");
                }

                continue;
            }

            samples.Add(Stopwatch.GetElapsedTime(began, lit).TotalMilliseconds);

            // The keypad gets its reply at about the same time as the display; a person is slower than that.
            await Task.Delay(pause.Next(15, 35));
            watch?.Press(began, lit);
            await ArriveAsync(keys, light);
            await Task.Delay(pause.Next(15, 35));
        }

        if (refused > 0)
        {
            Console.Error.WriteLine($"  {refused} presses were refused by the keypad and pressed again");
        }

        return samples;
    }

    /// <summary>Until the blinking ends, because the next call is refused before.</summary>
    private static async Task ArriveAsync(FakeKeys keys, LightSensor light)
    {
        for (var tries = 0; tries < 5; tries++)
        {
            light.Reset();
            keys.Press(KeyCode.KeypadPlus);
            if (await light.TouchedAsync(TimeSpan.FromSeconds(1)))
            {
                return;
            }
        }

        throw new BenchmarkException("The display went on blinking although the customer has arrived.");
    }
}
