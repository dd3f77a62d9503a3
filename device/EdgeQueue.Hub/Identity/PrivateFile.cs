using EdgeQueue.Hardware.Kernel;

namespace EdgeQueue.Hub.Identity;

/// <summary>
/// A whole file, replaced by a rename after it is on the disk, the rename durable too (fsync of the folder); never readable by others,
/// not even for a moment.
/// </summary>
internal static class PrivateFile
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
            if (mode != Owner)
            {
                // What others are to read, they read whatever umask this process has.
                File.SetUnixFileMode(file.SafeFileHandle, mode);
            }

            file.Write(bytes);
            file.Flush(flushToDisk: true);
        }

        File.Move(beside, path, overwrite: true);
        DurableFolder.Sync(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }
}
