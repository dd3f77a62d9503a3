namespace EdgeQueue.Tests.Simulation;

/// <summary>The files of <c>tests/Oracles</c>, found from the test's own folder upwards.</summary>
internal static class OracleFiles
{
    public static string Path(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = System.IO.Path.Combine(folder.FullName, "tests", "Oracles", name);
            if (File.Exists(path))
            {
                return path;
            }
        }

        throw new FileNotFoundException($"tests/Oracles/{name} is not above {AppContext.BaseDirectory}.");
    }
}
