using System.Globalization;
using EdgeQueue.Cloud.Accounts;
using EdgeQueue.Cloud.Pages;
using EdgeQueue.Cloud.Reports.Charts;
using EdgeQueue.Cloud.Reports.Figures;
using EdgeQueue.Cloud.Reports.Periods;
using EdgeQueue.Cloud.Reports.Tables;

namespace EdgeQueue.Cloud.Reports;

/// <summary>A report for people: figures against another period or other branches, charts each with its table, and where to get it as a file.</summary>
internal sealed class ReportPage(ReportReader reader, ReportPlaces places, ReportsSettings settings, TimeProvider time)
{
    private static readonly HashSet<string> Short = ["Came", "Served", "No-shows", "Left", "Within target", "Wait mean", "Wait P90", "Serve mean", "Serve P90"];

    /// <summary>On a page; the files have all.</summary>
    private const int MostBranches = 200;

    /// <summary>Named above the figures; the table has all.</summary>
    public const int MostAway = 10;

    public async Task<IResult> ShowAsync(SignedIn who, HttpContext context)
    {
        DateOnly today = settings.Today(time);
        if (ReportQuestion.Of(context.Request.Query, today) is not { } question)
        {
            return Shell(400, await FormAsync(null, today, who.Sees, context.RequestAborted), Html.Of($"""
                <section class="card empty"><h2>This cannot be asked for</h2><p class="quiet">A period has its days in the years 2000 to 2199, at most {ReportPeriod.MostDays} of them, and its end is not before its beginning.</p></section>
                """));
        }

        Html form = await FormAsync(question, today, who.Sees, context.RequestAborted);
        (Report? report, string refusal) = await reader.ReadAsync(question.Scope, who.Sees, question.Period, context.RequestAborted);
        if (report is null)
        {
            return Shell(refusal.StartsWith("There is no", StringComparison.Ordinal) ? 404 : 200, form, Html.Of($"""<section class="card empty"><h2>No report</h2><p class="quiet">{refusal}</p></section>"""));
        }

        ReportAnswer other = question.Against is { } scope ? await reader.ReadAsync(scope, who.Sees, question.Period, context.RequestAborted)
            : question.AgainstBefore && question.Period.Before() is { } before ? await reader.ReadAsync(question.Scope, who.Sees, before, context.RequestAborted) : default;
        return Shell(200, form, Html.Of($"{Heading(question, report)}{Away(report)}{ReportFigures.Of(report, other.Report, question)}{(report.All.IsEmpty ? Nothing() : Body(report, question))}"));
    }

    private static Page Shell(int status, Html form, Html body) => new("Reports", Html.Of($"""<h1>Reports</h1>{form}{body}"""), Place: "/reports", Status: status);

    private static Html Away(Report report) => Html.When(
        report.Away.Count > 0, $"<div class=\"notice\" role=\"status\">{ReportTables.AwayWords(report, MostAway).Select(w => Html.Of($"<p>{w}</p>"))}</div>");

    private static Html Nothing() => Html.Of($"""<section class="card empty"><h2>Nothing happened</h2><p class="quiet">No branch of this choice has told of a ticket in this time. A branch that is away tells of it when it is back.</p></section>""");

    private async Task<Html> FormAsync(ReportQuestion? asked, DateOnly today, VisibleBranches sees, CancellationToken cancellation) =>
        ReportForm.Of(asked, today, await places.InAsync(ReportScope.All, sees, cancellation), await places.RegionsAsync(sees, cancellation));

    private static Html Heading(ReportQuestion question, Report report) => Html.Of($"""
        <div class="reporthead"><div><h2>{report.Title}</h2><p class="quiet">{report.Period.Words}</p></div>
        <nav class="actions" aria-label="Period and files">
        {(question.Period.Before() is { } before ? Html.Of($"<a class=\"button plain\" href=\"/reports?{question.Query(before)}\" rel=\"prev\">← Before</a>") : Html.Empty)}
        {(question.Period.After() is { } after ? Html.Of($"<a class=\"button plain\" href=\"/reports?{question.Query(after)}\" rel=\"next\">After →</a>") : Html.Empty)}
        <a class="button plain" href="/reports/report.xlsx?{question.Query()}">XLSX</a><a class="button plain" href="/reports/report.csv?{question.Query()}&amp;table=days">CSV</a></nav></div>
        """);

    private static Html Body(Report whole, ReportQuestion question)
    {
        Report report = whole.ByBranch.Count <= MostBranches ? whole : whole with { ByBranch = [.. whole.ByBranch.OrderByDescending(b => b.Sums.Issued).Take(MostBranches)] };
        Dictionary<string, ReportTable> tables = ReportTables.Of(report).ToDictionary(t => t.Id, StringComparer.Ordinal);
        string[] links = [.. report.ByBranch.Select(b => $"/reports?{(question with { Scope = new(null, [b.Id]) }).Query()}")];
        return Html.Of($"""
            <div class="grid charts">
            {Chart("Through the day", ReportCharts.Day(report), tables["times"], question)}
            {(report.Period.Days > 1 ? Chart("Day by day", ReportCharts.Days(report), tables["days"], question, Short) : Chart("Waiting through the day", ReportCharts.WaitThroughDay(report), tables["times"], question))}
            {Chart("How long people waited", ReportCharts.Spread(report.All.Waiting, "waited"), tables["spread"], question)}
            {Chart("How long serving took", ReportCharts.Spread(report.All.Serving, "were served"), tables["durations"], question)}
            </div>
            {Html.When(report.Period.Days > 1, $"""{Chart("Load by hour", ReportCharts.Week(report), tables["week"], question)}""")}
            {(report.ByBranch.Count > 0 ? Section("Branches", "branches", Html.Of($"{TablePiece.Of(tables["branches"], Short, links)}{Html.When(whole.ByBranch.Count > MostBranches, $"<p class=\"quiet small\">The {MostBranches} with the most people of {whole.ByBranch.Count}; the CSV has all.</p>")}"), question) : Html.Empty)}
            {Section("Services", "services", Html.Of($"{TablePiece.Of(tables["services"], Short)}{Html.When(report.Branches.Count > ServiceNames.MostBranches, $"<p class=\"quiet small\">Named as the first {ServiceNames.MostBranches} of these branches name them.</p>")}"), question)}
            {(report.Counters.Count > 0 ? Section("Counters", "counters", TablePiece.Of(tables["counters"], Short), question) : Html.Empty)}
            {Work(report, tables, question)}
            <div class="grid">{Section("Bookings", "bookings", TablePiece.Of(tables["bookings"]), question)}{Survey(report, tables, question)}</div>
            <p class="quiet small">Times are minutes:seconds of the branches' own clocks. Means are exact. Percentiles come from histograms with the bounds 15 and 30 s, 1, 2, 4, 7, 10, 15, 25, 45 and 90 min: the true one lies between the same two bounds,
            so one of three minutes is wrong by less than two, and one over 90 min is only known to be more. <a href="/reports/schedule">Send a report by itself</a></p>
            """);
    }

    private static Html Work(Report report, Dictionary<string, ReportTable> tables, ReportQuestion question) => report.Work is null
        ? Html.Of($"""<section class="card empty"><h2>Operators, outcomes, marks</h2><p class="quiet">There are more events in this choice than one report reads (setting <code>reports.mostEvents</code>). Choose a branch, or fewer days.</p></section>""")
        : Html.Of($"""
            <div class="grid">{Section("Operators", "operators", TablePiece.Of(tables["operators"]), question)}
            {Section("Outcomes", "outcomes", TablePiece.Of(tables["outcomes"]), question)}
            {(report.Work.Marks.Count > 0 ? Section("Marks", "marks", TablePiece.Of(tables["marks"]), question) : Html.Empty)}
            {(report.Work.Delivered.Count > 0 ? Section("Delivered services", "delivered", TablePiece.Of(tables["delivered"]), question) : Html.Empty)}</div>
            """);

    private static Html Survey(Report report, Dictionary<string, ReportTable> tables, ReportQuestion question)
    {
        long answers = report.Scores.Sum();
        return Section("Survey", "survey", answers == 0 ? Html.Of($"<p class=\"quiet\">Nobody has answered.</p>") : Html.Of($"""
            <p>{string.Create(CultureInfo.InvariantCulture, $"{report.Scores.Select((n, i) => n * (i + 1)).Sum() / (decimal)answers:0.0}")} of 5 in the mean, {answers} {(answers == 1 ? "answer" : "answers")}</p>{TablePiece.Of(tables["survey"])}
            """), question);
    }

    private static Html Section(string title, string table, Html body, ReportQuestion question) => Html.Of($"""
        <section class="card"><h2>{title} <a class="file" href="/reports/report.csv?{question.Query()}&amp;table={table}" aria-label="{title} as CSV">CSV</a></h2>{body}</section>
        """);

    private static Html Chart(string title, Html chart, ReportTable table, ReportQuestion question, IReadOnlySet<string>? only = null) => Html.Of($"""
        <section class="card"><h2>{title} <a class="file" href="/reports/report.csv?{question.Query()}&amp;table={table.Id}" aria-label="{title} as CSV">CSV</a></h2>
        <div class="scroll" tabindex="0" role="region" aria-label="{title}, chart">{chart}</div>
        <details><summary>As a table</summary>{TablePiece.Of(table, only)}</details></section>
        """);
}
