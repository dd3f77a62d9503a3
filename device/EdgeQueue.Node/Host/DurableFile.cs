using EdgeQueue.Hardware.Kernel;

namespace EdgeQueue.Node.Host;

/// <summary>
/// A whole file, replaced so that after a power cut there is the old or the new one and never a mixture: written beside it,
/// fsync, rename(2), fsync of the folder.
/// </summary>
public static class DurableFile
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
        DurableFolder.Sync(Path.GetDirectoryName(Path.GetFullPath(path))!);
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
}
