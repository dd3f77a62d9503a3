using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace EdgeQueue.Mqtt.Native;

/// <summary>poll(2), eventfd(2) and getsockopt(2). poll and not select: a socket's number may be 1024 or more.</summary>
internal static unsafe partial class Linux
{
    public const short PollIn = 1;
    public const short PollOut = 4;
    public const short PollError = 8;
    public const short PollHangUp = 16;
    public const int Interrupted = 4;

    private const int NonBlockingCloseOnExec = 0x800 | 0x80000;

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    public static partial int Poll(PollEntry* entries, nuint count, int milliseconds);

    /// <summary>SO_ERROR: how a connect(2) that went on in the background ended. Reading it clears it.</summary>
    public static int SocketError(int socket)
    {
        int error = 0;
        int size = sizeof(int);
        return GetSocketOption(socket, level: 1, name: 4, &error, &size) == 0 ? error : Marshal.GetLastPInvokeError();
    }

    public static SafeFileHandle CreateEvent()
    {
        int descriptor = EventFd(0, NonBlockingCloseOnExec);
        return descriptor >= 0
            ? new SafeFileHandle(descriptor, ownsHandle: true)
            : throw new IOException($"eventfd: {Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())}");
    }

    public static void Signal(SafeFileHandle wake)
    {
        ulong one = 1;
        _ = Write(wake, &one, sizeof(ulong));
    }

    public static void Clear(SafeFileHandle wake)
    {
        ulong count;
        _ = Read(wake, &count, sizeof(ulong));
    }

    [LibraryImport("libc", EntryPoint = "eventfd", SetLastError = true)]
    private static partial int EventFd(uint initial, int flags);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(SafeFileHandle file, void* bytes, nuint count);

    [LibraryImport("libc", EntryPoint = "read", SetLastError = true)]
    private static partial nint Read(SafeFileHandle file, void* bytes, nuint count);

    [LibraryImport("libc", EntryPoint = "getsockopt", SetLastError = true)]
    private static partial int GetSocketOption(int socket, int level, int name, void* value, int* size);
}

/// <summary><c>struct pollfd</c>; a negative descriptor is skipped.</summary>
[StructLayout(LayoutKind.Sequential)]
internal struct PollEntry
{
    public int Descriptor;
    public short Wanted;
    public short Happened;
}
