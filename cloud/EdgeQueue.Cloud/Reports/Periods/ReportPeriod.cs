using System.Globalization;

namespace EdgeQueue.Cloud.Reports.Periods;

internal enum PeriodKind
{
    Day,

    /// <summary>Monday to Sunday (ISO 8601).</summary>
    Week,

    Month,

    /// <summary>Any days.</summary>
    Range,
}

/// <summary>Whole business days, each branch's own; both ends are in it.</summary>
internal sealed record ReportPeriod(PeriodKind Kind, DateOnly From, DateOnly To)
{
    /// <summary>Days that a report may be of.</summary>
    public const int MostDays = 366;

    public int Days => To.DayNumber - From.DayNumber + 1;

    /// <summary>The period of this kind that a day is in.</summary>
    public static ReportPeriod Of(PeriodKind kind, DateOnly day) => kind switch
    {
        PeriodKind.Week => Week(day.AddDays(-(((int)day.DayOfWeek + 6) % 7))),
        PeriodKind.Month => Month(new DateOnly(day.Year, day.Month, 1)),
        _ => new(PeriodKind.Day, day, day),
    };

    /// <returns>Null: the end is before the beginning, or it is too long.</returns>
    public static ReportPeriod? Range(DateOnly from, DateOnly to) => to < from || to.DayNumber - from.DayNumber >= MostDays ? null : new(PeriodKind.Range, from, to);

    /// <summary>The one before it, of the same kind; of a range as many days. Null: there is none in the calendar.</summary>
    public ReportPeriod? Before() => From.DayNumber < MostDays ? null : Kind switch
    {
        PeriodKind.Range => new(Kind, From.AddDays(-Days), From.AddDays(-1)),
        _ => Of(Kind, From.AddDays(-1)),
    };

    /// <summary>The one after it; null: there is none in the calendar.</summary>
    public ReportPeriod? After() => DateOnly.MaxValue.DayNumber - To.DayNumber < MostDays ? null : Kind switch
    {
        PeriodKind.Range => new(Kind, To.AddDays(1), To.AddDays(Days)),
        _ => Of(Kind, To.AddDays(1)),
    };

    /// <summary>As people read it.</summary>
    public string Words => Kind switch
    {
        PeriodKind.Day => string.Create(CultureInfo.InvariantCulture, $"{From:dddd, d MMMM yyyy}"),
        PeriodKind.Week => string.Create(CultureInfo.InvariantCulture, $"Week {ISOWeek.GetWeekOfYear(From.ToDateTime(TimeOnly.MinValue))}, {From:d MMMM} – {To:d MMMM yyyy}"),
        PeriodKind.Month => string.Create(CultureInfo.InvariantCulture, $"{From:MMMM yyyy}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{From:d MMMM yyyy} – {To:d MMMM yyyy}"),
    };

    private static ReportPeriod Week(DateOnly monday) => new(PeriodKind.Week, monday, monday.DayNumber > DateOnly.MaxValue.DayNumber - 6 ? DateOnly.MaxValue : monday.AddDays(6));

    private static ReportPeriod Month(DateOnly first) => new(PeriodKind.Month, first, new(first.Year, first.Month, DateTime.DaysInMonth(first.Year, first.Month)));
}
