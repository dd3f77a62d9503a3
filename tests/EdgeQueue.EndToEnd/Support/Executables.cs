namespace EdgeQueue.EndToEnd.Support;

/// <summary>
/// Finds the product's executables: the published, trimmed ones that <c>./test</c> has made, or while developing what the
/// build of the tests' own configuration left: never an older one of the other. The environment variable EDGEQUEUE_BIN names
/// another folder.
/// </summary>
public static class Executables
{
    public static string Hub => Find("hub", "edgequeue-hub", "EdgeQueue.Hub");

    public static string Node => Find("node", "edgequeue-node", "EdgeQueue.Node");

    public static string Tool => Find("tool", "edgequeue", "EdgeQueue.Tool");

    /// <summary>Plays the devices; it is not part of an installed branch and is not published.</summary>
    public static string Panel => Find("panel", "edgequeue-panel", "EdgeQueue.Panel");

    /// <summary>A server's program: it is not trimmed, and runs as it was built.</summary>
    public static string Cloud => Find("cloud", "edgequeue-cloud", "EdgeQueue.Cloud", "cloud");

    /// <summary>The hub of the release before this one, as <c>build/release-before</c> makes it for <c>./test --long</c>.</summary>
    public static string HubOfReleaseBefore
    {
        get
        {
            string hub = Path.Combine(Root(), "artifacts", "release-before", "hub", "edgequeue-hub");
            return File.Exists(hub) ? hub : throw new FileNotFoundException($"{hub} is not there; build/release-before makes it.");
        }
    }

    /// <summary>The top of the repository.</summary>
    public static string Root()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "EdgeQueue.sln")))
            {
                return folder.FullName;
            }
        }

        throw new DirectoryNotFoundException("The tests run outside of the repository.");
    }

#if DEBUG
    private const string Configuration = "Debug";
#else
    private const string Configuration = "Release";
#endif

    private static string Find(string published, string name, string project, string room = "device")
    {
        string root = Root();
        string[] places =
        [
            // Not a bare name, which would be found beside the tests: whoever starts it does not look there.
            Path.Combine(Environment.GetEnvironmentVariable("EDGEQUEUE_BIN") ?? "/nowhere", name),
            Path.Combine(root, "artifacts", "publish", published, name),
            Path.Combine(root, room, project, "bin", Configuration, "net10.0", "linux-x64", name),
            Path.Combine(root, room, project, "bin", Configuration, "net10.0", name),
        ];
        return places.FirstOrDefault(File.Exists)
            ?? throw new FileNotFoundException($"{name} was not found; build it with 'dotnet build {room}/{project}'. Looked at:\n{string.Join('\n', places)}");
    }
}
