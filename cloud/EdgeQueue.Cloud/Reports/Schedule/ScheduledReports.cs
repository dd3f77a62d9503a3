using System.Data.Common;
using System.Globalization;
using System.Text;
using System.Text.Json;
using EdgeQueue.Cloud.Accounts;
using EdgeQueue.Cloud.Mail;
using EdgeQueue.Cloud.Reports.Export;
using EdgeQueue.Cloud.Reports.Periods;
using EdgeQueue.Cloud.Reports.Tables;
using EdgeQueue.Cloud.Start;
using EdgeQueue.Cloud.Storage;

namespace EdgeQueue.Cloud.Reports.Schedule;

/// <summary>
/// Puts the reports that are due into the outbox, each once: its key is the schedule and the period, whichever replica does it and whatever is restarted. What ended
/// while nothing ran is sent when something runs again, the last period only. One that fails does not keep the others.
/// </summary>
internal sealed class ScheduledReports(
    ScheduleStore store, ReportReader reader, ReportPlaces places, NoticeOutbox outbox, IDatabase database, ReportsSettings settings, CloudSettings cloud, TimeProvider time, Complaints complaints, ILogger<ScheduledReports> log) : BackgroundService
{
    /// <summary>A report is news for so long.</summary>
    private const long Useful = 7L * 86_400_000;

    /// <summary>One that failed is tried again after so long: what failed may have cost the database half a minute.</summary>
    private const long Again = 5 * 60_000;

    /// <summary>For the last branch's midnight nobody waits longer: a day later the next period would be due, and this one would never be sent.</summary>
    private const long LongestWait = 22 * 3_600_000;

    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    /// <summary>By the key of the notice: it is not looked at before then.</summary>
    private readonly Dictionary<string, long> _notBefore = new(StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Look, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await LookAsync(stoppingToken);
            }
            catch (DbException fault)
            {
                if (complaints.MaySay("database", "reports"))
                {
                    ReportsLog.NoDatabase(log, fault.Message);
                }
            }
            catch (Exception fault) when (!stoppingToken.IsCancellationRequested)
            {
                // Whatever it is, the host goes on.
                if (complaints.MaySay("broke", "reports"))
                {
                    ReportsLog.Broke(log, fault);
                }
            }
        }
    }

    private async Task LookAsync(CancellationToken stop)
    {
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        var office = new LocalDays(settings.FindZone());
        Dictionary<string, (ReportSchedule Schedule, ReportPeriod Period)> due = (await store.AllAsync(stop))
            .Select(s => (Schedule: s, Period: s.DueAt(now, office))).Where(d => d.Period is not null)
            .ToDictionary(d => string.Create(CultureInfo.InvariantCulture, $"report:{d.Schedule.Id}:{d.Period!.From:yyyy-MM-dd}"), d => (d.Schedule, d.Period!), StringComparer.Ordinal);
        foreach (string gone in _notBefore.Keys.Where(k => !due.ContainsKey(k)).ToList())
        {
            _notBefore.Remove(gone);
        }

        if (due.Count == 0)
        {
            return;
        }

        IReadOnlySet<string> told = await store.ToldAsync(due.Keys, stop);
        foreach ((string key, (ReportSchedule schedule, ReportPeriod period)) in due.Where(d => !told.Contains(d.Key) && _notBefore.GetValueOrDefault(d.Key) <= now))
        {
            try
            {
                long over = await OverAsync(schedule, period, stop);
                if (over > now)
                {
                    _notBefore[key] = over;
                    continue;
                }

                NoticeIntent intent = await IntentAsync(key, schedule, period, now, stop);
                await database.WriteAsync(t => outbox.AddAsync(t, intent), stop);
            }
            catch (Exception fault) when (!stop.IsCancellationRequested)
            {
                _notBefore[key] = time.GetUtcNow().ToUnixTimeMilliseconds() + Again;
                if (complaints.MaySay("report", key))
                {
                    ReportsLog.Failed(log, fault, schedule.Id);
                }
            }
        }
    }

    /// <summary>When the period is over in every branch of it: those in the west are open still when head office's day has ended.</summary>
    private async Task<long> OverAsync(ReportSchedule schedule, ReportPeriod period, CancellationToken stop)
    {
        TimeZoneInfo office = settings.FindZone();
        DateOnly after = period.To.AddDays(1);
        long own = new LocalDays(office).StartMs(after);
        long last = (await places.InAsync(ReportScope.Of(schedule.Scope) ?? ReportScope.All, VisibleBranches.All, stop))
            .Select(b => b.Zone).Distinct(StringComparer.Ordinal).Select(z => new LocalDays(LocalDays.Zone(z, office)).StartMs(after)).Append(own).Max();
        return Math.Min(last, own + LongestWait);
    }

    private async Task<NoticeIntent> IntentAsync(string key, ReportSchedule schedule, ReportPeriod period, long now, CancellationToken stop)
    {
        (Report? report, string refusal) = await reader.ReadAsync(ReportScope.Of(schedule.Scope) ?? ReportScope.All, VisibleBranches.All, period, stop);
        string subject = $"{schedule.Name}: {period.Words}";
        string link = $"{cloud.PublicUrl}/reports?{new ReportQuestion(ReportScope.Of(schedule.Scope) ?? ReportScope.All, period, null, AgainstBefore: true).Query()}";
        byte[] book = report is null ? [] : Book(report);
        string file = report is null ? "" : ReportsRoom.Name(report, ".xlsx");
        return schedule.Channel == "hook"
            ? new(key, "hook", schedule.Target, subject, Json(key, schedule, period, report, refusal, link, file, book), "", [], now, now + Useful, Quiet: false)
            : new(key, "mail", schedule.Target, subject, Words(report, refusal, link), file, book, now, now + Useful, Quiet: false);
    }

    private static byte[] Book(Report report)
    {
        var book = new MemoryStream();
        XlsxBook.Write(book, ReportTables.Of(report));
        return book.ToArray();
    }

    private static string Words(Report? report, string refusal, string link)
    {
        var text = new StringBuilder();
        if (report is null)
        {
            text.Append(refusal).Append("\r\n");
        }
        else
        {
            foreach (string away in ReportTables.AwayWords(report, ReportPage.MostAway))
            {
                text.Append(away).Append("\r\n");
            }

            ReportTable summary = ReportTables.Of(report)[0];
            IReadOnlyList<object?> row = summary.Rows.Single();
            for (int i = 0; i < row.Count; i++)
            {
                text.Append(CultureInfo.InvariantCulture, $"{summary.Columns[i].Words}: {Cell(row[i], summary.Columns[i].Kind)}\r\n");
            }
        }

        return text.Append("\r\n").Append(link).Append("\r\n").ToString();
    }

    private static string Cell(object? cell, Column kind) => cell switch
    {
        null => "-",
        long number when kind == Column.Duration => TablePiece.Clock(number),
        long number when kind == Column.Share => TablePiece.Share(number),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        _ => Convert.ToString(cell, CultureInfo.InvariantCulture)!,
    };

    /// <summary>What a web hook is told.</summary>
    internal static string Json(string key, ReportSchedule schedule, ReportPeriod period, Report? report, string refusal, string link, string file, byte[] book)
    {
        using var stream = new MemoryStream();
        using (var json = new Utf8JsonWriter(stream))
        {
            json.WriteStartObject();
            json.WriteString("kind", "report");
            json.WriteString("id", key);
            json.WriteString("name", schedule.Name);
            json.WriteString("from", period.From.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            json.WriteString("to", period.To.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            json.WriteString("link", link);
            if (report is null)
            {
                json.WriteString("refusal", refusal);
            }
            else
            {
                json.WriteStartObject("summary");
                // Of a day on which nobody was called there is no mean, and nobody was late.
                void Known(string name, long? value)
                {
                    if (value is { } known)
                    {
                        json.WriteNumber(name, known);
                    }
                    else
                    {
                        json.WriteNull(name);
                    }
                }

                json.WriteNumber("issued", report.All.Issued);
                json.WriteNumber("called", report.All.Called);
                json.WriteNumber("served", report.All.Served);
                json.WriteNumber("noShows", report.All.NoShows);
                json.WriteNumber("left", report.All.Left);
                Known("withinTargetThousandths", report.All.ServiceLevel);
                Known("waitMeanMs", report.All.Waiting.MeanMs);
                Known("serveMeanMs", report.All.Serving.MeanMs);
                json.WriteEndObject();
                json.WriteStartArray("away");
                foreach (BranchPlace away in report.Away)
                {
                    json.WriteStartObject();
                    json.WriteString("branch", away.Name);
                    json.WriteString("heardAt", away.HeardAt == 0 ? null : DateTime.UnixEpoch.AddMilliseconds(away.HeardAt).ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture));
                    json.WriteEndObject();
                }

                json.WriteEndArray();
                json.WriteString("file", file);
                json.WriteBase64String("content", book);
            }

            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(stream.ToArray());
    }
}

/// <summary>Event ids 900 to 999.</summary>
internal static partial class ReportsLog
{
    [LoggerMessage(900, LogLevel.Warning, "the database does not answer, reports by schedule wait: {Reason}")]
    public static partial void NoDatabase(ILogger log, string reason);

    [LoggerMessage(901, LogLevel.Error, "the report by schedule {Id} could not be made, it is tried again in some minutes")]
    public static partial void Failed(ILogger log, Exception fault, long id);

    [LoggerMessage(902, LogLevel.Error, "looking for reports by schedule broke, it is tried again")]
    public static partial void Broke(ILogger log, Exception fault);

    [LoggerMessage(903, LogLevel.Error, "packing days for reports broke, it is tried again in ten minutes")]
    public static partial void NotPacked(ILogger log, Exception fault);
}
