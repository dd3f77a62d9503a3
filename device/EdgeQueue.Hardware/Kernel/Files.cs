using System.Runtime.InteropServices;

namespace EdgeQueue.Hardware.Kernel;

/// <summary>open(2), read(2), write(2), fsync(2), flock(2), ioctl(2), poll(2), eventfd(2), mkfifo(3).</summary>
internal static partial class Files
{
    public const int ReadOnly = 0;
    public const int WriteOnly = 1;
    public const int ReadWrite = 2;
    public const int Append = 0x400;
    public const int NonBlocking = 0x800;
    public const int NoControllingTerminal = 0x100;
    public const int CloseOnExec = 0x80000;

    public const int LockExclusive = 2;
    public const int LockNow = 4;

    public const short PollIn = 1;
    public const short PollOut = 4;
    public const short PollError = 8;
    public const short PollHangUp = 16;

    private const string C = "libc";

    // A file number is an int: declared as a SafeHandle (pointer-sized), −1 would come back as 4294967295 and look open.
    // ioctl and open are variadic in C; on x86-64 and arm64 Linux the calling convention is the same for these arguments.
    [LibraryImport(C, EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int Open(string path, int flags, int mode);

    [LibraryImport(C, EntryPoint = "close", SetLastError = true)]
    public static partial int Close(int file);

    [LibraryImport(C, EntryPoint = "read", SetLastError = true)]
    public static unsafe partial nint Read(FileDescriptor file, byte* buffer, nuint count);

    [LibraryImport(C, EntryPoint = "write", SetLastError = true)]
    public static unsafe partial nint Write(FileDescriptor file, byte* buffer, nuint count);

    [LibraryImport(C, EntryPoint = "fsync", SetLastError = true)]
    public static partial int Sync(FileDescriptor file);

    [LibraryImport(C, EntryPoint = "flock", SetLastError = true)]
    public static partial int Lock(FileDescriptor file, int operation);

    [LibraryImport(C, EntryPoint = "ioctl", SetLastError = true)]
    public static partial int Control(FileDescriptor file, nuint request, nint argument);

    [LibraryImport(C, EntryPoint = "poll", SetLastError = true)]
    public static unsafe partial int Poll(PollEntry* entries, nuint count, int milliseconds);

    [LibraryImport(C, EntryPoint = "eventfd", SetLastError = true)]
    public static partial int EventFile(uint initial, int flags);

    [LibraryImport(C, EntryPoint = "mkfifo", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    public static partial int MakeFifo(string path, uint mode);

    [StructLayout(LayoutKind.Sequential)]
    public struct PollEntry
    {
        public int File;
        public short Events;
        public short Happened;
    }
}
