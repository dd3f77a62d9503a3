using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using EdgeQueue.Benchmarks.Limits;
using EdgeQueue.Benchmarks.Stage;
using EdgeQueue.Benchmarks.Table;
using EdgeQueue.Core.Queue;
using static EdgeQueue.Benchmarks.Table.BudgetRow;

namespace EdgeQueue.Benchmarks.Throughput;

/// <summary>
/// Accepted commands a second through mosquitto and the published hub, from TLS clients with certificates of their own: each
/// takes a ticket, calls the next, says that it has arrived, and again, each command after the reply of the one before.
/// Nobody but the hub decides who is called. Then the journal is read: no label twice, nobody called twice.
/// </summary>
internal static class ThroughputBenchmark
{
    private const double Budget = 2000;

    public static async Task<IReadOnlyList<BudgetRow>> RunAsync(int clients, TimeSpan duration)
    {
        await using var stage = BenchStage.Prepare(null, clients, shortLabels: false, _ => false);
        await stage.Branch.StartAsync(CancellationToken.None);
        using var disk = new DurableAppend(Path.Combine(stage.Folder, "append"));
        var fsync = disk.Rate(TimeSpan.FromSeconds(2));
        var core = CoreAlone.Rate(stage.Branch.Branch.Rules, clients, TimeSpan.FromSeconds(2));

        var callers = new List<HubCaller>();
        try
        {
            for (var n = 1; n <= clients; n++)
            {
                var caller = new HubCaller(stage.Branch, BenchBranch.Node + n, BenchBranch.Keypad, BenchBranch.Tickets);
                callers.Add(caller);
                await caller.ConnectAsync();
            }

            // A thousand people wait before it begins.
            foreach (var some in Enumerable.Range(0, 1000).Chunk(clients))
            {
                await Task.WhenAll(some.Select((_, i) => callers[i].TakeTicketAsync()));
            }

            var answered = new ConcurrentBag<Call>();
            var barrier = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            var until = new CancellationTokenSource();
            var pressing = callers.Select((caller, i) => PressAsync(caller, i + 1, answered, barrier.Task, until.Token)).ToList();
            var began = Stopwatch.GetTimestamp();
            until.CancelAfter(duration);
            barrier.SetResult();
            var accepted = (await Task.WhenAll(pressing)).Sum();
            var rate = accepted / Stopwatch.GetElapsedTime(began).TotalSeconds;
            until.Dispose();

            foreach (var caller in callers)
            {
                await caller.DisposeAsync();
            }

            await stage.Branch["hub"].DisposeAsync();
            var truth = JournalTruth.Check(stage.Branch.Journal, answered);
            return
            [
                new(string.Create(CultureInfo.InvariantCulture, $"accepted commands a second, {clients} TLS clients, {duration.TotalSeconds:0} s"),
                    Count(rate), $"core alone {Count(core)}/s; fsync {Count(fsync)}/s", $"{rate / fsync:0.0} commands a fsync", "≥ 2,000/s", rate >= Budget),
                new($"of these in the journal: {Count(truth.Tickets)} tickets, {Count(truth.Calls)} calls", truth.Sentence, "", "",
                    "no duplicate, no double call", truth.IsTrue),
            ];
        }
        finally
        {
            foreach (var caller in callers)
            {
                await caller.DisposeAsync();
            }
        }
    }

    /// <returns>How many commands were accepted.</returns>
    private static async Task<long> PressAsync(
        HubCaller caller, int number, ConcurrentBag<Call> answered, Task barrier, CancellationToken until)
    {
        var (counter, who) = (BenchBranch.Counter(number), BenchBranch.Operator(number));
        var opened = await caller.MustAsync(BenchBranch.Keypad, _ => new OpenCounter(counter, who, null, false, default));
        var version = opened.Counter!.Version;
        await barrier;
        long accepted = 0;
        while (!until.IsCancellationRequested)
        {
            await caller.TakeTicketAsync();
            var called = await caller.MustAsync(BenchBranch.Keypad, _ => new CallNext(counter, version, default));
            answered.Add(new Call(called.Counter!.Label!, counter));
            var arrived = await caller.MustAsync(BenchBranch.Keypad, _ => new Arrive(counter, called.Counter!.Version, default));
            version = arrived.Counter!.Version;
            accepted += 3;
        }

        return accepted;
    }
}

/// <summary>What a keypad was told: this label, to this counter.</summary>
internal sealed record Call(string Label, string Counter);
