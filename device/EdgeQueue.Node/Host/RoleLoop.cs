using System.Threading.Channels;

namespace EdgeQueue.Node.Host;

/// <summary>
/// A role's one line of thought: keys, messages, timers and results are posted here and handled one after another, so that
/// a role needs no locks. Work that waits for a device belongs on a thread of its own, which posts its result.
/// </summary>
/// <param name="onPoster">
/// Whoever posts into an idle loop handles what is posted, at once, on its own thread: a press saves the waking of another.
/// Only for a role whose actions never wait for anything. Else what is posted is handled on the thread pool.
/// </param>
public sealed class RoleLoop(TimeProvider time, bool onPoster = false)
{
    // 1024 things waiting mean that the loop hangs: the process ends aloud and is started anew, rather than be late in silence.
    private const int Capacity = 1024;

    private readonly Channel<Action> work = Channel.CreateBounded<Action>(Capacity);
    private readonly TaskCompletionSource broken = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int handling;
    private volatile bool running;
    private bool pinged;
    private volatile bool answered = true;

    /// <summary>From any thread; never waits for another.</summary>
    public void Post(Action action)
    {
        if (!work.Writer.TryWrite(action))
        {
            broken.TrySetException(new InvalidOperationException($"The role's loop hangs: {Capacity} things wait for it."));
        }
        else if (!running)
        {
            // What is posted before the role runs waits for it.
        }
        else if (onPoster)
        {
            Handle();
        }
        else if (Volatile.Read(ref handling) == 0)
        {
            ThreadPool.UnsafeQueueUserWorkItem(static loop => loop.Handle(), this, preferLocal: false);
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
        running = true;
        ThreadPool.UnsafeQueueUserWorkItem(static loop => loop.Handle(), this, preferLocal: false);
        try
        {
            await broken.Task.WaitAsync(cancellation);
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
        }
        finally
        {
            running = false;
        }
    }

    /// <summary>Handles what is posted now, on the caller's thread: for tests.</summary>
    public void RunPosted()
    {
        Handle();
        if (broken.Task.IsFaulted)
        {
            broken.Task.GetAwaiter().GetResult();
        }
    }

    private void Handle()
    {
        // One at a time; whoever was posted while the last one left is seen by the question after it.
        while (work.Reader.TryPeek(out _) && Interlocked.CompareExchange(ref handling, 1, 0) == 0)
        {
            try
            {
                while (work.Reader.TryRead(out var action))
                {
                    action();
                }
            }
            catch (Exception bug)
            {
                // A loop that has failed handles nothing any more: the process must end.
                broken.TrySetException(bug);
                return;
            }

            Volatile.Write(ref handling, 0);
        }
    }
}
