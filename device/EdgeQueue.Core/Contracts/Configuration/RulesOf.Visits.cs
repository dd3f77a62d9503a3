using System.Globalization;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Core.Contracts.Configuration;

internal static partial class RulesOf
{
    private const long Minute = 60_000;

    /// <summary>Null: the configuration says nothing about it, and its rules are those of a branch that never heard of it.</summary>
    private static VisitRules? Visits(BranchConfiguration branch)
    {
        var rules = new VisitRules(
            branch.Services.Where(s => s.Appointments is not null || s.Limits is not null).ToDictionary(s => s.Id, OfService),
            branch.SegmentRules.Count == 0 ? null : [.. branch.SegmentRules.Select(OfSegment)],
            branch.Hall is null ? null : OfHall(branch.Hall),
            branch.Policy.NoShowRequeue is { } requeue ? new NoShowRequeue(requeue.Places, requeue.Times) : null,
            OrNull(branch.Pauses.ToDictionary(p => p.Reason, p => p.Minutes * Minute)),
            OrNull(branch.Zones.Where(z => z.CallSpacingSeconds > 0).ToDictionary(z => z.Id, z => z.CallSpacingSeconds * 1000L)),
            OrNull(branch.Counters.Where(c => c.AutoCallSeconds is not null).ToDictionary(c => c.Id, c => c.AutoCallSeconds!.Value * 1000L)),
            OrNull(branch.Buffers.ToDictionary(b => b.Id, b => new BufferRules(b.WorkProfile, b.Zone, b.Size, b.Automatic))),
            branch.Policy.MoreTime is { } more ? new MoreTime(more.Minutes, more.Times) : null);
        return rules is { Services.Count: 0, SegmentRules: null, Hall: null, NoShowRequeue: null, PlannedPauses: null, CallSpacing: null, AutoCall: null, Buffers: null, MoreTime: null }
            ? null
            : rules;
    }

    private static Dictionary<string, T>? OrNull<T>(Dictionary<string, T> named) => named.Count == 0 ? null : named;

    private static ServiceVisitRules OfService(ServiceConfiguration service) => new(
        service.Appointments is not { } own ? null : new AppointmentRules(
            own.EarlyMinutes * Minute, own.LateMinutes * Minute, own.Late == "walkIn", own.LapseMinutes * Minute, own.Priority,
            own.TargetWaitSeconds * 1000L, own.GuardMinutes * Minute),
        service.Limits?.DailyQuota, service.Limits?.PerPerson, service.Limits?.BookingsOnly ?? false);

    private static SegmentRule OfSegment(SegmentRuleConfiguration rule) => new(
        rule.Attributes, rule.Services, rule.Languages,
        rule.Appointment switch
        {
            "none" => Attendance.WithoutBooking,
            "early" => Attendance.Early,
            "onTime" => Attendance.OnTime,
            "late" => Attendance.Late,
            _ => null,
        },
        rule.Segment, rule.Service);

    private static HallRules OfHall(HallConfiguration hall) => new(
        hall.Mode switch { "live" => HallMode.Live, "bookings" => HallMode.Bookings, _ => HallMode.Queue },
        hall.MaxPeople, hall.PerPerson, hall.StopBeforeClosing,
        [.. hall.Exceptions.Select(e => new DayException(
            DayOf(e.Date)!.Value, e.Services,
            [.. e.Hours.Select(h => new OpenSpan(TimeOfDay.MinuteOf(h.From)!.Value, TimeOfDay.MinuteOf(h.To)!.Value))]))]);

    /// <summary>Days since 1970-01-01; null: there is no such date.</summary>
    public static int? DayOf(string? date) =>
        DateOnly.TryParseExact(date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)
            ? day.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber
            : null;
}
