using System.Diagnostics;

namespace EdgeQueue.EndToEnd.Faults;

/// <summary>
/// A small ext4 file system in a file, mounted as a hub's disk is (errors=remount-ro). Its fault is the kernel's own: what the
/// file system does when a card begins to fail. Needs root and a loop device.
/// </summary>
internal sealed class FailingDisk : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("edgequeue-failing-");
    private readonly string _image;

    public FailingDisk()
    {
        _image = Path.Combine(_folder.FullName, "image");
        Mount = _folder.CreateSubdirectory("mount").FullName;
        using (FileStream file = File.Create(_image))
        {
            file.SetLength(32 << 20);
        }

        Must("mkfs.ext4", "-q", "-F", _image);
        Attach();
    }

    /// <summary>Where it is mounted.</summary>
    public string Mount { get; }

    /// <summary>From now on every write fails with EROFS, also through files that are open.</summary>
    public void Fail()
    {
        string device = Path.GetFileName(Run("findmnt", "-no", "SOURCE", Mount).Output.Trim());
        File.WriteAllText($"/sys/fs/ext4/{device}/trigger_fs_error", "1");
    }

    /// <summary>What a technician does. Nobody may have a file open on it any more.</summary>
    public void Repair()
    {
        Must("umount", Mount);
        // 1: faults were found and corrected (e2fsck(8)).
        (int code, string output) = Run("e2fsck", "-f", "-y", _image);
        Assert.True(code <= 1, $"e2fsck: {output}");
        Attach();
    }

    public void Dispose()
    {
        Run("umount", "-l", Mount);
        _folder.Delete(recursive: true);
    }

    private void Attach() => Must("mount", "-o", "loop,errors=remount-ro", _image, Mount);

    private static void Must(string file, params string[] arguments)
    {
        (int code, string output) = Run(file, arguments);
        Assert.True(code == 0, $"{file} {string.Join(' ', arguments)}: {output}This test needs root and a loop device.");
    }

    private static (int Code, string Output) Run(string file, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(file, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        string output = process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }
}
