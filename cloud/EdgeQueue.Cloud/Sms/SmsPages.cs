using System.Globalization;
using Dapper;
using EdgeQueue.Cloud.Pages;
using EdgeQueue.Cloud.Storage;

namespace EdgeQueue.Cloud.Sms;

/// <summary>Head office's look at messages: what they cost by month, and those that somebody must look at. No numbers, no texts.</summary>
internal sealed class SmsPages(IDatabase database, SmsOutbox outbox, SmsSettings settings)
{
    private const int MostShown = 100;

    public async Task<IResult> ShowAsync(HttpContext context)
    {
        IReadOnlyList<Month> months = await database.ReadAsync<IReadOnlyList<Month>>(
            async connection => (await connection.QueryAsync<Month>(
                """
                select month as Name, count(*) as Messages, cast(sum(parts) as bigint) as Parts, cast(sum(cost) as bigint) as Cost,
                  count(*) filter (where state = 'delivered') as Delivered, count(*) filter (where state = 'failed') as Failed,
                  count(*) filter (where state = 'uncertain') as Uncertain
                from sms where month <> '' group by month order by month desc limit 24
                """)).AsList(), context.RequestAborted);
        IReadOnlyList<Trouble> troubles = await database.ReadAsync<IReadOnlyList<Trouble>>(
            async connection => (await connection.QueryAsync<Trouble>(
                $"select id as Id, purpose as Purpose, case when purpose = 'ready' then substr(subject, 6) else '' end as Subject, state as State, fault as Fault, changed_at as At from sms where state in ('uncertain', 'failed') or (state = 'dropped' and purpose = 'alert') order by changed_at desc limit {MostShown}")).AsList(),
            context.RequestAborted);
        long waiting = await database.ReadAsync(c => c.ExecuteScalarAsync<long>("select count(*) from sms where state in ('waiting', 'sending')"), context.RequestAborted);
        IReadOnlyList<Unsent> dropped = await outbox.DroppedAsync(context.RequestAborted);
        SmsSpent spent = await outbox.SpentAsync(context.RequestAborted);
        bool full = spent.Hour >= settings.PartsAnHour || spent.Month >= settings.PartsAMonth;
        return new Page("Messages", Html.Of($"""
            <h1>Messages</h1>
            <p class="small"><a href="/sms/ready">Tell people that their documents are ready</a></p>
            {Html.When(!settings.On, $"<p class=\"notice\">No provider is set: nothing is sent. See the setting <code>sms.provider</code>.</p>")}
            {Html.When(full, $"<p class=\"notice\" role=\"alert\">A ceiling is reached: messages wait. See the settings <code>sms.partsAnHour</code> and <code>sms.partsAMonth</code>.</p>")}
            {Html.When(settings.Provider == SmsSettings.Shown, $"<p class=\"notice\">The provider is <code>show</code>: nothing leaves this machine. <a href=\"/sms/shown\">What would have been sent</a></p>")}
            <div class="figures"><div class="figure"><b>{spent.Hour} of {settings.PartsAnHour}</b><span>parts of the last hour</span></div>
            <div class="figure"><b>{spent.Month} of {settings.PartsAMonth}</b><span>parts of this month</span></div>
            <div class="figure"><b>{waiting}</b><span>wait to be sent, reminders of the days ahead among them</span></div>
            <div class="figure"><b>{troubles.Count(t => t.State == "uncertain")}</b><span>uncertain: whether they were sent, nobody knows</span></div></div>
            <section class="card"><h2>By month</h2>{(months.Count == 0 ? Html.Of($"<p class=\"quiet\">Nothing was sent yet.</p>") : Months(months))}</section>
            <section class="card"><h2>To be looked at</h2>{(troubles.Count == 0 ? Html.Of($"<p class=\"quiet\">Nothing.</p>") : Troubles(troubles))}</section>
            {Html.When(dropped.Count > 0, $"<section class=\"card\"><h2>Not sent, in the last 24 hours</h2><ul>{dropped.Select(d => Html.Of($"<li>{d.Messages}: {d.Why}</li>"))}</ul></section>")}
            """), Place: "/sms");
    }

    private Html Months(IReadOnlyList<Month> months) => Html.Of($"""
        <div class="scroll" tabindex="0" role="region" aria-label="A wide table"><table><thead><tr><th>Month</th><th class="n">Messages</th><th class="n">Parts</th><th class="n">Cost</th><th class="n">Delivered</th><th class="n">Failed</th><th class="n">Uncertain</th></tr></thead><tbody>
        {months.Select(m => Html.Of($"<tr><td class=\"label\">{m.Name}</td><td class=\"n\">{m.Messages}</td><td class=\"n\">{m.Parts}</td><td class=\"n\">{m.Cost / 1000m:0.00} {settings.Currency}</td><td class=\"n\">{m.Delivered}</td><td class=\"n\">{m.Failed}</td><td class=\"n\">{m.Uncertain}</td></tr>"))}</tbody></table></div>
        """);

    private static Html Troubles(IReadOnlyList<Trouble> troubles) => Html.Of($"""
        <div class="scroll" tabindex="0" role="region" aria-label="A wide table"><table><thead><tr><th>When</th><th>What</th><th>How</th><th>Why</th><th></th></tr></thead><tbody>
        {troubles.Select(t => Html.Of($"""<tr><td>{DateTime.UnixEpoch.AddMilliseconds(t.At).ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)}</td><td>{t.Purpose} <span class="quiet">{t.Subject}</span></td><td><span class="pill {(t.State == "failed" ? "bad" : "warn")}">{t.State}</span></td><td>{t.Fault}</td><td>{Html.When(t.State == "uncertain" && t.Purpose is SmsPurpose.Confirmation or SmsPurpose.Moved or SmsPurpose.Reminder or SmsPurpose.Ready, $"<form method=\"post\" action=\"/sms/{t.Id}/again\"><button class=\"plain\">Send again</button></form>")}</td></tr>"""))}</tbody></table></div>
        """);

    private sealed record Month(string Name, long Messages, long Parts, long Cost, long Delivered, long Failed, long Uncertain);

    private sealed record Trouble(long Id, string Purpose, string Subject, string State, string Fault, long At);
}
