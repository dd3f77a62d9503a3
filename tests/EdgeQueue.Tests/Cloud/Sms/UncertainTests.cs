using Dapper;
using EdgeQueue.Cloud.Sms;

namespace EdgeQueue.Tests.Cloud.Sms;

/// <summary>Messages that somebody began to send and did not finish: shown, and sent again by a person only.</summary>
public sealed class UncertainTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task That_documents_are_ready_can_be_said_again_and_a_secret_link_is_not_kept_for_it()
    {
        await using SomeCloud cloud = await SomeCloud.StartAsync();
        cloud.Time.Advance(TimeSpan.FromDays(1_000));
        await cloud.Database.WriteAsync(
            t => t.Connection!.ExecuteAsync(
                """
                insert into sms(purpose, subject, language, zone, urgent, fault, tries, until, parts, cost, made_at, month, changed_at, text, report, state, next_at)
                values ('ready', 'case:K-15', 'en', '', 0, '', 1, 0, 0, 0, 0, '', 0, 'K-15 is ready.', 'a', 'sending', 1), ('confirmation', 'booking:1', 'en', '', 0, '', 1, 0, 0, 0, 0, '', 0, 'https://…/b/secret', 'b', 'sending', 1)
                """, transaction: t),
            Cancellation);
        var outbox = new SmsOutbox(cloud.Database, new SmsSettings(), cloud.Time);

        Assert.Equal(2, await outbox.GiveUpAsync(Cancellation));
        Assert.Equal(["K-15 is ready.", ""], await ColumnAsync(cloud, "text"));
        // It may have left: the month has it.
        Assert.All(await ColumnAsync(cloud, "month"), m => Assert.Matches("^[0-9]{4}-[0-9]{2}$", m));
        Assert.Equal((1, 1), (await outbox.AgainAsync(1, Cancellation), await outbox.AgainAsync(2, Cancellation)));
        Assert.Equal(["waiting", "waiting"], await ColumnAsync(cloud, "state"));
    }

    private static Task<string[]> ColumnAsync(SomeCloud cloud, string column) =>
        cloud.Database.ReadAsync(async c => (await c.QueryAsync<string>($"select {column} from sms order by id")).ToArray(), Cancellation);
}
