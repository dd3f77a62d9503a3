using EdgeQueue.Cloud.Reports.Periods;

namespace EdgeQueue.Tests.Cloud.Reports;

/// <summary>Days, weeks and months of a branch's own clock, and both changes of the year.</summary>
public sealed class PeriodTests
{
    private static readonly LocalDays Oslo = new(TimeZoneInfo.FindSystemTimeZoneById("Europe/Oslo"));

    [Theory]
    [InlineData("2026-03-28", 96)]
    [InlineData("2026-03-29", 92)] // 02:00 becomes 03:00
    [InlineData("2026-10-24", 96)]
    [InlineData("2026-10-25", 100)] // 03:00 becomes 02:00
    public void A_day_has_as_many_quarters_as_the_clock_on_the_wall_shows(string text, int quarters)
    {
        DateOnly day = DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
        long[] all = [.. Enumerable.Range(0, quarters).Select(i => Oslo.StartOf(day) + i)];

        Assert.Equal(quarters, Oslo.StartOf(day.AddDays(1)) - Oslo.StartOf(day));
        Assert.All(all, q => Assert.Equal(day, DateOnly.FromDateTime(Oslo.LocalOf(q))));
        Assert.NotEqual(day, DateOnly.FromDateTime(Oslo.LocalOf(all[0] - 1)));
        Assert.NotEqual(day, DateOnly.FromDateTime(Oslo.LocalOf(all[^1] + 1)));
        // In spring nobody came between two and three, in autumn twice as many quarters are of that hour.
        Assert.Equal(quarters - 92, all.Count(q => Oslo.LocalOf(q).Hour == 2));
    }

    [Fact]
    public void Nine_o_clock_is_nine_o_clock_before_and_after_the_change()
    {
        foreach ((int month, int day, int utcHour) in new[] { (3, 28, 8), (3, 29, 7), (10, 24, 7), (10, 25, 8) })
        {
            long quarter = (long)(new DateTime(2026, month, day, utcHour, 0, 0) - DateTime.UnixEpoch).TotalMilliseconds / LocalDays.QuarterMs;
            Assert.Equal(new DateTime(2026, month, day, 9, 0, 0), Oslo.LocalOf(quarter));
        }
    }

    [Fact]
    public void Where_midnight_is_skipped_the_day_begins_with_its_first_moment()
    {
        // Beirut goes from 2026-03-29 00:00 to 01:00; Havana's clock shows 00:00 twice on 2026-11-01.
        var beirut = new LocalDays(TimeZoneInfo.FindSystemTimeZoneById("Asia/Beirut"));
        var havana = new LocalDays(TimeZoneInfo.FindSystemTimeZoneById("America/Havana"));

        Assert.Equal(new DateTime(2026, 3, 29, 1, 0, 0), beirut.LocalOf(beirut.StartOf(new(2026, 3, 29))));
        Assert.Equal(92, beirut.StartOf(new(2026, 3, 30)) - beirut.StartOf(new(2026, 3, 29)));
        Assert.Equal(100, havana.StartOf(new(2026, 11, 2)) - havana.StartOf(new(2026, 11, 1)));
    }

    [Fact]
    public void Quarters_are_whole_where_the_offset_is_not_whole_hours()
    {
        var kathmandu = new LocalDays(TimeZoneInfo.FindSystemTimeZoneById("Asia/Kathmandu"));

        Assert.Equal(new DateTime(2026, 11, 22), kathmandu.LocalOf(kathmandu.StartOf(new(2026, 11, 22))));
    }

    [Theory]
    [InlineData("2026-11-22", "2026-11-16", "2026-11-22")] // a Sunday
    [InlineData("2026-11-23", "2026-11-23", "2026-11-29")]
    [InlineData("2027-01-01", "2026-12-28", "2027-01-03")]
    public void A_week_is_from_monday_to_sunday(string day, string from, string to)
    {
        ReportPeriod week = ReportPeriod.Of(PeriodKind.Week, Day(day));

        Assert.Equal((Day(from), Day(to)), (week.From, week.To));
        Assert.Equal(week.From.AddDays(-7), week.Before()!.From);
        Assert.Equal(week, week.Before()!.After());
    }

    [Fact]
    public void The_month_before_march_is_the_whole_of_february()
    {
        ReportPeriod before = ReportPeriod.Of(PeriodKind.Month, Day("2028-03-31")).Before()!;

        Assert.Equal((Day("2028-02-01"), Day("2028-02-29"), 29), (before.From, before.To, before.Days));
    }

    [Fact]
    public void A_range_is_followed_by_as_many_days_and_has_an_end_and_a_bound()
    {
        ReportPeriod range = ReportPeriod.Range(Day("2026-11-01"), Day("2026-11-10"))!;

        Assert.Equal((Day("2026-10-22"), Day("2026-10-31")), (range.Before()!.From, range.Before()!.To));
        Assert.Null(ReportPeriod.Range(Day("2026-11-02"), Day("2026-11-01")));
        Assert.Null(ReportPeriod.Range(Day("2026-01-01"), Day("2027-01-02")));
    }

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);
}
