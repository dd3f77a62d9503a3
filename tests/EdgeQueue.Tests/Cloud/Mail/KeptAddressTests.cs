using Dapper;
using EdgeQueue.Cloud.Alerts;
using EdgeQueue.Cloud.Mail;
using EdgeQueue.Cloud.People;

namespace EdgeQueue.Tests.Cloud.Mail;

/// <summary>To whom something went is known for a while, and no longer; what did not go out is said.</summary>
public sealed class KeptAddressTests
{
    private const long Day = 86_400_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_notice_that_has_ended_loses_its_address_after_a_month_and_the_line_stays()
    {
        await using SomeCloud cloud = await AtDay1000Async();
        await InsertAsync(cloud, "old", "mail", "lise@example.org", "failed", 969 * Day);
        await InsertAsync(cloud, "new", "mail", "lise@example.org", "sent", 971 * Day);
        await InsertAsync(cloud, "waits", "hook", "https://example.org/h", "waiting", 900 * Day);
        await InsertAsync(cloud, "gone", "mail", "lise@example.org", "sent", 599 * Day);

        await Outbox(cloud).ForgetAsync(Cancellation);

        Assert.Equal(
            [("new", "lise@example.org", "why"), ("old", "", ""), ("waits", "https://example.org/h", "why")], await RowsAsync(cloud));
    }

    [Fact]
    public async Task Who_is_erased_by_their_mail_address_is_exported_before_and_in_no_list_of_notices_after()
    {
        await using SomeCloud cloud = await AtDay1000Async();
        await InsertAsync(cloud, "sent", "mail", "Lise@Example.org", "sent", 999 * Day);
        await InsertAsync(cloud, "waits", "mail", "lise@example.org", "waiting", 999 * Day);
        await InsertAsync(cloud, "other", "mail", "nils@example.org", "waiting", 999 * Day);
        var people = new PersonStore(cloud.Database, [new KeptMails(cloud.Time)], cloud.Time);
        var contact = Contact.Of("lise@example.ORG")!;

        Assert.Equal(2, (await people.OfAsync(contact, Cancellation)).Facts.Count(f => f.What == "mail"));
        Assert.Equal(2, await people.EraseAsync(contact, Cancellation));

        Assert.True((await people.OfAsync(contact, Cancellation)).IsNothing);
        Assert.Equal([("other", "nils@example.org", "why"), ("sent", "", "the address was erased"), ("waits", "", "the address was erased")], await RowsAsync(cloud));
        Assert.Equal("other", (await Outbox(cloud).TakeAsync("mail", Cancellation))!.Key);
        Assert.Null(await Outbox(cloud).TakeAsync("mail", Cancellation));
    }

    [Fact]
    public async Task What_was_not_told_of_an_alert_is_counted_by_its_reason_and_nothing_else_is()
    {
        await using SomeCloud cloud = await AtDay1000Async();
        await InsertAsync(cloud, "alert:1:1", "mail", "lise@example.org", "failed", (1000 * Day) - 1);
        await InsertAsync(cloud, "alert:2:1", "hook", "https://example.org/h", "dropped", (1000 * Day) - 1);
        await InsertAsync(cloud, "alert:3:1", "mail", "lise@example.org", "sent", (1000 * Day) - 1);
        await InsertAsync(cloud, "alert:4:1", "mail", "lise@example.org", "failed", 998 * Day);
        await InsertAsync(cloud, "report:1", "mail", "lise@example.org", "failed", (1000 * Day) - 1);
        const string Columns = "purpose, language, text, zone, urgent, fault, tries, next_at, until, parts, cost, made_at, month, subject, report, state, changed_at";
        foreach ((string purpose, string subject, string state) in new[] { ("alert", "1", "dropped"), ("alert", "2", "dropped"), ("alert", "3", "delivered"), ("reminder", "4", "dropped") })
        {
            await DoAsync(cloud, $"insert into sms({Columns}) values ('{purpose}', 'en', '', '', 1, 'too many today', 1, 0, 0, 1, 0, 0, '', '{subject}', '{subject}', '{state}', {(1000 * Day) - 1})");
        }

        Assert.Equal(
            [new Untold("SMS", "too many today", 2), new Untold("mail", "why", 1), new Untold("web hook", "why", 1)],
            (await new AlertStore(cloud.Database, new PersonStore(cloud.Database, [], cloud.Time), cloud.Time).UntoldAsync(Cancellation)).OrderByDescending(u => u.Messages).ThenBy(u => u.Channel, StringComparer.Ordinal));
    }

    private static async Task<SomeCloud> AtDay1000Async()
    {
        SomeCloud cloud = await SomeCloud.StartAsync();
        cloud.Time.Advance(TimeSpan.FromDays(1000) - (cloud.Time.GetUtcNow() - DateTimeOffset.UnixEpoch));
        return cloud;
    }

    private static NoticeOutbox Outbox(SomeCloud cloud) => new(cloud.Database, new MailSettings(), cloud.Time);

    private static Task<int> InsertAsync(SomeCloud cloud, string key, string channel, string target, string state, long changed) => DoAsync(
        cloud,
        $"""
        insert into notice(key, channel, target, subject, body, file_name, file, state, fault, tries, next_at, until, quiet, made_at, changed_at)
        values ('{key}', '{channel}', '{target}', 's', 'text', '', x'', '{state}', 'why', 0, 0, {2000 * Day}, 0, 0, {changed})
        """);

    private static Task<int> DoAsync(SomeCloud cloud, string sql) => cloud.Database.WriteAsync(t => t.Connection!.ExecuteAsync(sql, transaction: t), Cancellation);

    private static Task<IReadOnlyList<(string, string, string)>> RowsAsync(SomeCloud cloud) => cloud.Database.ReadAsync<IReadOnlyList<(string, string, string)>>(
        async c => [.. await c.QueryAsync<(string, string, string)>("select key, target, fault from notice order by key")], Cancellation);
}
