namespace EdgeQueue.Tests.Node;

/// <summary>A clock that stands until it is moved; timers fire on the mover's thread, in the order of their time.</summary>
internal sealed class FakeTime : TimeProvider
{
    private readonly List<FakeTimer> timers = [];
    private readonly Lock gate = new();
    private readonly SemaphoreSlim armed = new(0);
    private long now = 1_000_000_000;

    public override long TimestampFrequency => 1_000_000_000;

    public override long GetTimestamp() => Interlocked.Read(ref now);

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch.AddTicks(GetTimestamp() / 100);

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new FakeTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan by)
    {
        var end = now + (long)by.TotalNanoseconds;
        while (true)
        {
            FakeTimer? due;
            lock (gate)
            {
                due = timers.Where(t => t.Due <= end).MinBy(t => t.Due);
                timers.Remove(due!);
            }

            if (due is null)
            {
                Interlocked.Exchange(ref now, end);
                return;
            }

            Interlocked.Exchange(ref now, Math.Max(now, due.Due));
            due.Fire();
        }
    }

    /// <summary>Until some timer has been set, once for each: what runs on another thread has come to its waiting.</summary>
    public async Task ArmedAsync() =>
        Assert.True(await armed.WaitAsync(TimeSpan.FromSeconds(20), TestContext.Current.CancellationToken), "no timer was set");

    private sealed class FakeTimer(FakeTime time, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan every;

        public long Due { get; private set; }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time.gate)
            {
                every = period;
                time.timers.Remove(this);
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    Due = time.now + (long)dueTime.TotalNanoseconds;
                    time.timers.Add(this);
                    time.armed.Release();
                }
            }

            return true;
        }

        public void Fire()
        {
            if (every != Timeout.InfiniteTimeSpan && every > TimeSpan.Zero)
            {
                Change(every, every);
            }

            callback(state);
        }

        public void Dispose()
        {
            lock (time.gate)
            {
                time.timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
