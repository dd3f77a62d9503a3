using Dapper;
using EdgeQueue.Cloud.Accounts.Audit;

namespace EdgeQueue.Tests.Cloud.Accounts;

/// <summary>Who guesses does not fill the audit trail.</summary>
public sealed class FailedSignInTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Of_a_client_there_is_one_line_in_a_quarter_of_an_hour_and_it_says_how_many_it_stands_for()
    {
        await using SomeCloud cloud = await SomeCloud.StartAsync();
        cloud.Time.Advance(TimeSpan.FromDays(20_000));
        var audit = new AuditTrail(cloud.Database, cloud.Time);
        for (int tries = 0; tries < 40; tries++)
        {
            await audit.FailedAsync(new(0, 0, "2001:db8::1"), "20010db800000000", "no such account", Cancellation);
        }

        await audit.FailedAsync(new(0, 0, "2001:db8::2"), "20010db800000000", "no such account", Cancellation);
        await audit.FailedAsync(new(0, 0, "2001:db8::2"), "20010db800000000", "account 7", Cancellation);
        await audit.FailedAsync(new(0, 0, "198.51.100.7"), "198.51.100.7", "no such account", Cancellation);
        cloud.Time.Advance(TimeSpan.FromMinutes(15));
        await audit.FailedAsync(new(0, 0, "2001:db8::1"), "20010db800000000", "no such account", Cancellation);

        IEnumerable<(string, string, long)> lines = await cloud.Database.ReadAsync(
            c => c.QueryAsync<(string, string, long)>("select a.address, a.subject, f.failures from audit a join sign_in_failure f on f.audit = a.id order by a.id"), Cancellation);
        Assert.Equal(
            [("2001:db8::1", "no such account", 41L), ("2001:db8::2", "account 7", 1L), ("198.51.100.7", "no such account", 1L), ("2001:db8::1", "no such account", 1L)], lines);
    }
}
