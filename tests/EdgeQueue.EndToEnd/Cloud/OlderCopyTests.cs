using System.Data.Common;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.EndToEnd.Hub;
using EdgeQueue.EndToEnd.Support;

namespace EdgeQueue.EndToEnd.Cloud;

/// <summary>A journal that was forked, restored from a backup, or restored and gone on: what the cloud holds tells.</summary>
public sealed class OlderCopyTests
{
    [Fact]
    public async Task A_forked_journal_goes_on_where_the_old_one_ended()
    {
        await using CloudStage stage = await CloudStage.StartAsync();
        await using TestUnit dispenser = await TestUnit.DispenserAsync(stage.Hub);
        await using TestUnit keypad = await TestUnit.KeypadAsync(stage.Hub, 1);
        await LinkTests.ServeAsync(dispenser, keypad, people: 2);
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
            new BookingsMessage(1, 3, null, [new Booking("4711", "general", DateTimeOffset.UtcNow.AddMinutes(20).ToUnixTimeMilliseconds())])), TestContext.Current.CancellationToken);
        stage.Hub.Arguments += $" --bookings '{file}'";
        await stage.Hub.StartAgainAsync();
        await using TestUnit dispenser = await TestUnit.DispenserAsync(stage.Hub);
        await Eventually.Is(
            () => CloudAccounts.Scalar(stage.Cloud.Database, "select coalesce(max(held), 0) from booking_told") == 3, "the cloud has heard what the hub holds", 20);
        // The cloud looks each second whether there is something to tell.
        await Task.Delay(TimeSpan.FromSeconds(2.5), TestContext.Current.CancellationToken);

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
}
