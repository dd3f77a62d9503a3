namespace EdgeQueue.Hardware.Kernel;

/// <summary>A thread for a blocking device, which ends with its task and is woken by cancellation.</summary>
internal static class DeviceThread
{
    /// <summary>
    /// Completes when the work has returned; cancellation ends it without an exception, because that is how a device is
    /// meant to end. What else the work throws, the task throws.
    /// </summary>
    public static async Task Run(string name, Action<Waiter> work, CancellationToken cancellation)
    {
        using var waiter = new Waiter();
        var done = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var thread = new Thread(() =>
        {
            try
            {
                work(waiter);
                done.SetResult();
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                done.SetResult();
            }
            catch (Exception fault)
            {
                // Handed to whoever awaits; an exception that leaves a thread would end the process.
                done.SetException(fault);
            }
        })
        {
            IsBackground = true,
            Name = name,
        };
        thread.Start();
        await using (cancellation.Register(waiter.Wake))
        {
            await done.Task;
        }

        thread.Join();
    }
}
