namespace EdgeQueue.Core.Contracts.Configuration;

/// <summary>How customers with a booking check in at a dispenser.</summary>
public sealed record CheckInConfiguration
{
    /// <summary>What is offered, in order: <c>number</c>, <c>phone</c>, <c>token</c>.</summary>
    public IReadOnlyList<string> By { get; set; } = ["number", "phone", "token"];

    /// <summary>Of phone numbers that are typed without one, e.g. <c>47</c>.</summary>
    public string CountryCode { get; set; } = "";

    /// <summary>What such numbers begin with at home only, e.g. <c>0</c>.</summary>
    public string TrunkPrefix { get; set; } = "";
}

/// <summary>How a service's bookings become visits.</summary>
public sealed record AppointmentConfiguration
{
    /// <summary>Check-in opens so many minutes before the slot.</summary>
    public int EarlyMinutes { get; set; } = 60;

    /// <summary>Until so many minutes after the slot it still is an appointment.</summary>
    public int LateMinutes { get; set; } = 15;

    /// <summary>Who comes later is a <c>walkIn</c>, or <c>refused</c>.</summary>
    public string Late { get; set; } = "walkIn";

    /// <summary>So many minutes after the slot the booking lapses.</summary>
    public int LapseMinutes { get; set; } = 120;

    /// <summary>1 … 99; null: the service's.</summary>
    public int? Priority { get; init; }

    /// <summary>From the slot on; null: the service's.</summary>
    public int? TargetWaitSeconds { get; init; }

    /// <summary>Counters are kept free for bookings due within so many minutes; 0: never.</summary>
    public int GuardMinutes { get; set; }
}

/// <summary>How many may come for a service.</summary>
public sealed record LimitsConfiguration
{
    /// <summary>Tickets of one business day; null: no limit.</summary>
    public int? DailyQuota { get; init; }

    /// <summary>Visits of one person in one business day; null: no limit.</summary>
    public int? PerPerson { get; init; }

    /// <summary>Only customers with a booking get a ticket.</summary>
    public bool BookingsOnly { get; set; }
}

/// <summary>Which customers are of which segment or wait in which queue; the first rule that fits counts.</summary>
public sealed record SegmentRuleConfiguration
{
    /// <summary>Attributes that the customer must have, all of them.</summary>
    public IReadOnlyList<string> Attributes { get; set; } = [];

    /// <summary>Services that the customer may have chosen; empty: any.</summary>
    public IReadOnlyList<string> Services { get; set; } = [];

    /// <summary>Languages that the customer may have chosen; empty: any.</summary>
    public IReadOnlyList<string> Languages { get; set; } = [];

    /// <summary><c>none</c>, <c>early</c>, <c>onTime</c> or <c>late</c>; null: any.</summary>
    public string? Appointment { get; init; }

    /// <summary>The segment that the customer gets.</summary>
    public string? Segment { get; init; }

    /// <summary>The service whose queue the customer waits in.</summary>
    public string? Service { get; init; }
}

/// <summary>How people are taken in.</summary>
public sealed record HallConfiguration
{
    /// <summary><c>queue</c>, <c>bookings</c> or <c>live</c>.</summary>
    public string Mode { get; set; } = "queue";

    /// <summary>Most people in the hall; null: no limit.</summary>
    public int? MaxPeople { get; init; }

    /// <summary>Visits that one person may have at a time; null: no limit.</summary>
    public int? PerPerson { get; init; }

    /// <summary>No ticket when the expected wait passes closing time; a wait that is not known stops nobody.</summary>
    public bool StopBeforeClosing { get; set; }

    public IReadOnlyList<DayExceptionConfiguration> Exceptions { get; set; } = [];
}

/// <summary>A day that is other than its day of the week.</summary>
public sealed record DayExceptionConfiguration
{
    /// <summary>Local date, <c>yyyy-MM-dd</c>.</summary>
    public required string Date { get; init; }

    /// <summary>The services that it is about; empty: all.</summary>
    public IReadOnlyList<string> Services { get; set; } = [];

    /// <summary>When tickets are given on that day; empty: never.</summary>
    public IReadOnlyList<SpanConfiguration> Hours { get; set; } = [];
}

/// <param name="From">Local <c>HH:mm</c>.</param>
/// <param name="To">Local <c>HH:mm</c>, later than From; <c>24:00</c> is midnight.</param>
public sealed record SpanConfiguration(string From, string To);

/// <summary>What NoShow does before it ends the visit.</summary>
public sealed record NoShowRequeueConfiguration
{
    /// <summary>So many places back; null: to the end.</summary>
    public int? Places { get; init; }

    /// <summary>How often in a visit before NoShow ends it.</summary>
    public int Times { get; set; } = 1;
}

/// <summary>Who waits and needs more time is passed over for a while and keeps their place.</summary>
public sealed record MoreTimeConfiguration
{
    /// <summary>For so many minutes, 1 … 120.</summary>
    public int Minutes { get; set; } = 10;

    /// <summary>How often in a visit, 1 … 9.</summary>
    public int Times { get; set; } = 1;
}

/// <summary>A reason to pause, and how long that takes.</summary>
public sealed record PauseConfiguration
{
    /// <summary>The reason as commands say it, e.g. <c>lunch</c>.</summary>
    public required string Reason { get; init; }

    public required int Minutes { get; init; }
}

/// <summary>An area near the counters to which people are called ahead.</summary>
public sealed record BufferConfiguration
{
    public required string Id { get; init; }

    public required string WorkProfile { get; init; }

    public required string Zone { get; init; }

    /// <summary>Most people at a time.</summary>
    public required int Size { get; init; }

    /// <summary>What people call it, e.g. <c>2</c>; null: who is called there is shown and not spoken.</summary>
    public string? Number { get; init; }

    /// <summary><c>counter</c>, <c>window</c>, <c>room</c> or <c>desk</c>: how it is spoken.</summary>
    public string Place { get; set; } = "room";

    /// <summary>Kept full without a press.</summary>
    public bool Automatic { get; set; }
}
