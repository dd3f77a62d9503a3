using Microsoft.Extensions.Configuration.Json;

namespace EdgeQueue.Cloud.Start;

/// <summary>Where the settings come from.</summary>
public static class SettingsSource
{
    public const string EnvironmentPrefix = "EDGEQUEUE_CLOUD_";

    /// <param name="file">A JSON file; null: none.</param>
    /// <param name="given">What the command line says.</param>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="InvalidDataException">The file is not JSON; the message says where.</exception>
    public static IConfigurationRoot Read(string? file, IReadOnlyDictionary<string, string?> given)
    {
        var builder = new ConfigurationBuilder();
        if (file is not null)
        {
            builder.AddJsonFile(Path.GetFullPath(file), optional: false, reloadOnChange: false);
        }

        return builder.AddEnvironmentVariables(EnvironmentPrefix).AddInMemoryCollection(given).Build();
    }

    /// <summary>What stands at the top of the file; an environment may hold names of others with our prefix.</summary>
    public static IEnumerable<string> NamesInFile(IConfigurationRoot settings) =>
        settings.Providers.OfType<JsonConfigurationProvider>().SelectMany(p => p.GetChildKeys([], null)).Distinct(StringComparer.OrdinalIgnoreCase);
}
