using System.Globalization;
using EdgeQueue.Cloud.Bookings.Offers;

namespace EdgeQueue.Cloud.Bookings.Slots;

/// <summary>A slot: instants in milliseconds since 1970 UTC, and what a clock on the branch's wall shows at its begin.</summary>
internal sealed record Slot(long StartsAt, long EndsAt, DateTime Local);

/// <summary>
/// Which slots a service has, whoever has taken them. A slot is the instant of a local time on the wall. When the clocks go forward, the hour
/// that does not exist has no slots; when they go back, the double hour is offered once, the first time it passes. Slots never overlap.
/// </summary>
/// <param name="branch">Without faults.</param>
/// <param name="service">One of the branch.</param>
/// <param name="officer">Whose calendar it is; null: the service's own.</param>
internal sealed class SlotCalendar(BranchOffer branch, ServiceOffer service, OfficerOffer? officer = null)
{
    private const long Minute = 60_000;

    private readonly TimeZoneInfo _zone = TimeZoneInfo.FindSystemTimeZoneById(branch.TimeZone);
    private readonly IReadOnlyList<TimeRange> _breaks = Ranges([.. branch.Breaks, .. service.Breaks ?? [], .. officer?.Breaks ?? []]);

    /// <summary>The date on the branch's wall.</summary>
    public DateOnly DateAt(long utcMs) => DateOnly.FromDateTime(LocalAt(utcMs));

    public DateTime LocalAt(long utcMs) => TimeZoneInfo.ConvertTimeFromUtc(DateTime.UnixEpoch.AddMilliseconds(utcMs), _zone);

    /// <summary>The last day that can be booked.</summary>
    public DateOnly LastDay(long now) => DateAt(now).AddDays(service.HorizonDays);

    /// <summary>All slots of a day, in order.</summary>
    public IReadOnlyList<Slot> Of(DateOnly day)
    {
        var slots = new List<Slot>();
        long free = long.MinValue;
        foreach (TimeRange open in OpenOn(day))
        {
            long closes = UtcOf(day, open.To);
            for (int at = open.From; at + service.Minutes <= open.To; at += service.Minutes + service.BufferMinutes)
            {
                DateTime local = day.ToDateTime(TimeOnly.MinValue).AddMinutes(at);
                long starts = UtcOf(day, at);
                long ends = starts + (service.Minutes * Minute);
                if (_zone.IsInvalidTime(local) || starts < free || ends > closes)
                {
                    continue;
                }

                slots.Add(new(starts, ends, local));
                free = ends + (service.BufferMinutes * Minute);
            }
        }

        return slots;
    }

    /// <summary>Those of a day that can be booked now: not too soon, not too far ahead.</summary>
    public IEnumerable<Slot> OfferedOn(DateOnly day, long now) => day > LastDay(now) ? [] : Of(day).Where(s => s.StartsAt >= now + (service.NoticeMinutes * Minute));

    /// <summary>The slot that begins at an instant, when it can be booked now.</summary>
    public Slot? Find(long startsAt, long now) =>
        startsAt is < 0 or > 4_102_444_800_000 ? null : OfferedOn(DateAt(startsAt), now).FirstOrDefault(s => s.StartsAt == startsAt);

    /// <summary>Whether it has a slot that begins at an instant, however soon.</summary>
    public bool Has(long startsAt) => Slot(startsAt) is not null;

    public Slot? Slot(long startsAt) => startsAt is < 0 or > 4_102_444_800_000 ? null : Of(DateAt(startsAt)).FirstOrDefault(s => s.StartsAt == startsAt);

    /// <summary>When people are served on a day, breaks taken out, in order.</summary>
    public IEnumerable<TimeRange> OpenOn(DateOnly day) => TimeRange.Without(HoursOf(day), _breaks).OrderBy(r => r.From);

    /// <summary>An officer's hours are within the service's.</summary>
    private IReadOnlyList<TimeRange> HoursOf(DateOnly day) => officer is null ? ServiceHoursOf(day)
        : officer.Exceptions.FirstOrDefault(e => e.Date == Date(day)) is { } other ? TimeRange.Within(ServiceHoursOf(day), Ranges(other.Hours ?? []))
        : officer.Hours is null ? ServiceHoursOf(day)
        : officer.Hours.TryGetValue(Weekday(day), out IReadOnlyList<string>? hours) ? TimeRange.Within(ServiceHoursOf(day), Ranges(hours)) : [];

    private IReadOnlyList<TimeRange> ServiceHoursOf(DateOnly day)
    {
        string date = Date(day);
        if ((service.Exceptions.FirstOrDefault(e => e.Date == date) ?? branch.Exceptions.FirstOrDefault(e => e.Date == date)) is { } other)
        {
            return Ranges(other.Hours ?? []);
        }

        return (service.Hours ?? branch.Hours).TryGetValue(Weekday(day), out IReadOnlyList<string>? hours) ? Ranges(hours) : [];
    }

    private static string Date(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    /// <summary>DayOfWeek begins with Sunday.</summary>
    private static string Weekday(DateOnly day) => OfferChecks.Weekdays[((int)day.DayOfWeek + 6) % 7];

    /// <summary>The first instant at which the wall shows it; a time that does not exist is the instant at which the clocks go forward.</summary>
    public long UtcOf(DateOnly day, int minute)
    {
        DateTime local = day.ToDateTime(TimeOnly.MinValue).AddMinutes(minute);
        int missing = 0;
        while (_zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(-1);
            missing = 1;
        }

        TimeSpan offset = _zone.IsAmbiguousTime(local) ? _zone.GetAmbiguousTimeOffsets(local).Max() : _zone.GetUtcOffset(local);
        return (long)(local - offset - DateTime.UnixEpoch).TotalMilliseconds + (missing * Minute);
    }

    private static IReadOnlyList<TimeRange> Ranges(IReadOnlyList<string> texts) => [.. texts.Select(t => TimeRange.Of(t)!.Value)];
}
