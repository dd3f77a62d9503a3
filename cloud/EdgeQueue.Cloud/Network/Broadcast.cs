using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;

namespace EdgeQueue.Cloud.Network;

/// <summary>
/// A piece of a page that many watch: it is made once, when it is due, and the same bytes go to all. Nobody watches: nothing is made.
/// </summary>
internal sealed class Broadcast(Func<CancellationToken, Task<string>> make, TimeProvider time, ILogger log)
{
    /// <summary>Watchers of one piece; more get 503.</summary>
    public const int MostWatchers = 5_000;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private TaskCompletionSource<string> _next = New();
    private string _latest = "";
    private int _watchers;
    private bool _working;

    public bool IsFull => Volatile.Read(ref _watchers) >= MostWatchers;

    /// <summary>What it is now, and then each change, until the watcher goes.</summary>
    public async IAsyncEnumerable<SseItem<string>> WatchAsync([EnumeratorCancellation] CancellationToken gone)
    {
        Enter();
        try
        {
            string seen = "";
            while (!gone.IsCancellationRequested)
            {
                Task<string> next;
                string now;
                lock (_lock)
                {
                    (now, next) = (_latest, _next.Task);
                }

                if (now != seen && now.Length > 0)
                {
                    seen = now;
                    yield return new SseItem<string>(now, "piece");
                }

                await ((Task)next).WaitAsync(gone).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        finally
        {
            Interlocked.Decrement(ref _watchers);
        }
    }

    private void Enter()
    {
        lock (_lock)
        {
            Interlocked.Increment(ref _watchers);
            if (!_working)
            {
                _working = true;
                _ = Task.Run(WorkAsync);
            }
        }
    }

    private async Task WorkAsync()
    {
        while (true)
        {
            string? made = null;
            try
            {
                made = await make(CancellationToken.None);
            }
            catch (Exception fault) when (fault is not OutOfMemoryException)
            {
                // Shown as it was; the next look may be luckier. Whatever it was, it must not end the piece for all who watch.
                NetworkLog.NotMade(log, fault.Message);
            }

            lock (_lock)
            {
                if (made is not null && made != _latest)
                {
                    _latest = made;
                    _next.SetResult(made);
                    _next = New();
                }

                if (Volatile.Read(ref _watchers) == 0)
                {
                    _working = false;
                    _latest = "";
                    return;
                }
            }

            await Task.Delay(Period, time);
        }
    }

    private static TaskCompletionSource<string> New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
