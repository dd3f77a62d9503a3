using System.Threading.Channels;

namespace EdgeQueue.Tests.Hardware;

/// <summary>Waiting for what must come; the limit is generous and only ever reached by a failure.</summary>
internal static class Soon
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(20);

    public static async Task<T> Next<T>(ChannelReader<T> reader)
    {
        var next = await reader.ReadAsync(TestContext.Current.CancellationToken).AsTask().WaitAsync(Limit);
        // Else the test would go on, and wait, on the device's own thread.
        await Task.Yield();
        return next;
    }

    public static async Task<T> Of<T>(Task<T> task) => await task.WaitAsync(Limit);

    public static async Task Of(Task task) => await task.WaitAsync(Limit);
}
