namespace EdgeQueue.Hub.Identity;

/// <summary>A whole file, replaced by a rename after it is on the disk; never readable by others, not even for a moment.</summary>
internal static class PrivateFile
{
    public const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    public const UnixFileMode Everybody = Owner | UnixFileMode.GroupRead | UnixFileMode.OtherRead;

    /// <exception cref="IOException">Not written; the old file stands.</exception>
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
    }
}
