using System.Buffers;
using System.Text;

namespace EdgeQueue.Cloud.Network;

/// <summary>
/// A piece of a page that many watch: it is made once, when it is due, as the bytes of a server-sent event, and these same bytes go to all: a watcher
/// more costs a copy into a socket. Nobody watches: nothing is made.
/// </summary>
internal sealed class Broadcast(Func<CancellationToken, Task<string>> make, TimeProvider time, ILogger log)
{
    /// <summary>Watchers of one piece; more get 503.</summary>
    public const int MostWatchers = 5_000;

    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private TaskCompletionSource _next = New();
    private string _made = "";
    private byte[] _latest = [];
    private int _watchers;
    private bool _working;

    public bool IsFull => Volatile.Read(ref _watchers) >= MostWatchers;

    /// <summary>Sends what it is now, and then each change, until the watcher goes. A slow one gets the latest and not all.</summary>
    public async Task SendAsync(IBufferWriter<byte> into, Func<Task> flush, CancellationToken gone)
    {
        Enter();
        try
        {
            byte[] seen = [];
            while (!gone.IsCancellationRequested)
            {
                Task next;
                byte[] now;
                lock (_lock)
                {
                    (now, next) = (_latest, _next.Task);
                }

                if (now != seen && now.Length > 0)
                {
                    seen = now;
                    into.Write(now);
                    await flush();
                }

                await next.WaitAsync(gone).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
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
                if (made is not null && made != _made)
                {
                    (_made, _latest) = (made, EventOf(made));
                    _next.SetResult();
                    _next = New();
                }

                if (Volatile.Read(ref _watchers) == 0)
                {
                    _working = false;
                    (_made, _latest) = ("", []);
                    return;
                }
            }

            await Task.Delay(Period, time);
        }
    }

    // https://html.spec.whatwg.org/multipage/server-sent-events.html: a line of data for each line, ended by an empty one.
    private static byte[] EventOf(string piece) => Encoding.UTF8.GetBytes($"event: piece\ndata: {piece.ReplaceLineEndings("\ndata: ")}\n\n");

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
