namespace EdgeQueue.Core.Contracts.Configuration;

/// <summary>
/// One branch, as its JSON file states it; <c>BranchConfigurationLoader</c> reads and checks it. Names of things (ids) obey
/// <see cref="Topics.IsName"/>. Texts for people are per language, by BCP 47 tag.
/// </summary>
public sealed record BranchConfiguration
{
    /// <summary>Version of the format, 1.</summary>
    public required int V { get; init; }

    /// <summary>Rises with each change; an older configuration is ignored.</summary>
    public required long Revision { get; init; }

    public required string Branch { get; init; }

    public required IReadOnlyDictionary<string, string> Name { get; init; }

    /// <summary>BCP 47 tags, the first is the branch's own.</summary>
    public required IReadOnlyList<string> Languages { get; init; }

    /// <summary>IANA name, e.g. <c>Europe/Oslo</c>.</summary>
    public required string TimeZone { get; init; }

    public BusinessDayConfiguration BusinessDay { get; init; } = new();

    public PolicyConfiguration Policy { get; init; } = new();

    public required IReadOnlyList<ServiceConfiguration> Services { get; init; }

    public IReadOnlyList<SegmentConfiguration> Segments { get; init; } = [];

    public required IReadOnlyList<WorkProfileConfiguration> WorkProfiles { get; init; }

    public IReadOnlyList<OperatorConfiguration> Operators { get; init; } = [];

    public required IReadOnlyList<ZoneConfiguration> Zones { get; init; }

    public required IReadOnlyList<CounterConfiguration> Counters { get; init; }

    public required IReadOnlyList<NodeConfiguration> Nodes { get; init; }

    /// <summary>What is spoken in an evacuation, per language.</summary>
    public IReadOnlyDictionary<string, string> Evacuation { get; init; } = new Dictionary<string, string>();

    /// <summary>The QR code on a ticket leads here; <c>{branch}</c>, <c>{visit}</c> and <c>{label}</c> are replaced.</summary>
    public string TicketLink { get; init; } = "edgequeue:{branch}/{label}";
}

public sealed record BusinessDayConfiguration
{
    /// <summary>Local time <c>HH:mm</c> at which the business day ends by itself; null: only CloseDay ends it.</summary>
    public string? Ends { get; init; } = "03:00";

    /// <summary>Who still waits is cleared when the day closes (true) or kept (false).</summary>
    public bool ClearAtClose { get; init; } = true;
}

public sealed record PolicyConfiguration
{
    /// <summary>Calls before NoShow, 1 … 9.</summary>
    public int NoShowCalls { get; init; } = 2;

    /// <summary>Seconds between calls that count, 0 … 600.</summary>
    public int NoShowSpacingSeconds { get; init; } = 10;

    /// <summary>A ticket without a print report is cancelled after this, seconds; 0: never.</summary>
    public int UnprintedSeconds { get; init; } = 60;

    /// <summary>Numbers in a block leased to a dispenser, per service, 1 … 500.</summary>
    public int LeaseBlock { get; init; } = 50;

    /// <summary>Bound of the visits waiting in the branch, 1 … 100000.</summary>
    public int MaxWaiting { get; init; } = 5000;

    /// <summary>Where the clock is trusted from: <c>ntp</c> (the kernel says synchronised) or <c>always</c>.</summary>
    public string ClockTrust { get; init; } = "ntp";
}

public sealed record ServiceConfiguration
{
    public required string Id { get; init; }

    /// <summary>0 … 3 letters, e.g. <c>A</c>.</summary>
    public required string Prefix { get; init; }

    /// <summary>Least digits of the number, 1 … 5.</summary>
    public int Digits { get; init; } = 3;

    public int FirstNumber { get; init; } = 1;

    public int LastNumber { get; init; } = 799;

    /// <summary>Numbers kept for cut-off dispensers, apart from the ordinary ones.</summary>
    public int OfflineFirst { get; init; } = 800;

    public int OfflineLast { get; init; } = 999;

    public required IReadOnlyDictionary<string, string> Name { get; init; }

    public required int TargetWaitSeconds { get; init; }

    /// <summary>1 … 99; 99 is the most important.</summary>
    public int Priority { get; init; } = 50;

    public int MeanServiceSeconds { get; init; } = 300;

    public IReadOnlyList<HoursConfiguration> Hours { get; init; } = [];
}

/// <param name="Days"><c>mon</c> … <c>sun</c>.</param>
/// <param name="From">Local <c>HH:mm</c>.</param>
/// <param name="To">Local <c>HH:mm</c>, later than From; <c>24:00</c> is midnight.</param>
public sealed record HoursConfiguration(IReadOnlyList<string> Days, string From, string To);

public sealed record SegmentConfiguration
{
    public required string Id { get; init; }

    public required IReadOnlyDictionary<string, string> Name { get; init; }

    /// <summary>1 … 99; 99 is the most important.</summary>
    public required int Priority { get; init; }

    public int? TargetWaitSeconds { get; init; }
}

public sealed record WorkProfileConfiguration
{
    public required string Id { get; init; }

    public required IReadOnlyList<string> Services { get; init; }

    /// <summary><c>fifo</c>, <c>strict</c> or <c>gcmu_cap4</c>.</summary>
    public string Rule { get; init; } = "gcmu_cap4";
}

public sealed record OperatorConfiguration
{
    public required string Id { get; init; }

    /// <summary>PBKDF2 of the PIN, as <c>edgequeue pin</c> makes it; null: signs in without a PIN by its number.</summary>
    public string? PinHash { get; init; }

    public string? WorkProfile { get; init; }
}

public sealed record ZoneConfiguration
{
    public required string Id { get; init; }

    public required IReadOnlyDictionary<string, string> Name { get; init; }

    /// <summary>A repeated call is spoken here too: zone → floor → building.</summary>
    public string? Wider { get; init; }

    /// <summary>Languages spoken here, in order; empty: all of the branch.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];
}

public sealed record CounterConfiguration
{
    public required string Id { get; init; }

    /// <summary>What people call it, e.g. <c>5</c>.</summary>
    public required string Number { get; init; }

    /// <summary><c>counter</c>, <c>window</c>, <c>room</c> or <c>desk</c>: how it is spoken.</summary>
    public string Place { get; init; } = "counter";

    public required string Zone { get; init; }

    public required string WorkProfile { get; init; }
}
