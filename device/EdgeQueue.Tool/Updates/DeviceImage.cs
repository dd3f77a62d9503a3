using EdgeQueue.Core.Contracts.Updates;
using EdgeQueue.Hardware.Kernel;

namespace EdgeQueue.Tool.Updates;

/// <summary>What this device runs, as its own files say it.</summary>
internal sealed class DeviceImage(UpdaterFile file)
{
    /// <summary>Said when the file of the version cannot be read.</summary>
    public const string Unknown = "unknown";

    public string Version => ImageVersion.Read(file.Version) ?? Unknown;

    /// <summary>Another one after each start of the machine.</summary>
    public string BootId => File.Exists(file.BootId) ? File.ReadAllText(file.BootId).Trim() : "";

    /// <summary>The device itself found this version healthy.</summary>
    public bool IsHealthy(string version) => file.Healthy is not { } list || (File.Exists(list) && File.ReadLines(list).Any(l => l.Trim() == version));
}
