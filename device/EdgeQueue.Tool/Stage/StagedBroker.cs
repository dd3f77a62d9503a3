namespace EdgeQueue.Tool.Stage;

/// <summary>mosquitto with the product's own configuration (<c>broker-config/</c>), in the stage's folder.</summary>
/// <param name="kind"><c>branch</c> or <c>cloud</c>.</param>
internal sealed class StagedBroker(string templates, string folder, string kind = "branch")
{
    /// <summary>The file of the plugin that throws people out: the broker does not start without it.</summary>
    public const string ThrownOut = "thrown-out.json";

    public const string NobodyThrownOut = "{}\n";

    /// <summary>Writes the configuration for this port; returns the arguments for mosquitto.</summary>
    public IReadOnlyList<string> Write(string branch, int port, string certificates)
    {
        Directory.CreateDirectory(folder);
        foreach (var file in (string[])[kind + ".conf", kind + ".acl"])
        {
            var text = File.ReadAllText(Path.Combine(templates, file))
                .Replace("@PORT@", $"{port} 127.0.0.1", StringComparison.Ordinal)
                .Replace("@CONFIG@", folder, StringComparison.Ordinal)
                .Replace("@STATE@", folder, StringComparison.Ordinal)
                .Replace("@CERTIFICATES@", certificates, StringComparison.Ordinal)
                .Replace("@BRANCH@", branch, StringComparison.Ordinal);
            if (file == kind + ".conf" && Environment.IsPrivilegedProcess)
            {
                // Started as root, mosquitto changes to user mosquitto, who cannot read a private folder. On this stage
                // everything belongs to whoever started it; on a real hub the unit starts the broker as its own user.
                text += "\n# Only on the stage: stay who we are.\nuser root\n";
            }

            File.WriteAllText(Path.Combine(folder, file), text);
            File.SetUnixFileMode(Path.Combine(folder, file), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        }

        File.WriteAllText(Path.Combine(folder, ThrownOut), NobodyThrownOut);
        return ["-c", Path.Combine(folder, kind + ".conf")];
    }

    /// <summary>Debian puts it into sbin, which is not on every PATH.</summary>
    public static string Executable() =>
        ((string[])["/usr/sbin/mosquitto", "/usr/bin/mosquitto", "/usr/local/sbin/mosquitto"]).FirstOrDefault(File.Exists)
        ?? throw new StageException("mosquitto is not installed. Install it: apt-get install mosquitto");
}
