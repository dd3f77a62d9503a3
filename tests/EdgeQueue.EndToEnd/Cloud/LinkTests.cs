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
    public async Task A_forked_journal_goes_on_where_the_old_one_ended()
    {
        await using CloudStage stage = await CloudStage.StartAsync();
        await using TestUnit dispenser = await TestUnit.DispenserAsync(stage.Hub);
        await using TestUnit keypad = await TestUnit.KeypadAsync(stage.Hub, 1);
        await ServeAsync(dispenser, keypad, people: 2);
        await stage.CaughtUpAsync();
        Assert.Equal(0, await stage.Hub.StopAsync());
        (int code, string output) = await stage.Hub.CommandAsync("journal", "fork", stage.Hub.Journal, "--skip", "0");
        Assert.True(code == 0, output);

        await stage.Hub.StartAgainAsync();
        await dispenser.TicketAsync();
        await stage.CaughtUpAsync();

        Assert.Equal(2, CloudAccounts.Scalar(stage.Cloud.Database, "select count(*) from journal"));
        Assert.Equal(3, CloudAccounts.Scalar(stage.Cloud.Database, "select sum(issued) from quarter"));
        Assert.Equal(2, CloudAccounts.Scalar(stage.Cloud.Database, "select sum(served) from quarter"));
    }

    [Fact]
    public async Task A_hub_with_an_older_copy_of_its_journal_gives_nothing_out_once_the_cloud_has_said_so()
    {
        await using CloudStage stage = await CloudStage.StartAsync();
        await using TestUnit dispenser = await TestUnit.DispenserAsync(stage.Hub);
        await dispenser.TicketAsync();
        Assert.Equal(0, await stage.Hub.StopAsync());
        string copy = stage.Hub.Journal + ".copy";
        File.Copy(stage.Hub.Journal, copy);
        await stage.Hub.StartAgainAsync();
        await dispenser.TicketAsync();
        await dispenser.TicketAsync();
        await stage.CaughtUpAsync();
        Assert.Equal(0, await stage.Hub.StopAsync());
        // What the branch's broker keeps would tell it, too: here it shall be the cloud.
        stage.Hub.Broker.Kill();
        await stage.Hub.Broker.StartAgainAsync();

        File.Move(copy, stage.Hub.Journal, overwrite: true);
        File.Delete(stage.Hub.Journal + "-wal");
        File.Delete(stage.Hub.Journal + "-shm");
        await stage.Hub.StartAgainAsync();

        await stage.Hub.LoggedAsync("the cloud has seen event");
        Assert.Equal("journalBehind", (await dispenser.TicketAsync()).Refusal?.Code);
    }

    [Fact]
    public async Task Bookings_from_a_file_stay_when_the_branch_has_a_cloud_that_offers_none()
    {
        await using CloudStage stage = await CloudStage.StartAsync();
        Assert.Equal(0, await stage.Hub.StopAsync());
        string file = Path.Combine(stage.Hub.Folder, "bookings.json");
        await File.WriteAllBytesAsync(file, ContractJson.Write(
            new BookingsMessage(1, 3, null, [new Booking("4711", "general", DateTimeOffset.UtcNow.AddMinutes(20).ToUnixTimeMilliseconds())])));
        stage.Hub.Arguments += $" --bookings '{file}'";
        await stage.Hub.StartAgainAsync();
        await using TestUnit dispenser = await TestUnit.DispenserAsync(stage.Hub);
        await Eventually.Is(
            () => CloudAccounts.Scalar(stage.Cloud.Database, "select coalesce(max(held), 0) from booking_told") == 3, "the cloud has heard what the hub holds", 20);
        // The cloud looks each second whether there is something to tell.
        await Task.Delay(TimeSpan.FromSeconds(2.5));

        string id = TestUnit.NewId();
        ReplyMessage comes = TestUnit.Read(await dispenser.SendAsync(TestUnit.Envelope(id, new CheckIn(id, CheckInBy.Number, "4711", null, default))));

        Assert.Equal("A001", comes.Ticket?.Label);
    }

    [Fact]
    public async Task A_day_that_a_branch_spoke_of_too_early_gets_its_own_place_when_it_comes_and_old_days_still_go()
    {
        await using PostgresServer server = await PostgresServer.StartAsync();
        await using CloudUnderTest cloud = await CloudUnderTest.StartOverAsync(await server.NewDatabaseAsync(), new Dictionary<string, string>());
        long today = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 86_400_000;
        await Eventually.Is(() => Tables($"event_{today + 7}") == 1, "the days are made", 20);
        // Of a day that has no table of its own yet, and of one that is to be forgotten: both lie where days without a table lie.
        Execute($"alter table event detach partition event_{today + 3}; drop table event_{today + 3}");
        Execute($"insert into event(journal, seq, day, at, type, data) values (1, 1, {today + 3}, 0, 'dayOpened', '{{}}'), (1, 2, {today - 9_000}, 0, 'dayOpened', '{{}}')");

        cloud.Kill();
        await cloud.StartAgainAsync();

        await Eventually.Is(() => Tables($"event_{today + 3}") == 1, "the day has its table", 20);
        await Eventually.Is(() => CloudAccounts.Scalar(cloud.Database, "select count(*) from event_other") == 0, "nothing lies in event_other", 20);
        Assert.Equal(1, CloudAccounts.Scalar(cloud.Database, $"select count(*) from event_{today + 3}"));
        Assert.Equal(1, CloudAccounts.Scalar(cloud.Database, "select count(*) from event"));

        long Tables(string name) => CloudAccounts.Scalar(cloud.Database, $"select count(*) from pg_class where relname = '{name}'");

        void Execute(string sql)
        {
            using DbConnection connection = CloudAccounts.Open(cloud.Database);
            using DbCommand command = connection.CreateCommand();
            command.CommandText = sql;
            command.ExecuteNonQuery();
        }
    }

    [Fact]
    public async Task A_copy_that_went_on_is_noticed_by_what_the_cloud_holds_under_the_same_number()
    {
        await using CloudStage stage = await CloudStage.StartAsync();
        await using TestUnit dispenser = await TestUnit.DispenserAsync(stage.Hub);
        Assert.Equal(0, await stage.Hub.StopAsync());
        string copy = stage.Hub.Journal + ".copy";
        File.Copy(stage.Hub.Journal, copy);
        await stage.Hub.StartAgainAsync();
        await dispenser.TicketAsync();
        await stage.CaughtUpAsync();
        Assert.Equal(0, await stage.Hub.StopAsync());
        stage.Broker.Kill();
        stage.Hub.Broker.Kill();
        await stage.Hub.Broker.StartAgainAsync();

        File.Move(copy, stage.Hub.Journal, overwrite: true);
        File.Delete(stage.Hub.Journal + "-wal");
        File.Delete(stage.Hub.Journal + "-shm");
        await stage.Hub.StartAgainAsync();
        for (int i = 0; i < 5; i++)
        {
            Assert.NotNull((await dispenser.TicketAsync("advice")).Ticket);
        }

        await stage.Broker.StartAgainAsync();

        await stage.Hub.LoggedAsync("The cloud holds another event");
        Assert.Equal("journalBehind", (await dispenser.TicketAsync()).Refusal?.Code);
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
