using EdgeQueue.Cloud.Accounts;

namespace EdgeQueue.Tests.Cloud.Accounts;

public sealed class SignInThrottleTests
{
    private const string Stranger = "203.0.113.9";

    private const string Home = "198.51.100.7";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task After_five_wrong_tries_for_a_name_each_one_waits_twice_as_long_and_a_restart_forgets_nothing()
    {
        await using SomeCloud cloud = await SomeCloud.StartAsync();
        for (int tries = 0; tries < SignInThrottle.FreeForName; tries++)
        {
            Assert.NotNull((await new SignInThrottle(cloud.Database, cloud.Time).CountAsync("lise", 0, Stranger, Cancellation)).Counted);
        }

        // Another process, the same database.
        var throttle = new SignInThrottle(cloud.Database, cloud.Time);
        foreach (long wait in new long[] { 1_000, 2_000, 4_000 })
        {
            Assert.Equal((null, wait), await throttle.CountAsync("lise", 0, Stranger, Cancellation));
            cloud.Time.Advance(TimeSpan.FromMilliseconds(wait - 1));
            Assert.Equal((null, 1), await throttle.CountAsync("lise", 0, Stranger, Cancellation));
            cloud.Time.Advance(TimeSpan.FromMilliseconds(1));
            Assert.NotNull((await throttle.CountAsync("lise", 0, Stranger, Cancellation)).Counted);
        }
    }

    [Fact]
    public async Task A_stranger_who_guesses_for_ever_slows_the_owner_by_a_minute_at_most_and_at_home_not_at_all()
    {
        await using SomeCloud cloud = await SomeCloud.StartAsync();
        long account = await AccountAsync(cloud);
        await new Sessions(cloud.Database, new AccountsSettings(), cloud.Time).BeginAsync(account, Home, Cancellation);
        var throttle = new SignInThrottle(cloud.Database, cloud.Time);
        for (int tries = 0; tries < 200; tries++)
        {
            // From many addresses, so that only the name is counted.
            await throttle.CountAsync("lise", account, $"203.0.{tries}.1", Cancellation);
            cloud.Time.Advance(TimeSpan.FromSeconds(10));
        }

        (SignInThrottle.Try? elsewhere, long wait) = await throttle.CountAsync("lise", account, "192.0.2.44", Cancellation);
        Assert.True(elsewhere is not null || wait <= 60_000, $"{wait} ms");
        Assert.NotNull((await throttle.CountAsync("lise", account, Home, Cancellation)).Counted);
    }

    [Fact]
    public async Task One_address_that_tries_many_names_is_stopped_for_longer_and_longer()
    {
        await using SomeCloud cloud = await SomeCloud.StartAsync();
        var throttle = new SignInThrottle(cloud.Database, cloud.Time);
        int counted = 0;
        for (int tries = 0; tries < 600; tries++)
        {
            counted += (await throttle.CountAsync($"name-{tries}", 0, Stranger, Cancellation)).Counted is null ? 0 : 1;
            cloud.Time.Advance(TimeSpan.FromSeconds(10));
        }

        // Within 100 minutes: the free ones, some while the wait is short, then one in a quarter of an hour.
        Assert.InRange(counted, SignInThrottle.FreeForAddress, SignInThrottle.FreeForAddress + 18);
    }

    [Fact]
    public async Task A_hundred_tries_at_the_same_moment_are_a_hundred()
    {
        await using SomeCloud cloud = await SomeCloud.StartAsync();
        var throttle = new SignInThrottle(cloud.Database, cloud.Time);

        (SignInThrottle.Try? Counted, long)[] all = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => throttle.CountAsync("lise", 0, Stranger, Cancellation)));

        Assert.Equal(SignInThrottle.FreeForName, all.Count(t => t.Counted is not null));
    }

    [Fact]
    public async Task The_right_password_ends_the_waiting_for_the_name_and_takes_nothing_from_the_addresses_failures()
    {
        await using SomeCloud cloud = await SomeCloud.StartAsync();
        var throttle = new SignInThrottle(cloud.Database, cloud.Time);
        for (int round = 0; round < SignInThrottle.FreeForAddress; round++)
        {
            // Somebody with an account of their own guesses at others in between.
            await throttle.SucceededAsync((await throttle.CountAsync("mine", 0, Stranger, Cancellation)).Counted!, Cancellation);
            Assert.NotNull((await throttle.CountAsync($"other-{round}", 0, Stranger, Cancellation)).Counted);
        }

        Assert.Null((await throttle.CountAsync("mine", 0, Stranger, Cancellation)).Counted);
    }

    [Fact]
    public async Task Neither_a_name_that_was_typed_nor_old_tries_are_kept()
    {
        await using SomeCloud cloud = await SomeCloud.StartAsync();
        var throttle = new SignInThrottle(cloud.Database, cloud.Time);
        await throttle.CountAsync("my secret password", 0, Stranger, Cancellation);
        Assert.Equal(0, await CountAsync(cloud, "select count(*) from sign_in_try where subject like '%secret%'"));
        Assert.Equal(2, await CountAsync(cloud, "select count(*) from sign_in_try"));

        cloud.Time.Advance(TimeSpan.FromHours(25));
        await throttle.ForgetAsync(Cancellation);

        Assert.Equal(0, await CountAsync(cloud, "select count(*) from sign_in_try"));
    }

    internal static async Task<long> AccountAsync(SomeCloud cloud, string name = "lise", Roles role = Roles.HeadOffice) =>
        (await new AccountStore(cloud.Database, cloud.Time).AddAsync(name, role, "", [], [], Cancellation)).Id;

    internal static Task<long> CountAsync(SomeCloud cloud, string sql) => cloud.Database.ReadAsync(
        async connection =>
        {
            await using System.Data.Common.DbCommand command = connection.CreateCommand();
            command.CommandText = sql;
            return (long)(await command.ExecuteScalarAsync(Cancellation))!;
        },
        Cancellation);
}
