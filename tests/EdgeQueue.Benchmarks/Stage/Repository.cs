namespace EdgeQueue.Benchmarks.Stage;

/// <summary>Where things are in the working tree.</summary>
internal static class Repository
{
    public static string Root { get; } = Find();

    public static string Hub => Published("hub", "edgequeue-hub");

    public static string Node => Published("node", "edgequeue-node");

    public static string BrokerConfig => Path.Combine(Root, "broker-config");

    public static string Results => Path.Combine(Root, "tests", "EdgeQueue.Benchmarks", "RESULTS.md");

    public static string Picture(string name) => Path.Combine(Root, "docs", "pictures", name);

    private static string Published(string folder, string name)
    {
        var path = Path.Combine(Root, "artifacts", "publish", folder, name);
        var project = char.ToUpperInvariant(folder[0]) + folder[1..];
        return File.Exists(path) ? path : throw new BenchmarkException(
            $"There is no {path}. The benchmarks measure the published files; ./test makes them, or: "
            + $"dotnet publish device/EdgeQueue.{project} -c Release -r linux-x64 -o artifacts/publish/{folder}");
    }

    private static string Find()
    {
        for (var at = AppContext.BaseDirectory; at is not null; at = Path.GetDirectoryName(at))
        {
            if (File.Exists(Path.Combine(at, "EdgeQueue.sln")))
            {
                return at;
            }
        }

        throw new BenchmarkException("This program must lie in the working tree of EdgeQueue (EdgeQueue.sln was not found above it).");
    }
}

/// <summary>A benchmark cannot be run, or what it measured is not what it meant; the message says why.</summary>
internal sealed class BenchmarkException(string message) : Exception(message);
