using EdgeQueue.Core.Contracts.Configuration;

namespace EdgeQueue.Hub.Commands;

/// <summary>Reads the branch configuration, and says all its faults at once.</summary>
internal static class ConfigurationFile
{
    /// <returns>Null: it has faults, or cannot be read.</returns>
    public static LoadedBranch? Read(string path, out IReadOnlyList<string> faults) => Read(path, out _, out faults);

    /// <param name="content">The file as it was read; empty when it could not be.</param>
    public static LoadedBranch? Read(string path, out byte[] content, out IReadOnlyList<string> faults)
    {
        try
        {
            content = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            content = [];
            faults = [$"cannot be read: {e.Message}"];
            return null;
        }

        LoadedBranch? branch = Check(content, out IReadOnlyList<ConfigurationFault> found);
        faults = [.. found.Select(f => $"line {f.Line}, {f.Path}: {f.Sentence}")];
        return branch;
    }

    /// <returns>Null: it has faults.</returns>
    public static LoadedBranch? Check(ReadOnlyMemory<byte> content, out IReadOnlyList<ConfigurationFault> faults) =>
        BranchConfigurationLoader.TryLoad(content, id => TimeZoneInfo.TryFindSystemTimeZoneById(id, out _), out LoadedBranch? branch, out faults) ? branch : null;
}
