using System.Globalization;
using EdgeQueue.Cloud.Accounts.Audit;
using EdgeQueue.Cloud.Mail;
using EdgeQueue.Cloud.Pages;

namespace EdgeQueue.Cloud.Reports.Schedule;

/// <summary>Which reports are sent by themselves, and a form for another.</summary>
internal sealed class SchedulePages(ScheduleStore store, ReportPlaces places, AuditTrail audit, ReportsSettings settings, MailSettings mail)
{
    private static readonly string[] Periods = ["day", "week", "month"];

    /// <param name="typed">What stands in the form for another.</param>
    public async Task<IResult> ShowAsync(TypedForm typed, HttpContext context)
    {
        IReadOnlyList<ReportSchedule> all = await store.AllAsync(context.RequestAborted);
        return new Page("Reports by schedule", Html.Of($"""
            <p class="small"><a href="/reports">← Reports</a></p>
            <h1>Reports by schedule</h1>
            {Html.When(!mail.On, $"<p class=\"notice\">No mail server is set: reports go to web hooks only. See the setting <code>mail.server</code>.</p>")}
            {(all.Count == 0 ? Html.Of($"<section class=\"card empty\"><h2>None yet</h2><p class=\"quiet\">A report can be sent by itself when its day, week or month has ended.</p></section>") : Html.Of($"""
            <section class="card"><div class="scroll" tabindex="0" role="region" aria-label="Schedules"><table><thead><tr><th scope="col">Name</th><th scope="col">Branches</th><th scope="col">Every</th><th scope="col">To</th><th scope="col"><span class="skip">Remove</span></th></tr></thead><tbody>
            {all.Select(s => Html.Of($"<tr><td><b>{s.Name}</b></td><td>{(s.Scope.Length == 0 ? "all" : s.Scope)}</td><td>{s.Period}, from {s.Hour:00}:00</td><td>{s.Target}</td><td><form method=\"post\" action=\"/reports/schedule/{s.Id}/remove\"><button class=\"plain small\" aria-label=\"Remove {s.Name}\">Remove</button></form></td></tr>"))}
            </tbody></table></div></section>
            """))}
            <section class="card"><h2>Another one</h2>{typed.Refusal}<form class="line fields" method="post" action="/reports/schedule">
            <label>Name <input name="name" maxlength="80" value="{typed.Of("name")}" required></label>
            <label>Branches <input name="scope" maxlength="2000" value="{typed.Of("scope")}" placeholder="all; region:North; branch:oslo"></label>
            <label>Every <select name="period">{Periods.Select(p => typed.Option("period", p, p))}</select></label>
            <label>From hour ({settings.TimeZone}) <input name="hour" inputmode="numeric" pattern="[0-9]+" value="{typed.Of("hour", "6")}" required></label>
            <label>By <select name="channel">{typed.Option("channel", "mail", "mail")}{typed.Option("channel", "hook", "web hook")}</select></label>
            <label>To <input name="target" maxlength="500" value="{typed.Of("target")}" required placeholder="name@example.org, https://…"></label>
            <button>Add</button></form></section>
            <p class="small"><a href="/notices">What was sent, and what is uncertain</a></p>
            """), Place: "/reports", Status: typed.IsRefused ? StatusCodes.Status400BadRequest : StatusCodes.Status200OK);
    }

    public async Task<IResult> AddAsync(HttpContext context)
    {
        if (!context.Request.HasFormContentType)
        {
            return Results.StatusCode(415);
        }

        var typed = new TypedForm(await context.Request.ReadFormAsync(context.RequestAborted));
        if (typed.Of("name") is not { Length: > 0 and <= 80 } title || ReportScope.Of(typed.Of("scope")) is not { } scope || !Periods.Contains(typed.Of("period"))
            || !long.TryParse(typed.Of("hour"), NumberStyles.None, CultureInfo.InvariantCulture, out long hour) || hour > 23)
        {
            return await Wrong("A schedule has a name of at most 80 characters, branches, a period, and an hour from 0 to 23.");
        }

        if (!await places.HaveAsync(scope, context.RequestAborted))
        {
            return await Wrong(ReportPlaces.NotThere);
        }

        if (!NoticeOutbox.IsTarget(typed.Of("channel"), typed.Of("target")))
        {
            return await Wrong("A web hook begins with https://, a mailbox is written as name@example.org.");
        }

        await audit.NoteAsync(context, Deeds.Changed, "a report by schedule was added");
        return await store.AddAsync(new(0, title, scope.ToString(), typed.Of("period"), hour, typed.Of("channel"), typed.Of("target"), 0), context.RequestAborted)
            ? Back(context) : await Wrong($"There are {ScheduleStore.Most} schedules already; remove one first.");

        Task<IResult> Wrong(string sentence) => ShowAsync(typed.Refuse(sentence), context);
    }

    public async Task<IResult> RemoveAsync(long id, HttpContext context)
    {
        await audit.NoteAsync(context, Deeds.Changed, $"report by schedule {id.ToString(CultureInfo.InvariantCulture)} was removed");
        await store.RemoveAsync(id, context.RequestAborted);
        return Back(context);
    }

    private static IResult Back(HttpContext context)
    {
        context.Response.Headers.Location = "/reports/schedule";
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }
}
