using EdgeQueue.Core.Contracts.Configuration;

namespace EdgeQueue.Core.Contracts.Identity;

/// <summary>
/// What a device knows of itself before it belongs to a branch: its hardware, where it keeps what it gets, and perhaps where its hub
/// is. Made with the image, read by <c>edgequeue-node device</c> and <c>edgequeue enrol</c>.
/// </summary>
public sealed record DeviceFile
{
    public required int V { get; init; }

    /// <summary>What it is, for the technician's eyes.</summary>
    public string Model { get; set; } = "";

    /// <summary>Enrolment port of the hub, host:port; null: see <see cref="HubFile"/>, else it is asked for on the network.</summary>
    public string? Hub { get; init; }

    /// <summary>A file with host:port on its first line, e.g. on the boot partition, for networks that block multicast.</summary>
    public string? HubFile { get; init; }

    /// <summary>Folder for identity, unit files and the units' own durable files.</summary>
    public required string State { get; init; }

    /// <summary>With the counter or zone left empty: the claim says which.</summary>
    public required IReadOnlyList<UnitConfiguration> Units { get; init; }
}

/// <summary>Names in a device's state folder.</summary>
public static class DeviceState
{
    /// <summary>Certificate and key in one file, so that both are replaced at once.</summary>
    public const string Identity = "node.pem";

    public const string Authority = "authority.crt";

    /// <summary>File of one unit, written last: who sees it sees the rest.</summary>
    public static string UnitFile(string unit) => $"unit.{unit}.json";
}
