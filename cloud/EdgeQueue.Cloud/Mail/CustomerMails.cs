using System.Globalization;
using Dapper;
using EdgeQueue.Cloud.Pages;
using EdgeQueue.Cloud.Storage;

namespace EdgeQueue.Cloud.Mail;

/// <summary>How the mails to customers stand: how many in the last day, and those that did not go out. Never to whom.</summary>
internal sealed record CustomerMails(IReadOnlyDictionary<string, long> Day, IReadOnlyList<CustomerMails.Trouble> Troubles)
{
    private const int MostShown = 100;

    public Html Html => Html.Of($"""
        <section class="card"><h2>To customers</h2>
        <p class="quiet">In the last 24 hours: {Count("sent")} sent, {Count("uncertain")} uncertain, {Count("failed")} failed, {Count("dropped")} dropped. Waiting, also for later: {Count("waiting")}. Addresses are not shown.</p>
        {(Troubles.Count == 0 ? Html.Of($"<p>None is uncertain or has failed.</p>") : Html.Of($"""
        <div class="scroll" tabindex="0" role="region" aria-label="Mails to customers"><table><thead><tr><th scope="col">When</th><th scope="col">What</th><th scope="col">How</th><th scope="col">Why</th><th scope="col"><span class="skip">Again</span></th></tr></thead><tbody>
        {Troubles.Select(Row)}</tbody></table></div>
        """))}</section>
        """);

    public static Task<CustomerMails> ReadAsync(IDatabase database, DateTimeOffset now, CancellationToken cancellation) => database.ReadAsync(
        async connection => new CustomerMails(
            (await connection.QueryAsync<(string State, long Count)>(
                "select state, count(*) from notice where channel = 'person' and (state = 'waiting' or changed_at > @from) group by state",
                new { from = now.AddDays(-1).ToUnixTimeMilliseconds() })).ToDictionary(r => r.State, r => r.Count, StringComparer.Ordinal),
            (await connection.QueryAsync<Trouble>(
                $"""
                select id as Id, subject as Subject, key as Key, state as State, fault as Fault, changed_at as At from notice
                where channel = 'person' and state in ('uncertain', 'failed') order by case state when 'uncertain' then 0 else 1 end, changed_at desc limit {MostShown}
                """)).AsList()),
        cancellation);

    private long Count(string state) => Day.GetValueOrDefault(state);

    private static Html Row(Trouble mail) => Html.Of($"""
        <tr><td class="small">{DateTime.UnixEpoch.AddMilliseconds(mail.At).ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)}</td><td>{(mail.Subject.Length > 0 ? mail.Subject : mail.Key)}</td>
        <td><span class="pill {(mail.State == "failed" ? "bad" : "warn")}">{mail.State}</span></td><td class="small">{mail.Fault}</td>
        <td>{Html.When(mail.State == "uncertain", $"<form method=\"post\" action=\"/notices/{mail.Id}/again\"><button class=\"plain\">Send again</button></form>")}</td></tr>
        """);

    internal sealed record Trouble(long Id, string Subject, string Key, string State, string Fault, long At);
}
