using System.Threading.Channels;

namespace EdgeQueue.Node.Host;

/// <summary>
/// A role's one thread of thought: keys, messages, timers and results are posted here and handled one after another, so that
/// a role needs no locks. Work that waits for a device belongs on a thread of its own, which posts its result.
/// </summary>
public sealed class RoleLoop(TimeProvider time)
{
    // 1024 things waiting mean that the loop hangs: the process ends aloud and is started anew, rather than be late in silence.
    private const int Capacity = 1024;

    private readonly Channel<Action> work = Channel.CreateBounded<Action>(new BoundedChannelOptions(Capacity) { SingleReader = true });
    private readonly TaskCompletionSource overflow = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool pinged;
    private volatile bool answered = true;

    /// <summary>From any thread; never blocks.</summary>
    public void Post(Action action)
    {
        if (!work.Writer.TryWrite(action))
        {
            overflow.TrySetException(new InvalidOperationException($"The role's loop hangs: {Capacity} things wait for it."));
        }
    }

    /// <summary>Posts the result of a task when it is there; a fault of the task ends the loop, and so the process.</summary>
    public void PostResult<T>(Task<T> task, Action<T> action) => _ = task.ContinueWith(
        t => Post(() => action(t.GetAwaiter().GetResult())), CancellationToken.None,
        TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);

    /// <summary>Posts once after a while, unless disposed before. What was already posted may still run: the action checks.</summary>
    public IDisposable After(TimeSpan delay, Action action) =>
        time.CreateTimer(_ => Post(action), null, delay, Timeout.InfiniteTimeSpan);

    /// <summary>Posts again and again until disposed.</summary>
    public IDisposable Every(TimeSpan period, Action action) => time.CreateTimer(_ => Post(action), null, period, period);

    /// <summary>For the watchdog: false when the question of the call before has not been answered yet.</summary>
    public bool IsAlive()
    {
        if (pinged && !answered)
        {
            return false;
        }

        (pinged, answered) = (true, false);
        Post(() => answered = true);
        return true;
    }

    /// <summary>Handles what is posted, until cancelled (which ends it without an exception).</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        try
        {
            while (true)
            {
                var some = work.Reader.WaitToReadAsync(cancellation).AsTask();
                await await Task.WhenAny(some, overflow.Task);
                RunPosted();
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
        }
    }

    /// <summary>Handles what is posted now, on the caller's thread: for tests, and inside <see cref="RunAsync"/>.</summary>
    public void RunPosted()
    {
        while (work.Reader.TryRead(out var action))
        {
            action();
        }
    }
}
