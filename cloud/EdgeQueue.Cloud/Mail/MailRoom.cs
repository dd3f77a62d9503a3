using System.Globalization;
using Dapper;
using EdgeQueue.Cloud.Accounts.Audit;
using EdgeQueue.Cloud.Pages;
using EdgeQueue.Cloud.People;
using EdgeQueue.Cloud.Start;
using EdgeQueue.Cloud.Storage;
using EdgeQueue.Cloud.Web;

namespace EdgeQueue.Cloud.Mail;

/// <summary>What head office is told by mail and by web hook, and mails to customers.</summary>
internal sealed class MailRoom : IRoom
{
    private const int MostShown = 100;

    public void AddServices(IServiceCollection services, IConfiguration settings, SettingFaults faults)
    {
        MailSettings own = faults.Read<MailSettings>(settings, "mail");
        own.Check(faults);
        services.AddSingleton(own).AddSingleton<NoticeOutbox>().AddSingleton<IKeptAbout, KeptMails>().AddSingleton<SmtpMailer>().AddSingleton<HookCaller>().AddSingleton<IHookCaller>(s => s.GetRequiredService<HookCaller>()).AddHostedService<NoticeSender>();
    }

    public void MapRoutes(IEndpointRouteBuilder routes)
    {
        RouteGroupBuilder office = routes.MapHeadOffice();
        office.MapGet("/notices", ShowAsync).Bounded(RequestBounds.Reads);
        office.MapPost("/notices/{id:long}/again", async (long id, NoticeOutbox outbox, AuditTrail audit, HttpContext context) =>
        {
            await audit.NoteAsync(context, Deeds.Sent, $"notice {id.ToString(CultureInfo.InvariantCulture)}");
            await outbox.AgainAsync(id, context.RequestAborted);
            context.Response.Headers.Location = "/notices";
            return Results.StatusCode(StatusCodes.Status303SeeOther);
        }).Bounded(RequestBounds.Writes);
    }

    private static async Task<IResult> ShowAsync(IDatabase database, MailSettings settings, TimeProvider time, HttpContext context)
    {
        List<Shown> shown = await database.ReadAsync(
            async connection => (await connection.QueryAsync<Shown>(
                $"""
                select id as Id, channel as Channel, target as Target, subject as Subject, state as State, fault as Fault, changed_at as At from notice where channel not in ('api', 'person')
                order by case state when 'uncertain' then 0 when 'failed' then 1 else 2 end, changed_at desc limit {MostShown}
                """)).AsList(), context.RequestAborted);
        CustomerMails customers = await CustomerMails.ReadAsync(database, time.GetUtcNow(), context.RequestAborted);
        return new Page("Notices", Html.Of($"""
            <p class="small"><a href="/alerts">← Alerts</a></p>
            <h1>Mails and web hooks</h1>
            {Html.When(!settings.On, $"<p class=\"notice\">No mail server is set: mails fail. See the setting <code>mail.server</code>.</p>")}
            {(shown.Count == 0 ? Html.Of($"<section class=\"card empty\"><h2>Nothing was told yet</h2><p class=\"quiet\">Alerts and reports by schedule appear here.</p></section>") : Html.Of($"""
            <section class="card"><div class="scroll" tabindex="0" role="region" aria-label="Notices"><table><thead><tr><th scope="col">When</th><th scope="col">What</th><th scope="col">To</th><th scope="col">How</th><th scope="col">Why</th><th scope="col"><span class="skip">Again</span></th></tr></thead><tbody>
            {shown.Select(Row)}</tbody></table></div></section>
            """))}
            {customers.Html}
            """), Place: "/alerts");
    }

    private static Html Row(Shown notice) => Html.Of($"""
        <tr><td class="small">{DateTime.UnixEpoch.AddMilliseconds(notice.At).ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)}</td><td>{notice.Subject}</td><td class="small">{(notice.Target.Length > 0 ? notice.Target : "–")}</td>
        <td><span class="pill {(notice.State switch { "failed" => "bad", "uncertain" => "warn", "sent" => "", _ => "off" })}">{notice.State}</span></td><td class="small">{notice.Fault}</td>
        <td>{Html.When(notice.State == "uncertain", $"<form method=\"post\" action=\"/notices/{notice.Id}/again\"><button class=\"plain\">Send again</button></form>")}</td></tr>
        """);

    private sealed record Shown(long Id, string Channel, string Target, string Subject, string State, string Fault, long At);
}
