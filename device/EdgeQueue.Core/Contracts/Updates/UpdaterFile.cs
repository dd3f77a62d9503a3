namespace EdgeQueue.Core.Contracts.Updates;

/// <summary>What a device's updater (<c>edgequeue update run</c>) is told: a file of its image.</summary>
public sealed record UpdaterFile
{
    public required int V { get; init; }

    /// <summary>Folder with the device's identity and its units' files; the updater waits until a claim has filled it. Null: <see cref="Branch"/> and the following say who it is.</summary>
    public string? State { get; init; }

    /// <summary>Without <see cref="State"/>: the branch's name, and who this device is at its broker.</summary>
    public string? Branch { get; init; }

    public string? Node { get; init; }

    public Configuration.BrokerConfiguration? Broker { get; init; }

    /// <summary>Folder for the bundle and for what is remembered over a restart.</summary>
    public required string Work { get; init; }

    /// <summary>Which kind of image this device takes: the <c>compatible</c> of its RAUC.</summary>
    public required string Compatible { get; init; }

    /// <summary>File with the version of the image that runs.</summary>
    public string Version { get; set; } = "/etc/edgequeue-version";

    /// <summary>File with a line for each version that was found healthy here; null: a version that runs is healthy.</summary>
    public string? Healthy { get; init; }

    /// <summary>File that is another one after each start of the machine.</summary>
    public string BootId { get; set; } = "/proc/sys/kernel/random/boot_id";

    /// <summary>Program and words that install a bundle, whose path is added; exit code 0: it is installed.</summary>
    public required IReadOnlyList<string> Install { get; init; }

    /// <summary>Program and words that start the machine anew.</summary>
    public required IReadOnlyList<string> Restart { get; init; }
}

/// <summary>What an updater remembers, on its disk before it acts or tells.</summary>
/// <param name="Order">The one that it has; null: none.</param>
/// <param name="Boot">Boot id at which the restart was told; null: it was not.</param>
public sealed record UpdaterRecord(int V, UpdateOrder? Order, UpdatePhase Phase, UpdatePhase? FailedAt = null, string? Reason = null, string? Boot = null);
