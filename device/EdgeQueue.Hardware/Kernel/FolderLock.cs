using System.Runtime.InteropServices;

namespace EdgeQueue.Hardware.Kernel;

/// <summary>
/// One program at a time reads and replaces what lies in a folder (flock(2) on the folder itself: no file beside, no right but to read it, and gone with its
/// process). It holds between those who take it; an editor does not.
/// </summary>
public sealed class FolderLock : IDisposable
{
    private readonly FileDescriptor _folder;

    private FolderLock(FileDescriptor folder) => _folder = folder;

    /// <returns>Null: another program is at it.</returns>
    /// <exception cref="IOException">The folder cannot be opened or locked.</exception>
    public static FolderLock? TryTake(string folder)
    {
        FileDescriptor file = FileDescriptor.TryOpen(folder, Files.ReadOnly, out int refused)
            ?? throw new IOException($"{folder}: cannot open the folder: {Marshal.GetPInvokeErrorMessage(refused)}");
        if (Files.Lock(file, Files.LockExclusive | Files.LockNow) == 0)
        {
            return new FolderLock(file);
        }

        int errno = Marshal.GetLastPInvokeError();
        file.Dispose();
        return errno == Errno.Again ? null : throw new IOException($"{folder}: cannot lock the folder: {Marshal.GetPInvokeErrorMessage(errno)}");
    }

    /// <summary>Waits for the other program.</summary>
    /// <returns>Null: it was still at it after the time given.</returns>
    /// <exception cref="IOException">The folder cannot be opened or locked.</exception>
    public static FolderLock? Take(string folder, TimeSpan patience)
    {
        long began = Environment.TickCount64;
        while (true)
        {
            FolderLock? taken = TryTake(folder);
            if (taken is not null || Environment.TickCount64 - began >= patience.TotalMilliseconds)
            {
                return taken;
            }

            Thread.Sleep(20);
        }
    }

    public void Dispose() => _folder.Dispose();
}
