using EdgeQueue.Core.Queue;

namespace EdgeQueue.Tests.Queue.Support;

/// <summary>Short ways to say what is about coming, waiting and leaving; times are seconds after the branch opened at 09:00.</summary>
internal static class VisitSay
{
    public static readonly string Phone = new('a', 64);

    /// <summary>The small branch with rules for visits.</summary>
    public static BranchRules Rules(VisitRules visits) => TestRules.Branch with { Visits = visits };

    /// <summary>Cash takes bookings: half an hour early, ten minutes late.</summary>
    public static BranchRules Appointments(
        bool lateIsWalkIn = true, int? priority = null, long? targetMs = null, int guardMinutes = 0, int lapseMinutes = 20) =>
        Rules(VisitRules.None with
        {
            Services = new Dictionary<string, ServiceVisitRules>
            {
                ["cash"] = new(new AppointmentRules(1_800_000, 600_000, lateIsWalkIn, lapseMinutes * 60_000, priority, targetMs, guardMinutes * 60_000)),
            },
        });

    public static Booking Booked(
        string id, double slot, string service = "cash", string? phone = null, string? token = null, string? segment = null, int people = 1) =>
        new(id, service, Say.At(slot).Milliseconds, phone, null, segment, null, null, people) { Token = token };

    public static BookingPlaced Placed(string id, double slot, string service = "cash", string? phone = null, string? token = null, string? segment = null) =>
        new(Booked(id, slot, service, phone, token, segment), Say.At(0));

    public static CheckIn Comes(string id, double at, string press = "press-in", CheckInBy by = CheckInBy.Number) =>
        new(press, by, id, null, Say.At(at));
}
