using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EdgeQueue.Hub.Loop;

/// <summary>
/// Wakes the command loop: an eventfd(2). The runtime's own events spin before they sleep and hand a lock to and fro when they
/// wake; on a machine of two cores both take the processor from the broker and the nodes just when a press is on its way.
/// </summary>
internal sealed unsafe partial class Bell : IDisposable
{
    private const int NonBlockingCloseOnExec = 0x800 | 0x80000;
    private const short PollIn = 1;

    private readonly SafeFileHandle _event;
    private int _rung;

    /// <exception cref="IOException">The kernel has no descriptor left.</exception>
    public Bell()
    {
        int descriptor = EventFd(0, NonBlockingCloseOnExec);
        _event = descriptor >= 0
            ? new SafeFileHandle(descriptor, ownsHandle: true)
            : throw new IOException($"eventfd: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
    }

    /// <summary>From any thread; rings that nobody has heard yet are one.</summary>
    public void Ring()
    {
        if (Interlocked.Exchange(ref _rung, 1) == 0)
        {
            ulong one = 1;
            _ = Write(_event, &one, sizeof(ulong));
        }
    }

    /// <summary>
    /// Until it rings or the time is over, rounded up to whole milliseconds; sometimes earlier, for a ring whose cause was seen
    /// already. Whoever waits looks at everything that may ring before it waits again.
    /// </summary>
    public void Wait(TimeSpan atMost)
    {
        var entry = new PollEntry { Descriptor = (int)_event.DangerousGetHandle(), Wanted = PollIn };
        if (Poll(&entry, 1, (int)Math.Clamp(Math.Ceiling(atMost.TotalMilliseconds), 0, int.MaxValue)) > 0)
        {
            // Read first: whoever rings between the two does not write, and is seen by the look that follows this wait.
            ulong count;
            _ = Read(_event, &count, sizeof(ulong));
            Interlocked.Exchange(ref _rung, 0);
        }
    }

    public void Dispose() => _event.Dispose();

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    private static partial int EventFd(uint initial, int flags);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(PollEntry* entries, nuint count, int milliseconds);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(SafeFileHandle file, void* bytes, nuint count);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint Read(SafeFileHandle file, void* bytes, nuint count);

    /// <summary><c>struct pollfd</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct PollEntry
    {
        public int Descriptor;
        public short Wanted;
        public short Happened;
    }
}
