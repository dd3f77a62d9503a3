using EdgeQueue.Cloud.Accounts;
using EdgeQueue.Cloud.Web;

namespace EdgeQueue.Tests.Cloud.Accounts;

public sealed class SessionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_session_goes_on_while_it_is_used_and_ends_after_two_quiet_hours()
    {
        await using SomeCloud cloud = await SomeCloud.StartAsync();
        var sessions = new Sessions(cloud.Database, new AccountsSettings(), cloud.Time);
        Secret secret = await sessions.BeginAsync(await SignInThrottleTests.AccountAsync(cloud), "", Cancellation);
        for (int times = 0; times < 5; times++)
        {
            cloud.Time.Advance(TimeSpan.FromMinutes(110));
            Assert.Equal("lise", (await sessions.FindAsync(secret, Cancellation))?.Name);
        }

        cloud.Time.Advance(TimeSpan.FromMinutes(121));
        Assert.Null(await sessions.FindAsync(secret, Cancellation));
    }

    [Fact]
    public async Task It_ends_after_twelve_hours_however_much_it_is_used_and_a_stream_of_it_too()
    {
        await using SomeCloud cloud = await SomeCloud.StartAsync();
        var sessions = new Sessions(cloud.Database, new AccountsSettings(), cloud.Time);
        Secret secret = await sessions.BeginAsync(await SignInThrottleTests.AccountAsync(cloud), "", Cancellation);
        SignedIn who = (await sessions.FindAsync(secret, Cancellation))!;
        for (int hours = 0; hours < 12; hours++)
        {
            cloud.Time.Advance(TimeSpan.FromMinutes(59));
            Assert.True(await sessions.IsOpenAsync(who, Cancellation));
        }

        cloud.Time.Advance(TimeSpan.FromMinutes(13));
        Assert.Null(await sessions.FindAsync(secret, Cancellation));
        Assert.False(await sessions.IsOpenAsync(who, Cancellation));
    }

    [Fact]
    public async Task Another_password_a_change_of_the_account_and_disabling_it_end_its_sessions_everywhere()
    {
        await using SomeCloud cloud = await SomeCloud.StartAsync();
        var sessions = new Sessions(cloud.Database, new AccountsSettings(), cloud.Time);
        var accounts = new AccountStore(cloud.Database, cloud.Time);
        await SignInThrottleTests.AccountAsync(cloud, "other");
        long id = await SignInThrottleTests.AccountAsync(cloud);
        Func<Task>[] ways =
        [
            () => accounts.SetPasswordAsync(id, "x", Cancellation),
            () => accounts.ChangeAsync(id, Roles.Auditor, false, [], [], Cancellation),
            () => accounts.ChangeAsync(id, Roles.Auditor, true, [], [], Cancellation),
        ];
        foreach (Func<Task> way in ways)
        {
            Secret secret = await sessions.BeginAsync(id, "", Cancellation);
            Assert.NotNull(await sessions.FindAsync(secret, Cancellation));
            await way();
            Assert.Null(await sessions.FindAsync(secret, Cancellation));
        }

        // A session that is put into the database behind its back is none either.
        Assert.Null(await sessions.FindAsync(await sessions.BeginAsync(id, "", Cancellation), Cancellation));
    }

    [Fact]
    public async Task The_secret_of_a_session_is_not_in_the_database()
    {
        await using SomeCloud cloud = await SomeCloud.StartAsync();
        Secret secret = await new Sessions(cloud.Database, new AccountsSettings(), cloud.Time).BeginAsync(await SignInThrottleTests.AccountAsync(cloud), "", Cancellation);

        Assert.Equal(43, secret.Text.Length);
        Assert.Equal(0, await SignInThrottleTests.CountAsync(cloud, $"select count(*) from session where token_hash like '%{secret.Text}%'"));
        Assert.Equal(1, await SignInThrottleTests.CountAsync(cloud, $"select count(*) from session where token_hash = '{secret.Hash}'"));
        Assert.Equal("…", secret.ToString());
    }
}
