using System.Data.Common;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.EndToEnd.Hub;
using EdgeQueue.EndToEnd.Support;

namespace EdgeQueue.EndToEnd.Cloud;

/// <summary>A real hub, a real broker of the cloud, the real cloud: whatever is gone meanwhile, everything is there once.</summary>
public sealed class LinkTests
{
    [Theory]
    [MemberData(nameof(CloudUnderTest.Databases), MemberType = typeof(CloudUnderTest))]
    public async Task What_happens_in_the_branch_is_in_the_cloud_once_and_counted(string kind)
    {
        await using CloudStage stage = await CloudStage.StartAsync(kind);
        await using TestUnit dispenser = await TestUnit.DispenserAsync(stage.Hub);
        await using TestUnit keypad = await TestUnit.KeypadAsync(stage.Hub, 1);

        await ServeAsync(dispenser, keypad, people: 3);
        await dispenser.TicketAsync("advice");
        await stage.CaughtUpAsync();

        CloudAccounts accounts = stage.Accounts();
        Assert.True(accounts.IsSound, accounts.ToString());
        Assert.Equal((4, 3, 3), (accounts.Issued, accounts.Called, accounts.Served));
        Assert.Equal(3, CloudAccounts.Scalar(stage.Cloud.Database, "select sum(served) from quarter where service = 'general' and counter = 'c1'"));
        Assert.Equal(3, CloudAccounts.Scalar(stage.Cloud.Database, $"select sum({Sum("serve")}) from quarter"));
        Assert.Equal(3, CloudAccounts.Scalar(stage.Cloud.Database, $"select sum({Sum("walk")}) from quarter"));
        Assert.Equal(3, CloudAccounts.Scalar(stage.Cloud.Database, $"select sum({Sum("wait")}) from quarter"));
        Assert.Equal(1, await stage.Hub.MetricAsync("edgequeue_cloud_connected", 1));
    }

    [Theory]
    [MemberData(nameof(CloudUnderTest.Databases), MemberType = typeof(CloudUnderTest))]
    public async Task A_branch_serves_on_while_the_cloud_is_gone_and_everything_is_there_once_afterwards(string kind)
    {
        await using CloudStage stage = await CloudStage.StartAsync(kind);
        await using TestUnit dispenser = await TestUnit.DispenserAsync(stage.Hub);
        await using TestUnit keypad = await TestUnit.KeypadAsync(stage.Hub, 1);
        await dispenser.TicketAsync();
        await stage.CaughtUpAsync();

        stage.Broker.Kill();
        stage.Cloud.Kill();
        await ServeAsync(dispenser, keypad, people: 60);
        Assert.Contains("cloud away, nothing is lost", await PageSaysAsync(stage.Hub, "cloud away"), StringComparison.Ordinal);
        // The hub too: what it has not sent yet is in its journal.
        stage.Hub.Kill();
        await stage.Hub.StartAgainAsync();
        await stage.Cloud.StartAgainAsync();
        await stage.Broker.StartAgainAsync();
        await stage.CaughtUpAsync();

        CloudAccounts accounts = stage.Accounts();
        Assert.True(accounts.IsSound, accounts.ToString());
        Assert.Equal((61, 60), (accounts.Issued, accounts.Served));
    }

    [Fact]
    public async Task Killing_the_cloud_its_broker_and_its_database_in_mid_work_loses_nothing_and_doubles_nothing()
    {
        await using PostgresServer server = await PostgresServer.StartAsync();
        await using CloudStage stage = await CloudStage.StartAsync(database: await server.NewDatabaseAsync());
        await using TestUnit dispenser = await TestUnit.DispenserAsync(stage.Hub);
        await using TestUnit keypad = await TestUnit.KeypadAsync(stage.Hub, 1);

        using var enough = new CancellationTokenSource();
        Task<int> working = WorkAsync(dispenser, keypad, enough.Token);
        for (int round = 0; round < 2; round++)
        {
            await MoreStoredAsync(stage);
            stage.Cloud.Kill();
            await stage.Cloud.StartAgainAsync();
            await MoreStoredAsync(stage);
            stage.Broker.Kill();
            await stage.Broker.StartAgainAsync();
            await MoreStoredAsync(stage);
            server.Kill();
            await server.StartAgainAsync();
        }

        await enough.CancelAsync();
        int served = await working;
        await stage.CaughtUpAsync();

        CloudAccounts accounts = stage.Accounts();
        Assert.True(accounts.IsSound, accounts.ToString());
        Assert.Equal(served, accounts.Served);
    }

    [Fact]
    public async Task A_branch_can_speak_at_the_clouds_broker_in_its_own_name_only()
    {
        await using Broker broker = await Broker.StartCloudAsync("oslo", "bergen");
        string[] topics = ["edgequeue/v1/oslo/events", "edgequeue/v1/oslo/live", "edgequeue/v1/bergen/events", "edgequeue/v1/bergen/live", "edgequeue/v1/oslo/ack", "edgequeue/v1/bergen/ack"];
        await using Mqtt.Link ear = await Mqtt.Link.UpAsync(broker.Options("_cloud", "edgequeue/v1/+/events", "edgequeue/v1/+/live"));
        await using Mqtt.Link oslo = await Mqtt.Link.UpAsync(broker.Options("oslo"));

        var outcomes = new List<EdgeQueue.Mqtt.PublishOutcome>();
        foreach (string topic in topics)
        {
            outcomes.Add(await oslo.Connection.PublishAsync(new(topic, "x"u8.ToArray())));
        }

        Assert.Equal([true, true, false, false, false, false], outcomes.Select(o => o != EdgeQueue.Mqtt.PublishOutcome.Refused));
    }

    private static string Sum(string measure) => string.Join(" + ", Enumerable.Range(0, 12).Select(i => $"{measure}_{i}"));

    private static async Task<string> PageSaysAsync(HubUnderTest hub, string text)
    {
        string page = "";
        for (var waited = System.Diagnostics.Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromSeconds(30) && !page.Contains(text, StringComparison.Ordinal); await Task.Delay(100))
        {
            page = await hub.GetAsync("/");
        }

        return page;
    }

    private static async Task MoreStoredAsync(CloudStage stage)
    {
        long before = await StoredAsync(stage, -1);
        await StoredAsync(stage, before + 4);
    }

    /// <summary>Events in the cloud, once there are at least so many; -1: as many as there are.</summary>
    private static async Task<long> StoredAsync(CloudStage stage, long atLeast)
    {
        for (var waited = System.Diagnostics.Stopwatch.StartNew(); waited.Elapsed < TimeSpan.FromSeconds(60); await Task.Delay(50))
        {
            try
            {
                long stored = stage.Accounts().Stored;
                if (stored >= atLeast)
                {
                    return stored;
                }
            }
            catch (Npgsql.NpgsqlException)
            {
                // Just coming up again.
            }
        }

        throw new TimeoutException($"not {atLeast} events in the cloud:\n{stage.Cloud.Log}");
    }

    private static async Task<int> WorkAsync(TestUnit dispenser, TestUnit keypad, CancellationToken enough)
    {
        long version = await OpenAsync(keypad);
        int served = 0;
        while (!enough.IsCancellationRequested)
        {
            version = await ServeOneAsync(dispenser, keypad, version);
            served++;
            // A day has 999 tickets of a letter.
            await Task.Delay(50, CancellationToken.None);
        }

        return served;
    }

    internal static async Task ServeAsync(TestUnit dispenser, TestUnit keypad, int people)
    {
        long version = await OpenAsync(keypad);
        for (int i = 0; i < people; i++)
        {
            version = await ServeOneAsync(dispenser, keypad, version);
        }
    }

    private static async Task<long> OpenAsync(TestUnit keypad) =>
        (await keypad.DoAsync(new OpenCounter("c1", "11", null, false, default))).Counter!.Version;

    private static async Task<long> ServeOneAsync(TestUnit dispenser, TestUnit keypad, long version)
    {
        Assert.NotNull((await dispenser.TicketAsync()).Ticket);
        foreach (Func<long, Command> next in new Func<long, Command>[] { v => new CallNext("c1", v, default), v => new Arrive("c1", v, default), v => new Finish("c1", v, [], null, [], default) })
        {
            ReplyMessage reply = await keypad.DoAsync(next(version));
            Assert.Null(reply.Refusal);
            version = reply.Counter!.Version;
        }

        return version;
    }
}
