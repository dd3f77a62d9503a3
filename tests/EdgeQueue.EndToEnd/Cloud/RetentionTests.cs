using System.Globalization;
using EdgeQueue.EndToEnd.Support;
using Npgsql;

namespace EdgeQueue.EndToEnd.Cloud;

/// <summary>Events are kept for so many days and then go, a day at a time; what was counted of them stays.</summary>
public sealed class RetentionTests
{
    private const int KeepDays = 30;

    [Fact]
    public async Task Days_that_are_too_old_are_dropped_as_tables_and_what_was_counted_of_them_stays()
    {
        var settings = new Dictionary<string, string> { ["ingest:keepDays"] = KeepDays.ToString(CultureInfo.InvariantCulture) };
        await using CloudUnderTest cloud = await CloudUnderTest.StartAsync("postgresql", settings);
        long today = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 86_400_000;
        await Eventually.Is(() => Tables(cloud, today + 7) == 1 && Tables(cloud, today - KeepDays) == 1, "tables for the days to come and those that are kept");
        await cloud.StopAsync();
        await using (var connection = new NpgsqlConnection(cloud.Database["postgresql:".Length..]))
        {
            await connection.OpenAsync(TestContext.Current.CancellationToken);
            await using var fill = new NpgsqlCommand(
                string.Create(CultureInfo.InvariantCulture, $"""
                insert into branch(id, name, created_at) overriding system value values (1, 'oslo', 0);
                insert into journal(id, branch, name, seq, open_visits, changed_at) overriding system value values (1, 1, 'j', 4, '', 0);
                create table event_{today - KeepDays - 1} partition of event for values from ({today - KeepDays - 1}) to ({today - KeepDays});
                insert into event(journal, seq, day, at, type, data) values
                  (1, 1, {today - 5000}, 0, 'ticketIssued', '[]'), (1, 2, {today - KeepDays - 1}, 0, 'ticketIssued', '[]'),
                  (1, 3, {today - KeepDays}, 0, 'ticketIssued', '[]'), (1, 4, {today}, 0, 'ticketIssued', '[]');
                insert into quarter(branch, quarter, service, counter, issued) values (1, {(today - KeepDays - 1) * 96}, 'general', '', 2), (1, {today * 96}, 'general', '', 2)
                """),
                connection);
            await fill.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        }

        Assert.Equal(1, Tables(cloud, today - KeepDays - 1));
        Assert.Equal(1, CloudAccounts.Scalar(cloud.Database, "select count(*) from event_other"));

        await cloud.StartAgainAsync();

        await Eventually.Is(() => Tables(cloud, today - KeepDays - 1) == 0, "the day is gone");
        Assert.Equal(1, Tables(cloud, today - KeepDays));
        await Eventually.Is(() => CloudAccounts.Scalar(cloud.Database, "select count(*) from event") == 2, "what lay beside the days is gone, too");
        Assert.Equal(3, CloudAccounts.Scalar(cloud.Database, "select min(seq) from event"));
        Assert.Equal(4, CloudAccounts.Scalar(cloud.Database, "select sum(issued) from quarter"));
        Assert.Equal(4, CloudAccounts.Scalar(cloud.Database, "select seq from journal"));
    }

    private static long Tables(CloudUnderTest cloud, long day) =>
        CloudAccounts.Scalar(cloud.Database, string.Create(CultureInfo.InvariantCulture, $"select count(*) from pg_class where relname = 'event_{day}'"));
}
