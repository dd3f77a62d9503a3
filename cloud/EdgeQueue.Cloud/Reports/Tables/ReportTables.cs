using System.Globalization;
using EdgeQueue.Cloud.Ingest;
using EdgeQueue.Cloud.Reports.Figures;

namespace EdgeQueue.Cloud.Reports.Tables;

/// <summary>The tables of a report.</summary>
internal static class ReportTables
{
    private static readonly string[] Weekdays = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];

    private static readonly Heading[] SumColumns =
    [
        new("Came", Column.Count), new("Called", Column.Count), new("Served", Column.Count), new("No-shows", Column.Count), new("Left", Column.Count), new("Within target", Column.Share),
        new("Wait mean", Column.Duration), new("Wait P50", Column.Duration), new("Wait P90", Column.Duration), new("Wait P95", Column.Duration),
        new("Walk mean", Column.Duration), new("Serve mean", Column.Duration), new("Serve P50", Column.Duration), new("Serve P90", Column.Duration), new("Serve P95", Column.Duration),
    ];

    /// <summary>All of them; empty ones too, so that a workbook has the same sheets every time.</summary>
    public static IReadOnlyList<ReportTable> Of(Report report) =>
    [
        new("summary", "Summary", [new("Branches", Column.Text), new("From", Column.Date), new("To", Column.Date), .. SumColumns],
            [[report.Title, report.Period.From, report.Period.To, .. Cells(report.All)]]),
        new("durations", "Durations", [new("Duration", Column.Text), new("People", Column.Count), new("Mean", Column.Duration), new("P50", Column.Duration), new("P90", Column.Duration), new("P95", Column.Duration)],
            [Durations("Waiting", report.All.Waiting), Durations("Walking", report.All.Walking), Durations("Serving", report.All.Serving)]),
        new("days", "Days", [new("Day", Column.Date), .. SumColumns], report.Days.Select(d => (IReadOnlyList<object?>)[d.Day, .. Cells(d.Sums)])),
        HalfHours(report),
        Week(report),
        Spread(report),
        Named("branches", "Branches", "Branch", report.ByBranch),
        Named("services", "Services", "Service", report.Services),
        AtCounters(report.Counters),
        new("operators", "Operators", [new("Operator", Column.Text), new("Called", Column.Count), new("Served", Column.Count), new("Serve mean", Column.Duration)],
            (report.Work?.Operators ?? []).Select(o => (IReadOnlyList<object?>)[o.Operator.Length == 0 ? "(not signed in)" : o.Operator, o.Called, o.Served, o.MeanMs])),
        Words("outcomes", "Outcomes", "Outcome", report.Work?.Outcomes),
        Words("marks", "Marks", "Mark", report.Work?.Marks),
        Words("delivered", "Delivered services", "Service", report.Work?.Delivered, report.Names.Of),
        new("bookings", "Bookings", [new("Booked", Column.Text), new("Bookings", Column.Count)],
            [["Made in the period", report.Bookings.Made], ["With a time in the period: kept", report.Bookings.Kept], ["With a time in the period: missed", report.Bookings.Missed], ["With a time in the period: cancelled", report.Bookings.Cancelled], ["With a time in the period: still open", report.Bookings.Open]]),
        new("away", "Branches away", [new("Branch", Column.Text), new("Last heard (UTC)", Column.Text)],
            report.Away.Select(b => (IReadOnlyList<object?>)[b.Title, Heard(b)])),
        new("survey", "Survey", [new("Score", Column.Text), new("Answers", Column.Count)], report.Scores.Select((n, i) => (IReadOnlyList<object?>)[FormattableString.Invariant($"{i + 1} of 5"), n])),
    ];

    /// <summary>Words of a bucket of the histograms.</summary>
    public static string Bucket(int bucket) => bucket == 0 ? "up to 15 s" : bucket == Buckets.Count - 1 ? "over 90 min" : $"{Span(Buckets.Seconds[bucket - 1])} – {Span(Buckets.Seconds[bucket])}";

    /// <summary>Its upper bound, short.</summary>
    public static string BucketEnd(int bucket) => bucket == Buckets.Count - 1 ? "more" : Span(Buckets.Seconds[bucket]);

    /// <summary>When a branch was heard last, as people read it.</summary>
    public static string Heard(BranchPlace branch) => branch.HeardAt == 0 ? "never" : DateTime.UnixEpoch.AddMilliseconds(branch.HeardAt).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    /// <summary>A sentence for each that is away, so that nobody takes a missing figure for a quiet day.</summary>
    public static IReadOnlyList<string> AwayWords(Report report, int most) =>
    [
        .. report.Away.Take(most).Select(b => b.HeardAt == 0 ? $"{b.Title} has not reported how it is yet: figures of it may be missing." : $"{b.Title} has not reported since {Heard(b)} UTC: what happened there since is missing."),
        .. report.Away.Count > most ? [FormattableString.Invariant($"So it is with {report.Away.Count - most} more branches.")] : Array.Empty<string>(),
    ];

    private static string Span(int seconds) => seconds < 60 ? FormattableString.Invariant($"{seconds} s") : FormattableString.Invariant($"{seconds / 60} min");

    private static IReadOnlyList<object?> Cells(Sums sums)
    {
        (Durations waiting, Durations serving) = (sums.Waiting, sums.Serving);
        return
        [
            sums.Issued, sums.Called, sums.Served, sums.NoShows, sums.Left, sums.ServiceLevel,
            waiting.MeanMs, waiting.At(50)?.Ms, waiting.At(90)?.Ms, waiting.At(95)?.Ms, sums.Walking.MeanMs, serving.MeanMs, serving.At(50)?.Ms, serving.At(90)?.Ms, serving.At(95)?.Ms,
        ];
    }

    private static IReadOnlyList<object?> Durations(string name, Durations of) => [name, of.Count, of.MeanMs, of.At(50)?.Ms, of.At(90)?.Ms, of.At(95)?.Ms];

    private static ReportTable Named(string id, string title, string heading, IReadOnlyList<NamedSums> rows) => new(
        id, title, [new(heading, Column.Text), .. SumColumns], rows.Select(r => (IReadOnlyList<object?>)[r.Name, .. Cells(r.Sums)]));

    /// <summary>Nobody comes to a counter, or leaves one, before being called there.</summary>
    private static ReportTable AtCounters(IReadOnlyList<NamedSums> rows)
    {
        int[] shown = [.. Enumerable.Range(0, SumColumns.Length).Where(i => SumColumns[i].Words is not ("Came" or "Left"))];
        return new(
            "counters", "Counters", [new("Counter", Column.Text), .. shown.Select(i => SumColumns[i])],
            rows.Select(r => Cells(r.Sums) is var cells ? (IReadOnlyList<object?>)[r.Name, .. shown.Select(i => cells[i])] : []));
    }

    private static ReportTable Words(string id, string title, string heading, Dictionary<string, long>? counts, Func<string, string>? name = null) => new(
        id, title, [new(heading, Column.Text), new("Transactions", Column.Count)],
        (counts ?? []).OrderByDescending(o => o.Value).ThenBy(o => o.Key, StringComparer.Ordinal).Select(o => (IReadOnlyList<object?>)[o.Key.Length == 0 ? "(none)" : name?.Invoke(o.Key) ?? o.Key, o.Value]));

    private static ReportTable HalfHours(Report report) => new(
        "times", "Times of day", [new("From", Column.Text), new("Came", Column.Count), new("Called", Column.Count), new("Served", Column.Count), new("Wait mean", Column.Duration), new("Serve mean", Column.Duration)],
        report.HalfHours.Select((s, i) => (s, i)).Where(h => !h.s.IsEmpty).Select(h => (IReadOnlyList<object?>)[Clock(h.i), h.s.Issued, h.s.Called, h.s.Served, h.s.Waiting.MeanMs, h.s.Serving.MeanMs]));

    public static string Clock(int halfHour) => FormattableString.Invariant($"{halfHour / 2:00}:{halfHour % 2 * 30:00}");

    private static ReportTable Week(Report report)
    {
        (int first, int last) = Hours(report);
        return new(
            "week", "Load by hour", [new("Weekday", Column.Text), .. Enumerable.Range(first, last - first + 1).Select(h => new Heading(FormattableString.Invariant($"{h:00}"), Column.Count))],
            Enumerable.Range(0, 7).Select(d => (IReadOnlyList<object?>)[Weekdays[d], .. Enumerable.Range(first, last - first + 1).Select(h => (object?)report.Week[d, h].Issued)]));
    }

    /// <summary>The hours of the day in which somebody came; 8 to 17 when nobody did.</summary>
    public static (int First, int Last) Hours(Report report)
    {
        int[] hours = [.. Enumerable.Range(0, 24).Where(h => Enumerable.Range(0, 7).Any(d => report.Week[d, h].Issued > 0))];
        return hours.Length == 0 ? (8, 17) : (hours[0], hours[^1]);
    }

    private static ReportTable Spread(Report report)
    {
        (IReadOnlyList<long> waiting, IReadOnlyList<long> walking, IReadOnlyList<long> serving) = (report.All.Waiting.Counts, report.All.Walking.Counts, report.All.Serving.Counts);
        return new(
            "spread", "Distributions", [new("Duration", Column.Text), new("Waited", Column.Count), new("Walked", Column.Count), new("Were served", Column.Count)],
            Enumerable.Range(0, Buckets.Count).Select(i => (IReadOnlyList<object?>)[Bucket(i), waiting[i], walking[i], serving[i]]));
    }
}
