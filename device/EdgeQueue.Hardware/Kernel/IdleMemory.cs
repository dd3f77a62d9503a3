using System.Runtime.InteropServices;

namespace EdgeQueue.Hardware.Kernel;

/// <summary>
/// Gives back to the kernel what the start and bursts of work left behind. The collector keeps what it once took until it is short of
/// memory, and glibc keeps what was freed below something still in use; a process that mostly waits is short of nothing for days.
/// </summary>
/// <param name="time">Measures the periods of <see cref="RunAsync"/>.</param>
public sealed partial class IdleMemory(TimeProvider time)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(5);

    // Heartbeats and their like take some tens of KiB in a period. More is work, and work is not interrupted for tidiness.
    private const long IdleBytes = 512 << 10;

    // Less than this since the last time is not worth the milliseconds of a collection.
    private const long WorthBytes = 1 << 20;

    private long _before;
    private long _given;

    /// <summary>Looks every five seconds; runs until cancelled, then returns.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Period, time);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation))
            {
                if (Due(GC.GetTotalAllocatedBytes()))
                {
                    GiveBack();
                }
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
        }
    }

    /// <summary>Whether a period that ends now was quiet, and something was left behind since the last one for which this said yes.</summary>
    /// <param name="allocated">Bytes of all objects that the process ever made.</param>
    internal bool Due(long allocated)
    {
        var due = allocated - _before < IdleBytes && allocated - _given >= WorthBytes;
        _before = allocated;
        if (due)
        {
            _given = allocated;
        }

        return due;
    }

    private static void GiveBack()
    {
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        _ = Trim(0);
    }

    /// <summary>malloc_trim(3): all arenas, since glibc 2.8.</summary>
    /// <param name="pad">Bytes to leave at the top of the heap.</param>
    /// <returns>1 when something was given back.</returns>
    [LibraryImport("libc", EntryPoint = "malloc_trim")]
    private static partial int Trim(nuint pad);
}
