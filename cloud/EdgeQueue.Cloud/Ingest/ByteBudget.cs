namespace EdgeQueue.Cloud.Ingest;

/// <summary>How many bytes may wait at once. Whoever has more to bring waits until some are taken away.</summary>
internal sealed class ByteBudget(long most)
{
    private readonly Lock _lock = new();
    private TaskCompletionSource _freed = New();
    private long _taken;

    public long Taken => Interlocked.Read(ref _taken);

    /// <summary>Takes so many when there is room. One that is larger than all gets its turn when nothing else waits.</summary>
    public async ValueTask TakeAsync(long bytes, CancellationToken cancellation)
    {
        while (true)
        {
            Task freed;
            lock (_lock)
            {
                if (_taken == 0 || _taken + bytes <= most)
                {
                    _taken += bytes;
                    return;
                }

                freed = _freed.Task;
            }

            await freed.WaitAsync(cancellation);
        }
    }

    public void Free(long bytes)
    {
        TaskCompletionSource freed;
        lock (_lock)
        {
            _taken -= bytes;
            (freed, _freed) = (_freed, New());
        }

        freed.SetResult();
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
