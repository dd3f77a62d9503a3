namespace EdgeQueue.Core.Queue;

/// <summary>What the rules say about coming, waiting and leaving beside whom to call. What is left out is not used.</summary>
/// <param name="Services">By service; only those that say something.</param>
/// <param name="SegmentRules">The first that fits an arriving customer counts.</param>
/// <param name="NoShowRequeue">What NoShow does before it ends the visit; null: it ends it.</param>
/// <param name="PlannedPauses">By reason: the planned length of a pause, milliseconds.</param>
/// <param name="CallSpacing">By zone: least time between two announced calls, milliseconds.</param>
/// <param name="AutoCall">By counter: so long after a release the next is called without a press, milliseconds.</param>
/// <param name="Buffers">By name: areas near the counters to which people are called ahead.</param>
/// <param name="MoreTime">What somebody gets who waits and needs more time; null: nothing.</param>
public sealed record VisitRules(
    IReadOnlyDictionary<string, ServiceVisitRules> Services,
    IReadOnlyList<SegmentRule>? SegmentRules = null,
    HallRules? Hall = null,
    NoShowRequeue? NoShowRequeue = null,
    IReadOnlyDictionary<string, long>? PlannedPauses = null,
    IReadOnlyDictionary<string, long>? CallSpacing = null,
    IReadOnlyDictionary<string, long>? AutoCall = null,
    IReadOnlyDictionary<string, BufferRules>? Buffers = null,
    MoreTime? MoreTime = null)
{
    public static VisitRules None { get; } = new(new Dictionary<string, ServiceVisitRules>());

    internal ServiceVisitRules Of(string service) => Services.GetValueOrDefault(service) ?? ServiceVisitRules.None;

    internal HallRules OfHall => Hall ?? HallRules.Open;
}

/// <param name="Appointments">Null: the service's bookings have the defaults of <see cref="AppointmentRules"/>.</param>
/// <param name="DailyQuota">Tickets of one business day, walk-ins and check-ins; null: no limit.</param>
/// <param name="PerPerson">Visits of one person (by opaque id) to this service in one business day; null: no limit.</param>
/// <param name="BookingsOnly">Only customers with a booking get a ticket.</param>
public sealed record ServiceVisitRules(
    AppointmentRules? Appointments = null, int? DailyQuota = null, int? PerPerson = null, bool BookingsOnly = false)
{
    public static ServiceVisitRules None { get; } = new();
}

/// <summary>How a service's bookings become visits. All in milliseconds, 0 … 86,400,000.</summary>
/// <param name="EarlyMs">Check-in opens so long before the slot.</param>
/// <param name="LateMs">Until so long after the slot the customer still has an appointment.</param>
/// <param name="LateIsWalkIn">Later, the customer is an ordinary one (true) or refused (false).</param>
/// <param name="LapseMs">So long after the slot the booking lapses; at least <c>LateMs</c>.</param>
/// <param name="Priority">An appointment's, 1 … 99; null: the service's. The segment's counts when it is larger.</param>
/// <param name="TargetMs">An appointment's target wait from the slot on, from 1; null: the service's. The segment's counts when it is smaller.</param>
/// <param name="GuardMs">Counters are kept free for bookings due within so long; 0: never.</param>
public sealed record AppointmentRules(
    long EarlyMs, long LateMs, bool LateIsWalkIn, long LapseMs, int? Priority, long? TargetMs, long GuardMs)
{
    public static AppointmentRules Default { get; } = new(3_600_000, 900_000, true, 7_200_000, null, null, 0);
}

/// <summary>Which customers are of which segment, or wait in which queue. All that is said must fit; empty lists fit everybody.</summary>
/// <param name="Attributes">Attributes that the customer must have, all of them.</param>
/// <param name="Services">Services that the customer may have chosen.</param>
/// <param name="Languages">Languages that the customer may have chosen.</param>
/// <param name="Appointment">How the customer must have come; null: in any way.</param>
/// <param name="Segment">The segment that the customer gets; null: the one that came with the command, if any.</param>
/// <param name="Service">The queue that the customer waits in; null: the chosen service's.</param>
public sealed record SegmentRule(
    IReadOnlyList<string> Attributes, IReadOnlyList<string> Services, IReadOnlyList<string> Languages,
    Attendance? Appointment, string? Segment, string? Service);

/// <summary>How somebody comes, in relation to a booking.</summary>
public enum Attendance
{
    /// <summary>Without a booking.</summary>
    WithoutBooking,

    /// <summary>Before the slot.</summary>
    Early,

    /// <summary>With an appointment that waits now.</summary>
    OnTime,

    /// <summary>Too late for the appointment.</summary>
    Late,
}

/// <param name="MaxPeople">Most people in the hall, waiting, walking, served or parked, groups by their heads; null: no limit.</param>
/// <param name="PerPerson">Visits that one person (by opaque id) may have at a time; null: no limit.</param>
/// <param name="StopBeforeClosing">No ticket when the expected wait passes the service's closing time.</param>
/// <param name="Exceptions">Days that are other than their day of the week.</param>
public sealed record HallRules(
    HallMode Mode, int? MaxPeople, int? PerPerson, bool StopBeforeClosing, IReadOnlyList<DayException> Exceptions)
{
    public static HallRules Open { get; } = new(HallMode.Queue, null, null, false, []);
}

/// <summary>How people are taken in.</summary>
public enum HallMode
{
    /// <summary>Tickets for everybody.</summary>
    Queue,

    /// <summary>Only customers with a booking get a ticket.</summary>
    Bookings,

    /// <summary>No tickets: operators start and end services as people come.</summary>
    Live,
}

/// <param name="Day">Days since 1970-01-01, local.</param>
/// <param name="Services">The services that it is about; empty: all.</param>
/// <param name="Hours">When tickets are given on that day instead; empty: never.</param>
public sealed record DayException(int Day, IReadOnlyList<string> Services, IReadOnlyList<OpenSpan> Hours);

/// <param name="FromMinute">Minute of the local day, 0 … 1439.</param>
/// <param name="ToMinute">Exclusive; 1 … 1440.</param>
public sealed record OpenSpan(int FromMinute, int ToMinute);

/// <param name="Places">So many places back; null: to the end.</param>
/// <param name="Times">How often in a visit before NoShow ends it, 1 … 9.</param>
public sealed record NoShowRequeue(int? Places, int Times);

/// <param name="WorkProfile">Whose rule chooses who is called ahead; counters that have one of its services call from here first.</param>
/// <param name="Zone">Whose boards show who is called here.</param>
/// <param name="Size">Most people at a time, 1 … 100.</param>
/// <param name="Automatic">Tick keeps it full.</param>
public sealed record BufferRules(string WorkProfile, string Zone, int Size, bool Automatic);
