using EdgeQueue.Core.Contracts.Configuration;

namespace EdgeQueue.Tool.Commands;

/// <summary>Reads a branch's file for a command, and tells all its faults.</summary>
internal static class BranchFile
{
    /// <summary>Null when there is none or it has faults; they have been told then, one a line, as <c>file: line 7, $.path: …</c>.</summary>
    public static LoadedBranch? Load(string path, TextWriter errors)
    {
        byte[] bytes;
        try
        {
            // Reading a device or a film by mistake must not fill the memory; one byte more makes the loader say what is wrong.
            using var file = File.OpenRead(path);
            bytes = new byte[BranchConfigurationLoader.MaximumLength + 1];
            bytes = bytes[..file.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false)];
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException or ArgumentException)
        {
            errors.WriteLine($"{path}: {WhyNot(path, broken)}");
            return null;
        }

        BranchConfigurationLoader.TryLoad(bytes, id => TimeZoneInfo.TryFindSystemTimeZoneById(id, out _), out var branch, out var faults);
        foreach (var fault in faults)
        {
            errors.WriteLine($"{path}: {fault}");
        }

        return branch;
    }

    private static string WhyNot(string path, Exception broken) => broken switch
    {
        FileNotFoundException or DirectoryNotFoundException => "there is no such file.",
        _ when Directory.Exists(path) => "this is a folder. Name the branch's file in it.",
        UnauthorizedAccessException => "this user may not read it.",
        _ => $"it cannot be read: {broken.Message}",
    };
}
