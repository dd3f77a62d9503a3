using EdgeQueue.Core.Contracts.Configuration;

namespace EdgeQueue.Hub.Commands;

/// <summary>Reads the branch configuration, and says all its faults at once.</summary>
internal static class ConfigurationFile
{
    /// <returns>Null: it has faults, or cannot be read.</returns>
    public static LoadedBranch? Read(string path, out IReadOnlyList<string> faults)
    {
        byte[] content;
        try
        {
            content = File.ReadAllBytes(path);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            faults = [$"cannot be read: {e.Message}"];
            return null;
        }

        bool sound = BranchConfigurationLoader.TryLoad(
            content, id => TimeZoneInfo.TryFindSystemTimeZoneById(id, out _), out LoadedBranch? branch, out IReadOnlyList<ConfigurationFault> found);
        faults = [.. found.Select(f => $"line {f.Line}, {f.Path}: {f.Sentence}")];
        return sound ? branch : null;
    }
}
