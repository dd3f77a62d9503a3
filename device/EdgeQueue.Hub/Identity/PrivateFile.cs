using System.Runtime.InteropServices;

namespace EdgeQueue.Hub.Identity;

/// <summary>
/// A whole file, replaced by a rename after it is on the disk, the rename durable too (fsync of the folder); never readable by others,
/// not even for a moment.
/// </summary>
internal static partial class PrivateFile
{
    public const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public const UnixFileMode Everybody = Owner | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <summary>Durable when it returns.</summary>
    /// <exception cref="IOException">Not written: the old file stands; or, of the folder, not known to be durable.</exception>
    public static void Write(string path, ReadOnlySpan<byte> bytes, UnixFileMode mode = Owner)
    {
        string beside = path + ".new";
        File.Delete(beside);
        using (var file = new FileStream(beside, new FileStreamOptions
        {
            Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = mode, BufferSize = 0,
        }))
        {
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }

        File.Move(beside, path, overwrite: true);
        SyncFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>Makes names in a folder durable (fsync(2) of the directory, for which .NET has no call).</summary>
    /// <exception cref="IOException">The kernel refused.</exception>
    internal static void SyncFolder(string folder)
    {
        const int readOnlyCloseOnExec = 0x80000;
        int file = Open(folder, readOnlyCloseOnExec);
        if (file < 0)
        {
            throw new IOException($"{folder}: cannot open the folder: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        try
        {
            if (Sync(file) != 0)
            {
                throw new IOException($"{folder}: cannot make the folder durable: {Marshal.GetLastPInvokeErrorMessage()}");
            }
        }
        finally
        {
            _ = Close(file);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync", SetLastError = true)]
    private static partial int Sync(int file);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int file);
}
