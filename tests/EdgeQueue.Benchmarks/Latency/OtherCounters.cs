using EdgeQueue.Benchmarks.Stage;
using EdgeQueue.Core.Queue;
using EdgeQueue.Tool.Stage;

namespace EdgeQueue.Benchmarks.Latency;

/// <summary>
/// The load: counters 2 … n, each a TLS client with its own certificate, that call, see arrive and call again, a press a
/// second on average at each, evenly spread. A ticket is taken for each that is called, so the queue keeps its length.
/// </summary>
internal sealed class OtherCounters(BranchStage stage, int counters) : IAsyncDisposable
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);
    private readonly CancellationTokenSource stop = new();
    private readonly List<HubCaller> callers = [];
    private Task pressing = Task.CompletedTask;
    private long presses;

    public long Presses => Interlocked.Read(ref presses);

    public async Task StartAsync()
    {
        var opened = new List<(HubCaller Caller, int Counter, long Version)>();
        for (var counter = 2; counter <= counters; counter++)
        {
            var caller = new HubCaller(stage, BenchBranch.Node + counter, BenchBranch.Keypad, BenchBranch.Tickets);
            callers.Add(caller);
            await caller.ConnectAsync();
            var id = BenchBranch.Counter(counter);
            var operatorId = BenchBranch.Operator(counter);
            var reply = await caller.MustAsync(BenchBranch.Keypad, _ => new OpenCounter(id, operatorId, null, false, default));
            opened.Add((caller, counter, reply.Counter!.Version));
        }

        pressing = Task.WhenAll(opened.Select(o => PressAsync(o.Caller, o.Counter, o.Version)));
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await pressing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (var caller in callers)
        {
            await caller.DisposeAsync();
        }

        stop.Dispose();
        if (pressing.IsFaulted)
        {
            throw new BenchmarkException("A counter of the load failed: " + pressing.Exception!.GetBaseException().Message);
        }
    }

    private async Task PressAsync(HubCaller caller, int counter, long version)
    {
        var id = BenchBranch.Counter(counter);
        await Task.Delay(Period * (counter / (double)counters), stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        for (var calls = true; !stop.IsCancellationRequested; calls = !calls)
        {
            if (calls)
            {
                await caller.TakeTicketAsync();
            }

            var seen = version;
            var reply = await caller.MustAsync(BenchBranch.Keypad, _ => calls ? new CallNext(id, seen, default) : new Arrive(id, seen, default));
            version = reply.Counter!.Version;
            Interlocked.Increment(ref presses);
            await Task.Delay(Period, stop.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }
}
