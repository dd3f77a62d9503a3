using System.Text.Json.Serialization;

namespace EdgeQueue.Core.Contracts.Configuration;

/// <summary>
/// One branch, as its JSON file states it; <c>BranchConfigurationLoader</c> reads and checks it. Names of things (ids) obey
/// <see cref="Topics.IsName"/>. Texts for people are per language, by BCP 47 tag.
/// </summary>
/// <remarks>
/// Properties with a default have <c>set</c>, not <c>init</c>: System.Text.Json's source generator gives an init property that is
/// left out of the JSON the type's zero and not its initialiser (seen on .NET 10). Nobody sets them but the reader.
/// </remarks>
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

    public BusinessDayConfiguration BusinessDay { get; set; } = new();

    public PolicyConfiguration Policy { get; set; } = new();

    public required IReadOnlyList<ServiceConfiguration> Services { get; init; }

    public IReadOnlyList<SegmentConfiguration> Segments { get; set; } = [];

    public required IReadOnlyList<WorkProfileConfiguration> WorkProfiles { get; init; }

    public IReadOnlyList<OperatorConfiguration> Operators { get; set; } = [];

    /// <summary>What a customer may ask for in an operator.</summary>
    public IReadOnlyList<string> OperatorAttributes { get; set; } = [];

    public required IReadOnlyList<ZoneConfiguration> Zones { get; init; }

    public required IReadOnlyList<CounterConfiguration> Counters { get; init; }

    public required IReadOnlyList<NodeConfiguration> Nodes { get; init; }

    /// <summary>How customers with a booking check in; null: the branch takes no bookings.</summary>
    public CheckInConfiguration? CheckIn { get; init; }

    public IReadOnlyList<SegmentRuleConfiguration> SegmentRules { get; set; } = [];

    public HallConfiguration? Hall { get; init; }

    public IReadOnlyList<PauseConfiguration> Pauses { get; set; } = [];

    public IReadOnlyList<BufferConfiguration> Buffers { get; set; } = [];

    /// <summary>What is spoken in an evacuation, per language.</summary>
    public IReadOnlyDictionary<string, string> Evacuation { get; set; } = new Dictionary<string, string>();

    /// <summary>The QR code on a ticket leads here; <c>{branch}</c>, <c>{visit}</c>, <c>{label}</c> and <c>{secret}</c> (<see cref="TicketSecret"/>) are replaced.</summary>
    public string TicketLink { get; set; } = "edgequeue:{branch}/{label}";
}

public sealed record BusinessDayConfiguration
{
    /// <summary>Local time <c>HH:mm</c> at which the business day ends by itself; null: only CloseDay ends it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.Never)] // left out is 03:00, null is never
    public string? Ends { get; set; } = "03:00";

    /// <summary>Who still waits is cleared when the day closes (true) or kept (false).</summary>
    public bool ClearAtClose { get; set; } = true;
}

public sealed record PolicyConfiguration
{
    /// <summary>Calls before NoShow, 1 … 9.</summary>
    public int NoShowCalls { get; set; } = 2;

    /// <summary>Seconds between calls that count, 0 … 600.</summary>
    public int NoShowSpacingSeconds { get; set; } = 10;

    /// <summary>A ticket without a print report is cancelled after this, seconds; 0: never.</summary>
    public int UnprintedSeconds { get; set; } = 60;

    /// <summary>Numbers in a block leased to a dispenser, per service, 1 … 500.</summary>
    public int LeaseBlock { get; set; } = 50;

    /// <summary>So long a visit waits for its person, seconds, 1 … 86400; null: for ever.</summary>
    public int? PersonWaitSeconds { get; init; }

    /// <summary>Bound of the visits waiting in the branch, 1 … 100000.</summary>
    public int MaxWaiting { get; set; } = 5000;

    /// <summary>What NoShow does before it ends the visit; null: it ends it.</summary>
    public NoShowRequeueConfiguration? NoShowRequeue { get; init; }

    /// <summary>What somebody gets who waits and says on their phone that they need more time; null: nothing.</summary>
    public MoreTimeConfiguration? MoreTime { get; init; }

    /// <summary>Where the clock is trusted from: <c>ntp</c> (the kernel says synchronised) or <c>always</c>.</summary>
    public string ClockTrust { get; set; } = "ntp";
}

public sealed record ServiceConfiguration
{
    public required string Id { get; init; }

    /// <summary>0 … 3 letters, e.g. <c>A</c>.</summary>
    public required string Prefix { get; init; }

    /// <summary>Least digits of the number, 1 … 5.</summary>
    public int Digits { get; set; } = 3;

    public int FirstNumber { get; set; } = 1;

    public int LastNumber { get; set; } = 799;

    /// <summary>Numbers kept for cut-off dispensers, apart from the ordinary ones.</summary>
    public int OfflineFirst { get; set; } = 800;

    public int OfflineLast { get; set; } = 999;

    public required IReadOnlyDictionary<string, string> Name { get; init; }

    public required int TargetWaitSeconds { get; init; }

    /// <summary>1 … 99; 99 is the most important.</summary>
    public int Priority { get; set; } = 50;

    public int MeanServiceSeconds { get; set; } = 300;

    /// <summary><c>fixed</c> or <c>learned</c>.</summary>
    public string MeanService { get; set; } = "fixed";

    public IReadOnlyList<HoursConfiguration> Hours { get; set; } = [];

    public AppointmentConfiguration? Appointments { get; init; }

    public LimitsConfiguration? Limits { get; init; }
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

    /// <summary>
    /// Name of a <see cref="Queue.CallingRuleKind"/>: <c>fifo</c>, <c>strict</c>, <c>rel</c>, <c>edd</c>, <c>edd_prio</c>, <c>target</c> or <c>ratio</c>.
    /// </summary>
    public string Rule { get; set; } = "target";

    /// <summary>Whoever has waited so many targets goes first, 1 … 20; null: no cap but the target rule's own.</summary>
    public int? CapTargets { get; init; }

    public RatioConfiguration? Ratio { get; init; }

    public IReadOnlyList<HelpConfiguration> Helps { get; set; } = [];

    public bool ChooseService { get; set; } = true;

    public bool ChooseTicket { get; set; } = true;

    /// <summary>Its operators may change what somebody came for.</summary>
    public bool ChangeService { get; set; } = true;

    /// <summary>Its operators may change somebody's priority.</summary>
    public bool SetPriority { get; set; }
}

public sealed record OperatorConfiguration
{
    public required string Id { get; init; }

    /// <summary><see cref="Configuration.PinHash"/>, as <c>edgequeue pin</c> makes it; null: signs in by typing the id, which is digits.</summary>
    public string? PinHash { get; init; }

    public string? WorkProfile { get; init; }

    /// <summary>Empty: all services of the work profile.</summary>
    public IReadOnlyList<SkillConfiguration> Skills { get; set; } = [];

    public IReadOnlyList<string> Attributes { get; set; } = [];

    /// <summary>Null: as the work profile says.</summary>
    public bool? ChooseService { get; init; }

    /// <summary>Null: as the work profile says.</summary>
    public bool? ChooseTicket { get; init; }

    /// <summary>Null: as the work profile says.</summary>
    public bool? ChangeService { get; init; }

    /// <summary>Null: as the work profile says.</summary>
    public bool? SetPriority { get; init; }
}

public sealed record ZoneConfiguration
{
    public required string Id { get; init; }

    public required IReadOnlyDictionary<string, string> Name { get; init; }

    /// <summary>A repeated call is spoken here too: zone → floor → building.</summary>
    public string? Wider { get; init; }

    /// <summary>Least seconds between two announced calls, 0 … 60.</summary>
    public int CallSpacingSeconds { get; set; }

    /// <summary>Languages spoken here, in order; empty: all of the branch.</summary>
    public IReadOnlyList<string> Languages { get; set; } = [];
}

public sealed record CounterConfiguration
{
    public required string Id { get; init; }

    /// <summary>What people call it, e.g. <c>5</c>.</summary>
    public required string Number { get; init; }

    /// <summary><c>counter</c>, <c>window</c>, <c>room</c> or <c>desk</c>: how it is spoken.</summary>
    public string Place { get; set; } = "counter";

    public required string Zone { get; init; }

    public required string WorkProfile { get; init; }

    /// <summary>So many seconds after a release the next is called without a press; null: never.</summary>
    public int? AutoCallSeconds { get; init; }
}
