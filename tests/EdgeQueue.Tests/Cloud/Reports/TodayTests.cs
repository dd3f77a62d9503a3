using EdgeQueue.Cloud.Reports;
using EdgeQueue.Cloud.Reports.Periods;

namespace EdgeQueue.Tests.Cloud.Reports;

public sealed class TodayTests
{
    private static readonly DateOnly Day = new(2026, 11, 23);

    [Theory]
    [InlineData("2026-11-23T09:10:00", 19)]
    [InlineData("2026-11-23T09:30:00", 20)]
    [InlineData("2026-11-23T23:59:00", 48)]
    [InlineData("2026-11-24T00:00:00", 48)]
    [InlineData("2026-11-22T23:59:00", 0)]
    public void Half_hours_of_today_that_are_still_to_come_have_not_begun(string clock, int begun) =>
        Assert.Equal(begun, Of(new(PeriodKind.Day, Day, Day), clock).Begun);

    [Fact]
    public void Where_clocks_differ_it_is_the_one_that_is_ahead() =>
        Assert.Equal(23, Of(new(PeriodKind.Day, Day, Day), "2026-11-23T09:10:00", "2026-11-23T11:10:00", "2026-11-23T07:10:00").Begun);

    [Fact]
    public void Of_several_days_every_half_hour_has_been() =>
        Assert.Equal(48, Of(new(PeriodKind.Range, Day.AddDays(-1), Day), "2026-11-23T09:10:00").Begun);

    private static Report Of(ReportPeriod period, params string[] clocks)
    {
        var adding = new ReportSums(period);
        foreach (string clock in clocks)
        {
            adding.AddClock(DateTime.Parse(clock, System.Globalization.CultureInfo.InvariantCulture));
        }

        return adding.Report(ReportScope.All, [], new(), [], null, BookingFigures.None, [], []);
    }
}
