using System.Runtime.InteropServices;

namespace EdgeQueue.Tool.Identity;

/// <summary>After a power cut a renamed file has its new name only when its folder was written too.</summary>
internal static partial class DurableFolder
{
    /// <summary>Makes names in a folder durable (fsync(2) of the directory, for which .NET has no call).</summary>
    /// <exception cref="IOException">The kernel refused.</exception>
    public static void Sync(string folder)
    {
        const int readOnlyCloseOnExec = 0x80000;
        int file = Open(folder, readOnlyCloseOnExec);
        if (file < 0)
        {
            throw new IOException($"{folder}: cannot open the folder: {Marshal.GetLastPInvokeErrorMessage()}");
        }

        try
        {
            if (Flush(file) != 0)
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
    private static partial int Flush(int file);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int file);
}
