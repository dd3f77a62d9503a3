using System.Runtime.InteropServices;

namespace EdgeQueue.Node.Host;

/// <summary>
/// A whole file, replaced so that after a power cut there is the old or the new one and never a mixture: written beside it,
/// fsync, rename(2), fsync of the folder.
/// </summary>
public static partial class DurableFile
{
    /// <exception cref="IOException">The disk is full, read-only or failing. The old file stands.</exception>
    public static void Write(string path, ReadOnlySpan<byte> bytes)
    {
        var beside = path + ".new";
        using (var file = new FileStream(beside, FileMode.Create, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }

        File.Move(beside, path, overwrite: true);
        SyncFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    /// <summary>Null when there is no such file.</summary>
    public static byte[]? Read(string path)
    {
        try
        {
            return File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Makes names in a folder durable (fsync(2) of the directory, which .NET has no call for).</summary>
    /// <exception cref="IOException">The kernel refused.</exception>
    public static void SyncFolder(string folder)
    {
        const int readOnlyDirectoryCloseOnExec = 0x10000 | 0x80000;
        var file = Open(folder, OperatingSystem.IsLinux() && RuntimeInformation.ProcessArchitecture == Architecture.Arm64
            ? 0x4000 | 0x80000 // O_DIRECTORY has another number on arm64 (asm/fcntl.h)
            : readOnlyDirectoryCloseOnExec);
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
