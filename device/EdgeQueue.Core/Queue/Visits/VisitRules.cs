namespace EdgeQueue.Core.Queue;

/// <summary>What the rules say about coming, waiting and leaving beside whom to call. What is left out is not used.</summary>
/// <param name="Services">By service; only those that say something.</param>
public sealed record VisitRules(IReadOnlyDictionary<string, ServiceVisitRules> Services)
{
    public static VisitRules None { get; } = new(new Dictionary<string, ServiceVisitRules>());

    internal ServiceVisitRules Of(string service) => Services.GetValueOrDefault(service) ?? ServiceVisitRules.None;
}

/// <param name="Appointments">Null: the service's bookings have the defaults of <see cref="AppointmentRules"/>.</param>
public sealed record ServiceVisitRules(AppointmentRules? Appointments = null)
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
