using System.Globalization;
using EdgeQueue.Cloud.Accounts;
using EdgeQueue.Cloud.Pages;
using EdgeQueue.Cloud.People;
using EdgeQueue.Cloud.Reports.Days;
using EdgeQueue.Cloud.Reports.Export;
using EdgeQueue.Cloud.Reports.Schedule;
using EdgeQueue.Cloud.Reports.Tables;
using EdgeQueue.Cloud.Start;
using EdgeQueue.Cloud.Web;

namespace EdgeQueue.Cloud.Reports;

/// <summary>What happened in the branches, added up.</summary>
internal sealed class ReportsRoom : IRoom
{
    /// <summary>Reports that one client may ask for in a minute: each reads thousands of rows.</summary>
    private const int Asks = 60;

    public void AddServices(IServiceCollection services, IConfiguration settings, SettingFaults faults)
    {
        ReportsSettings own = faults.Read<ReportsSettings>(settings, "reports");
        own.Check(faults);
        services.AddSingleton(own).AddSingleton<ReportPlaces>().AddSingleton<QuarterReader>().AddSingleton<DayReader>().AddSingleton<WorkReader>().AddSingleton<ReportReader>().AddSingleton<ReportPage>();
        services.AddSingleton<DayPacker>().AddHostedService<PackedDays>();
        services.AddSingleton<ScheduleStore>().AddSingleton<IKeptAbout, KeptSchedules>().AddSingleton<SchedulePages>().AddHostedService<ScheduledReports>();
    }

    public void MapRoutes(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder staff = routes.MapStaff();
        staff.MapGet("/reports", (SignedIn who, ReportPage page, HttpContext context) => page.ShowAsync(who, context)).Bounded(Asks).AddEndpointFilter(OrLaterAsync);
        staff.MapGet("/reports/report.csv", CsvAsync).Bounded(Asks).AddEndpointFilter(OrLaterAsync);
        staff.MapGet("/reports/report.xlsx", XlsxAsync).Bounded(Asks).AddEndpointFilter(OrLaterAsync);
        RouteGroupBuilder office = routes.MapHeadOffice();
        office.MapGet("/reports/schedule", (SchedulePages pages, HttpContext context) => pages.ShowAsync(TypedForm.Fresh, context)).Bounded(RequestBounds.Reads);
        office.MapPost("/reports/schedule", (SchedulePages pages, HttpContext context) => pages.AddAsync(context)).Bounded(RequestBounds.Writes);
        office.MapPost("/reports/schedule/{id:long}/remove", (long id, SchedulePages pages, HttpContext context) => pages.RemoveAsync(id, context)).Bounded(RequestBounds.Writes);
    }

    /// <summary>Whoever finds no room is told when to come again.</summary>
    private static async ValueTask<object?> OrLaterAsync(EndpointFilterInvocationContext call, EndpointFilterDelegate next)
    {
        try
        {
            return await next(call);
        }
        catch (ReportsBusyException)
        {
            call.HttpContext.Response.Headers.RetryAfter = "10";
            return Page.Message(503, "One moment, please", "Others have asked for reports that take long. Try again in ten seconds.", Audience.HeadOffice);
        }
    }

    /// <summary>One table of a report; which one says <c>table</c>.</summary>
    private static async Task<IResult> CsvAsync(SignedIn who, ReportReader reader, ReportsSettings settings, TimeProvider time, HttpContext context)
    {
        if (ReportQuestion.Of(context.Request.Query, settings.Today(time)) is not { } question)
        {
            return NotUnderstood();
        }

        (Report? report, string refusal) = await reader.ReadAsync(question.Scope, who.Sees, question.Period, context.RequestAborted);
        string id = context.Request.Query["table"].ToString();
        if (report is null)
        {
            return Page.Message(422, "No report", refusal, Audience.HeadOffice);
        }

        return ReportTables.Of(report).FirstOrDefault(t => t.Id == (id.Length == 0 ? "days" : id)) is { } table
            ? Results.Stream(stream => CsvText.WriteAsync(stream, table, context.RequestAborted), "text/csv; charset=utf-8", Name(report, "-" + table.Id + ".csv"))
            : NotUnderstood();
    }

    private static async Task<IResult> XlsxAsync(SignedIn who, ReportReader reader, ReportsSettings settings, TimeProvider time, HttpContext context)
    {
        if (ReportQuestion.Of(context.Request.Query, settings.Today(time)) is not { } question)
        {
            return NotUnderstood();
        }

        (Report? report, string refusal) = await reader.ReadAsync(question.Scope, who.Sees, question.Period, context.RequestAborted);
        if (report is null)
        {
            return Page.Message(422, "No report", refusal, Audience.HeadOffice);
        }

        // Some hundred kilobytes, a few megabytes of all branches there are: the rows of a report are its days, branches and services.
        var book = new MemoryStream();
        XlsxBook.Write(book, ReportTables.Of(report));
        return Results.Bytes(book.ToArray(), XlsxBook.MediaType, Name(report, ".xlsx"));
    }

    /// <summary>Of a file, without what a browser would have to change.</summary>
    internal static string Name(Report report, string end)
    {
        string of = report.Branches.Count == 1 ? report.Branches[0].Name : "report";
        return string.Create(CultureInfo.InvariantCulture, $"{of}-{ReportQuestion.KindWord(report.Period.Kind)}-{report.Period.From:yyyy-MM-dd}{end}");
    }

    private static Page NotUnderstood() => Page.Message(400, "This report cannot be asked for", "Its address is not complete. Begin at Reports in the menu.", Audience.HeadOffice);
}
