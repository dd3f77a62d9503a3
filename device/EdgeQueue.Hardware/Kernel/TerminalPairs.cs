using System.Runtime.InteropServices;

namespace EdgeQueue.Hardware.Kernel;

/// <summary>posix_openpt(3) and its companions.</summary>
internal static partial class TerminalPairs
{
    private const string C = "libc";

    [LibraryImport(C, EntryPoint = "posix_openpt", SetLastError = true)]
    public static partial int Open(int flags);

    [LibraryImport(C, EntryPoint = "grantpt", SetLastError = true)]
    public static partial int Grant(FileDescriptor master);

    [LibraryImport(C, EntryPoint = "unlockpt", SetLastError = true)]
    public static partial int Unlock(FileDescriptor master);

    [LibraryImport(C, EntryPoint = "ptsname_r")]
    public static unsafe partial int NameOf(FileDescriptor master, byte* buffer, nuint size);
}
