using System.CommandLine;

namespace EdgeQueue.Cloud.Commands;

/// <summary>The options that every command shares.</summary>
internal sealed class SettingOptions
{
    public Option<string?> Config { get; } = new("--config") { Description = "The settings, a JSON file. Without it: what the environment and the command line say, else defaults." };

    public Option<string?> Database { get; } = new("--database") { Description = "sqlite:FILE, or postgresql: and a connection string of Npgsql. Default: sqlite:cloud.db in the current folder. A password is better kept in PGPASSFILE or the environment than here." };

    public Option<string?> Listen { get; } = new("--listen") { Description = "Where the pages are served. Default: http://127.0.0.1:8090" };

    public IReadOnlyDictionary<string, string?> Given(ParseResult parsed)
    {
        var given = new Dictionary<string, string?>();
        if (parsed.GetValue(Database) is { } database)
        {
            given["database"] = database;
        }

        if (parsed.GetValue(Listen) is { } listen)
        {
            given["listen"] = listen;
        }

        return given;
    }
}
