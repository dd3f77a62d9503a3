using System.Runtime.InteropServices;

namespace EdgeQueue.Hardware.Kernel;

/// <summary>
/// Waits for a file or for being woken, whichever is first: poll(2) over the file and an eventfd, so that a thread
/// that reads a device can always be ended.
/// </summary>
internal sealed class Waiter : IDisposable
{
    private readonly FileDescriptor wake = MakeEventFile();

    /// <summary>Wakes the waiting thread, now and at every later wait. Safe from any thread.</summary>
    public void Wake() => wake.Write(BitConverter.GetBytes(1UL));

    /// <summary>What happened to the file (poll flags); 0: time-out or woken.</summary>
    public short Wait(FileDescriptor? file, short events, TimeSpan timeout)
    {
        var held = false;
        try
        {
            file?.DangerousAddRef(ref held);
            return Poll(file is null ? -1 : (int)file.DangerousGetHandle(), events, timeout);
        }
        finally
        {
            if (held)
            {
                file!.DangerousRelease();
            }
        }
    }

    public void Dispose() => wake.Dispose();

    private static FileDescriptor MakeEventFile()
    {
        var number = Files.EventFile(0, Files.NonBlocking | Files.CloseOnExec);
        return number >= 0
            ? new FileDescriptor(number)
            : throw new InvalidOperationException($"eventfd failed with errno {Marshal.GetLastPInvokeError()}: too many open files?");
    }

    private unsafe short Poll(int file, short events, TimeSpan timeout)
    {
        // A negative file number is ignored by poll(2), so that the same call can wait for the wake-up alone.
        var entries = stackalloc Files.PollEntry[2];
        entries[0] = new Files.PollEntry { File = file, Events = events };
        entries[1] = new Files.PollEntry { File = (int)wake.DangerousGetHandle(), Events = Files.PollIn };
        var milliseconds = timeout == Timeout.InfiniteTimeSpan ? -1 : (int)Math.Ceiling(Math.Max(0, timeout.TotalMilliseconds));
        if (Files.Poll(entries, 2, milliseconds) < 0 && Marshal.GetLastPInvokeError() != Errno.Interrupted)
        {
            throw new InvalidOperationException($"poll failed with errno {Marshal.GetLastPInvokeError()}");
        }

        return entries[0].Happened;
    }
}
