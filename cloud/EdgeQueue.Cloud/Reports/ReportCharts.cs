using System.Globalization;
using EdgeQueue.Cloud.Pages;
using EdgeQueue.Cloud.Reports.Charts;
using EdgeQueue.Cloud.Reports.Figures;
using EdgeQueue.Cloud.Reports.Tables;

namespace EdgeQueue.Cloud.Reports;

/// <summary>Which charts a report has, and what they say to who does not see them.</summary>
internal static class ReportCharts
{
    private static readonly string[] Weekdays = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

    /// <summary>Who came and who was served, by half hour: of several days all together.</summary>
    public static Html Day(Report report)
    {
        (int first, int last) = Span(report);
        IReadOnlyList<Sums> times = [.. report.HalfHours.Skip(first).Take(last - first + 1)];
        int busiest = Enumerable.Range(0, times.Count).MaxBy(i => times[i].Issued);

        // A clock that is a little ahead in a branch does not hide what has happened there.
        double?[] Known(Func<Sums, long> value) => [.. times.Select((t, i) => first + i < report.Begun || !t.IsEmpty ? value(t) : (double?)null)];
        return LineChart.Of(
            $"People who came and who were served, by half hour from {ReportTables.Clock(first)} on. Most came at {ReportTables.Clock(first + busiest)}: {Text(times[busiest].Issued)}.", "people per half hour",
            Words(first, last), [new(1, "came", Known(t => t.Issued)), new(2, "served", Known(t => t.Served))]);
    }

    public static Html WaitThroughDay(Report report)
    {
        (int first, int last) = Span(report);
        double?[] minutes = [.. report.HalfHours.Skip(first).Take(last - first + 1).Select(t => t.Waiting.MeanMs / 60_000.0)];
        return LineChart.Of(
            $"Mean wait of those who were called, in minutes, by half hour from {ReportTables.Clock(first)} on; {(minutes.Max() ?? 0).ToString("0.#", CultureInfo.InvariantCulture)} at the most.", "minutes, mean wait when called", Words(first, last), [new(1, "waited", minutes)]);
    }

    public static Html Days(Report report)
    {
        int every = Math.Max(1, (report.Days.Count + 13) / 14);
        return ColumnChart.Of(
            $"People who came, by day. {Text(report.All.Issued)} in all.", "people who came",
            [.. report.Days.Select((d, i) => new Bar(i % every != 0 ? "" : d.Day.ToString(report.Days.Count <= 7 ? "ddd d" : "d MMM", CultureInfo.InvariantCulture), d.Sums.Issued, Says(d.Day, d.Sums)))]);
    }

    public static Html Spread(Durations durations, string did)
    {
        IReadOnlyList<long> counts = durations.Counts;
        return ColumnChart.Of(
            $"How long people {did}: {(durations.At(50) is { } half && durations.At(90) is { } most ? $"half up to about {TablePiece.Clock(half.Ms)}, nine of ten up to about {TablePiece.Clock(most.Ms)} (minutes:seconds)" : "nobody")}.", $"people who {did} up to …",
            [.. counts.Select((n, i) => new Bar(ReportTables.BucketEnd(i), n, $"{ReportTables.Bucket(i)}: {Text(n)} people"))]);
    }

    /// <summary>Who came, by weekday and hour: of several weeks the mean.</summary>
    public static Html Week(Report report)
    {
        (int first, int last) = ReportTables.Hours(report);
        int[] days = [.. Enumerable.Range(0, 7).Select(d => report.Days.Count(day => ((int)day.Day.DayOfWeek + 6) % 7 == d))];
        long? At(int day, int hour) => days[day] == 0 ? null : (report.Week[day, first + hour].Issued + (days[day] / 2)) / days[day];
        (int Day, int Hour) worst = Enumerable.Range(0, 7).SelectMany(d => Enumerable.Range(0, last - first + 1).Select(h => (d, h))).MaxBy(c => At(c.d, c.h) ?? 0);
        return HeatMap.Of(
            $"People who came in an hour, by weekday and hour, in the mean of the days. Most on {Weekdays[worst.Day]} at {first + worst.Hour} o'clock: {Text(At(worst.Day, worst.Hour) ?? 0)}.",
            Weekdays, [.. Enumerable.Range(first, last - first + 1).Select(h => string.Create(CultureInfo.InvariantCulture, $"{h:00}"))], At,
            (d, h) => $"{Weekdays[d]} {Text(first + h)} to {Text(first + h + 1)}: {Text(At(d, h) ?? 0)} people");
    }

    private static string Says(DateOnly day, Sums sums) => string.Create(
        CultureInfo.InvariantCulture, $"{day:ddd d MMM}: {sums.Issued} came, {sums.Served} served{(sums.ServiceLevel is { } level ? $", {TablePiece.Share(level)} within target" : "")}");

    /// <summary>Half hours in which something happened, whole hours.</summary>
    private static (int First, int Last) Span(Report report)
    {
        int[] some = [.. Enumerable.Range(0, 48).Where(i => !report.HalfHours[i].IsEmpty)];
        return some.Length == 0 ? (16, 35) : (some[0] / 2 * 2, Math.Max((some[^1] / 2 * 2) + 1, (some[0] / 2 * 2) + 3));
    }

    private static string[] Words(int first, int last)
    {
        int every = last - first < 24 ? 2 : 4;
        return [.. Enumerable.Range(first, last - first + 1).Select(i => i % every == 0 ? ReportTables.Clock(i) : "")];
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
