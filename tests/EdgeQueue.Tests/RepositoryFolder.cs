namespace EdgeQueue.Tests;

/// <summary>The project's own files, for tests that read them: found from the test's folder upwards.</summary>
internal static class RepositoryFolder
{
    public static string Root { get; } = Find(AppContext.BaseDirectory);

    public static string PathOf(params string[] parts) => Path.Combine([Root, .. parts]);

    private static string Find(string folder)
    {
        while (!File.Exists(Path.Combine(folder, "EdgeQueue.sln")))
        {
            folder = Path.GetDirectoryName(folder)
                ?? throw new DirectoryNotFoundException($"No EdgeQueue.sln above {AppContext.BaseDirectory}.");
        }

        return folder;
    }
}
