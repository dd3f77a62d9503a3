using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using EdgeQueue.Core.Contracts;
using EdgeQueue.EndToEnd.Cloud.Bookings;

namespace EdgeQueue.EndToEnd.Cloud.Accounts;

/// <summary>What is kept about a phone number, given out and erased.</summary>
public sealed class KeptAboutTests
{
    private const string Phone = "+47 998 77 665";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(CloudUnderTest.Databases), MemberType = typeof(CloudUnderTest))]
    public async Task An_export_has_bookings_tickets_answers_and_messages_and_after_an_erasure_the_wish_for_no_more_SMS_alone(string kind)
    {
        await using BookableCloud cloud = await BookableCloud.StartAsync(kind, new Dictionary<string, string> { ["sms:provider"] = "show", ["sms:inboundKey"] = "a key of sixteen or more" });
        await cloud.Cloud.SignInAsync();
        string link = await cloud.BookAsync(name: "Solveig Unik-Prøve", phone: Phone);
        using HttpResponseMessage stop = await cloud.Cloud.Http.GetAsync("/sms/in/a%20key%20of%20sixteen%20or%20more?id=1&from=4799877665&text=STOP", Cancellation);
        Assert.Equal(HttpStatusCode.OK, stop.StatusCode);
        // A ticket that was taken by SMS, and its answer, as the rooms write them.
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(TicketSecret.Of("its press"))));
        long now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        await OfficeAccount.RunAsync(
            cloud.Cloud.Database,
            string.Create(CultureInfo.InvariantCulture, $"""
            insert into person(purpose, name, phone, created_at, expires_at) values ('ticket', '', '4799877665', {now}, {now + 86_400_000});
            insert into join_ticket(press, branch, service, language, channel, person, session, state, reason, visit, label, wanted_until, asked, leave_press, counter, called_at, near, next_at, made_at, changed_at)
              select 'its press', b.id, 'general', 'en', 'sms', p.id, '', 'over', '', 7, 'A007', 0, 1, '', '3', 0, 0, 0, {now}, {now} from branch b, person p where b.name = 'demo' and p.purpose = 'ticket';
            insert into survey_answer(secret_hash, branch, service, score, comment, at) select '{hash}', id, 'general', 4, 'a long way', {now} from branch where name = 'demo';
            """));

        JsonNode kept = await ExportAsync(cloud);
        Assert.Equal(["booking", "stop", "ticket"], kept["entries"]!.AsArray().Select(e => (string)e!["purpose"]!).Distinct());
        ILookup<string, JsonNode> facts = kept["facts"]!.AsArray().ToLookup(f => (string)f!["what"]!, f => f!["facts"]!);
        Assert.Equal(["answer", "booking", "sms", "ticket"], facts.Select(f => f.Key).Order(StringComparer.Ordinal));
        Assert.Equal(("passport", "booked"), ((string)facts["booking"].Single()["service"]!, (string)facts["booking"].Single()["state"]!));
        Assert.Equal(("A007", "3"), ((string)facts["ticket"].Single()["ticket"]!, (string)facts["ticket"].Single()["counter"]!));
        Assert.Equal(("4", "a long way"), ((string)facts["answer"].Single()["score"]!, (string)facts["answer"].Single()["comment"]!));
        Assert.Contains("confirmation", facts["sms"].Select(s => (string)s["purpose"]!));
        Assert.DoesNotContain(link["/b/".Length..], kept.ToJsonString(), StringComparison.Ordinal);

        Assert.True(Bytes(cloud, "Unik-Pr") > 0 || kind != "sqlite");
        Assert.True(Bytes(cloud, "99877665") > 0 || kind != "sqlite");
        using HttpResponseMessage erased = await cloud.Cloud.Http.PostAsync("/people/erase", new FormUrlEncodedContent([new("phone", Phone)]), Cancellation);
        Assert.Equal(HttpStatusCode.OK, erased.StatusCode);
        // Not only in no row: in no byte. The number stays once, as the wish for no more SMS, and in its index.
        Assert.Equal(0, Bytes(cloud, "Unik-Pr"));
        Assert.InRange(Bytes(cloud, "99877665"), 0, 2);
        JsonNode left = await ExportAsync(cloud);
        Assert.Equal("stop", (string)Assert.Single(left["entries"]!.AsArray())!["purpose"]!);
        Assert.Empty(left["facts"]!.AsArray());
        Assert.Equal(1, CloudAccounts.Scalar(cloud.Cloud.Database, "select count(*) from survey_answer where comment = '' and score = 4"));
    }

    [Fact]
    public async Task A_mailbox_of_head_office_that_is_erased_is_told_of_no_alert_and_gets_no_report()
    {
        const string Mailbox = "Vakt@example.test";
        await using BookableCloud cloud = await BookableCloud.StartAsync();
        await cloud.Cloud.SignInAsync();
        await OfficeAccount.RunAsync(
            cloud.Cloud.Database,
            $"""
            insert into alert_rule(name, kind, scope, raise_above, raise_seconds, clear_below, clear_seconds, removed) values ('too long', 'longest', '', 600, 60, 300, 60, 0);
            insert into alert_recipient(rule, channel, target, quiet, zone, removed) select id, 'mail', '{Mailbox}', '', 'UTC', 0 from alert_rule;
            insert into alert_recipient(rule, channel, target, quiet, zone, removed) select id, 'mail', 'chef@example.test', '', 'UTC', 0 from alert_rule;
            insert into report_schedule(name, scope, period, hour, channel, target, made_at, removed) values ('Mondays', '', 'week', 6, 'mail', '{Mailbox}', 0, 0);
            """);
        Assert.Equal(["alert", "report"], (await ExportAsync(cloud, "vakt@example.test"))["facts"]!.AsArray().Select(f => (string)f!["what"]!).Order(StringComparer.Ordinal));
        Assert.True(Bytes(cloud, "Vakt") > 0);

        using HttpResponseMessage erased = await cloud.Cloud.Http.PostAsync("/people/erase", new FormUrlEncodedContent([new("phone", "vakt@example.test")]), Cancellation);
        Assert.Contains("Erased: 2 entries", await erased.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
        Assert.Empty((await ExportAsync(cloud, Mailbox))["facts"]!.AsArray());
        Assert.Equal(0, Bytes(cloud, "Vakt"));
        Assert.Equal((1, 0), (
            CloudAccounts.Scalar(cloud.Cloud.Database, "select count(*) from alert_recipient where removed = 0"), CloudAccounts.Scalar(cloud.Cloud.Database, "select count(*) from report_schedule where removed = 0")));
    }

    /// <summary>How often a text is in SQLite's files, log and index of the log too; they are another process's, so to read them takes none of its locks away.</summary>
    private static int Bytes(BookableCloud cloud, string text)
    {
        if (!cloud.Cloud.Database.StartsWith("sqlite:", StringComparison.Ordinal))
        {
            return 0;
        }

        int found = 0;
        foreach (string file in new[] { "", "-wal", "-shm" }.Select(end => cloud.Cloud.Database["sqlite:".Length..] + end).Where(File.Exists))
        {
            ReadOnlySpan<byte> rest = File.ReadAllBytes(file);
            for (int at = rest.IndexOf(Encoding.UTF8.GetBytes(text)); at >= 0; at = rest.IndexOf(Encoding.UTF8.GetBytes(text)))
            {
                found++;
                rest = rest[(at + 1)..];
            }
        }

        return found;
    }

    private static async Task<JsonNode> ExportAsync(BookableCloud cloud, string contact = Phone)
    {
        using HttpResponseMessage answer = await cloud.Cloud.Http.PostAsync("/people/export", new FormUrlEncodedContent([new("phone", contact)]), Cancellation);
        return JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancellation))!;
    }
}
