using System.Runtime.InteropServices;

namespace EdgeQueue.Hardware.Kernel;

/// <summary>Which file a path or a descriptor really is: kind, device and inode (statx(2), whose layout is the same everywhere).</summary>
internal readonly partial record struct FileIdentity(ushort Mode, ulong Device, ulong Inode)
{
    private const int CurrentFolder = -100;
    private const int EmptyPath = 0x1000;
    private const uint BasicStats = 0x7ff;

    public bool IsSocket => (Mode & 0xF000) == 0xC000;

    public bool IsRegularFile => (Mode & 0xF000) == 0x8000;

    public bool IsFifo => (Mode & 0xF000) == 0x1000;

    public bool IsCharacterDevice => (Mode & 0xF000) == 0x2000;

    /// <summary>Null when there is nothing at the path (or it cannot be seen).</summary>
    public static FileIdentity? Of(string path) => Ask(CurrentFolder, path, 0);

    public static FileIdentity? Of(FileDescriptor file) => Ask((int)file.DangerousGetHandle(), "", EmptyPath);

    private static unsafe FileIdentity? Ask(int folder, string path, int flags)
    {
        var answer = stackalloc byte[256];
        if (StatX(folder, path, flags, BasicStats, answer) != 0)
        {
            return null;
        }

        // struct statx (linux/stat.h): stx_mode at 28, stx_ino at 32, stx_dev_major/minor at 136/140.
        return new FileIdentity(*(ushort*)(answer + 28), *(ulong*)(answer + 136), *(ulong*)(answer + 32));
    }

    [LibraryImport("libc", EntryPoint = "statx", StringMarshalling = StringMarshalling.Utf8)]
    private static unsafe partial int StatX(int folder, string path, int flags, uint mask, byte* answer);
}
