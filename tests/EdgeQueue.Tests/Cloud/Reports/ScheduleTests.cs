using System.Globalization;
using EdgeQueue.Cloud.Reports;
using EdgeQueue.Cloud.Reports.Figures;
using EdgeQueue.Cloud.Reports.Periods;
using EdgeQueue.Cloud.Reports.Schedule;

namespace EdgeQueue.Tests.Cloud.Reports;

/// <summary>When a report by schedule is due, by the clock on head office's wall.</summary>
public sealed class ScheduleTests
{
    private static readonly LocalDays Oslo = new(TimeZoneInfo.FindSystemTimeZoneById("Europe/Oslo"));

    [Theory]
    [InlineData("day", "2026-11-22T04:59:59Z", "2026-11-20")]
    [InlineData("day", "2026-11-22T05:00:00Z", "2026-11-21")]
    // In summer Oslo is two hours ahead; on the days of the change the wall's six o'clock counts, five and seven hours after midnight.
    [InlineData("day", "2026-07-02T03:59:59Z", "2026-06-30")]
    [InlineData("day", "2026-07-02T04:00:00Z", "2026-07-01")]
    [InlineData("day", "2026-03-29T03:59:59Z", "2026-03-27")]
    [InlineData("day", "2026-03-29T04:00:00Z", "2026-03-28")]
    [InlineData("day", "2026-10-25T04:59:59Z", "2026-10-23")]
    [InlineData("day", "2026-10-25T05:00:00Z", "2026-10-24")]
    [InlineData("week", "2026-11-23T04:00:00Z", "2026-11-09")]
    [InlineData("week", "2026-11-23T05:00:00Z", "2026-11-16")]
    [InlineData("month", "2026-11-30T22:00:00Z", "2026-10-01")]
    [InlineData("month", "2026-12-01T05:00:00Z", "2026-11-01")]
    public void The_last_period_is_due_from_six_o_clock_on(string period, string now, string from)
    {
        ReportPeriod due = Schedule(period, "2026-01-01T00:00:00Z").DueAt(Ms(now), Oslo)!;

        Assert.Equal(from, due.From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    [Theory]
    // In the night of 29 March there is no two o'clock: what is due then is due at three, as what is due at three.
    [InlineData(2, "2026-03-29T00:59:59Z", "2026-03-27")]
    [InlineData(2, "2026-03-29T01:00:00Z", "2026-03-28")]
    [InlineData(3, "2026-03-29T00:59:59Z", "2026-03-27")]
    [InlineData(3, "2026-03-29T01:00:00Z", "2026-03-28")]
    // On 25 October it comes twice: the first counts.
    [InlineData(2, "2026-10-24T23:59:59Z", "2026-10-23")]
    [InlineData(2, "2026-10-25T00:00:00Z", "2026-10-24")]
    public void An_hour_that_is_skipped_is_the_next_one(long hour, string now, string from)
    {
        ReportPeriod due = (Schedule("day", "2026-01-01T00:00:00Z") with { Hour = hour }).DueAt(Ms(now), Oslo)!;

        Assert.Equal(from, due.From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
    }

    [Fact]
    public void What_had_ended_before_the_schedule_was_made_is_not_sent()
    {
        ReportSchedule made = Schedule("day", "2026-11-22T10:00:00Z");

        Assert.Null(made.DueAt(Ms("2026-11-22T10:00:05Z"), Oslo));
        Assert.Null(made.DueAt(Ms("2026-11-23T04:59:00Z"), Oslo));
        Assert.NotNull(made.DueAt(Ms("2026-11-23T05:00:00Z"), Oslo));
    }

    [Fact]
    public void A_program_is_told_of_a_day_on_which_nobody_was_called_that_there_is_no_mean_and_no_share()
    {
        var day = ReportPeriod.Of(PeriodKind.Day, new(2026, 11, 22));
        Report quiet = new ReportSums(day).Report(ReportScope.All, [], new(), [], null, BookingFigures.None, new long[5], []);

        string json = ScheduledReports.Json("report:1:2026-11-22", Schedule("day", "2026-11-20T10:00:00Z"), day, quiet, "", "", "", []);

        Assert.Contains("\"issued\":0", json, StringComparison.Ordinal);
        Assert.Contains("\"withinTargetThousandths\":null,\"waitMeanMs\":null,\"serveMeanMs\":null", json, StringComparison.Ordinal);
    }

    private static ReportSchedule Schedule(string period, string made) => new(1, "Daily", "", period, 6, "mail", "a@example.org", Ms(made));

    private static long Ms(string text) => DateTimeOffset.Parse(text, CultureInfo.InvariantCulture).ToUnixTimeMilliseconds();
}
