using System.Globalization;
using System.Text.RegularExpressions;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.EndToEnd.Cloud.Bookings;
using EdgeQueue.EndToEnd.Hub;
using EdgeQueue.EndToEnd.Support;
using Npgsql;

namespace EdgeQueue.EndToEnd.Cloud;

/// <summary>The cloud's database is put back from a backup. What the branches told it since is in their journals, and what it told them since is at their hubs.</summary>
public sealed partial class RestoredCloudTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(CloudUnderTest.Databases), MemberType = typeof(CloudUnderTest))]
    public Task A_cloud_put_back_from_a_backup_gets_the_events_that_it_lost_and_takes_no_booking_from_the_hub(string kind) => PutBackAsync(kind, idle: false);

    [Fact]
    [Trait("Length", "Long")]
    public Task A_branch_in_which_nothing_happens_gives_them_to_it_too() => PutBackAsync("sqlite", idle: true);

    private static int Noticed(HubUnderTest hub) => hub.Log.Split("no replica of the cloud listens").Length;

    private static async Task PutBackAsync(string kind, bool idle)
    {
        await using Broker broker = await Broker.StartCloudAsync(Broker.Branch);
        string offers = BookableCloud.Offers().Replace("\"branch\":\"demo\"", $"\"branch\":\"{Broker.Branch}\"", StringComparison.Ordinal);
        await using BookableCloud cloud = await BookableCloud.StartAsync(kind, CloudStage.SettingsOf(broker), offers);
        await using HubUnderTest hub = await HubUnderTest.StartAsync(arguments: CloudStage.ArgumentsOf(broker));
        await using TestUnit dispenser = await TestUnit.DispenserAsync(hub);
        await using TestUnit keypad = await TestUnit.KeypadAsync(hub, 1);
        (string before, _) = await BookAsync(cloud);
        (string moved, string link) = await BookAsync(cloud);
        await LinkTests.ServeAsync(dispenser, keypad, people: 2);
        await InStepAsync(hub, cloud);

        Assert.Equal(0, await cloud.Cloud.StopAsync());
        string backup = await BackUpAsync(cloud.Cloud.Database);
        await cloud.Cloud.StartAgainAsync();
        (string after, _) = await BookAsync(cloud);
        string later = (await SlotsAsync(cloud.NewPerson()))[^1];
        using HttpResponseMessage move = await cloud.NewPerson().SendAsync(link + "/move", ("slot", later));
        Assert.Equal(System.Net.HttpStatusCode.SeeOther, move.StatusCode);
        for (int i = 0; i < 5; i++)
        {
            Assert.NotNull((await dispenser.TicketAsync("advice")).Ticket);
        }

        await InStepAsync(hub, cloud);
        CloudAccounts all = CloudAccounts.Read(cloud.Cloud.Database);
        Assert.Equal((7, 2), (all.Issued, all.Served));
        // The hub's connection to the broker stands all the time.
        int noticed = Noticed(hub);
        Assert.Equal(0, await cloud.Cloud.StopAsync());
        await ReplaceAsync(backup, cloud.Cloud.Database);
        Assert.Equal(2, CloudAccounts.Read(cloud.Cloud.Database).Issued);

        if (idle)
        {
            // It says how it is each half minute, and hears that nobody listens.
            await Eventually.Is(() => Noticed(hub) > noticed, "the hub notices that nobody listens", 60);
        }
        else
        {
            Assert.NotNull((await dispenser.TicketAsync("advice")).Ticket);
        }

        await cloud.Cloud.StartAgainAsync();
        await Eventually.Is(() => hub.Log.Contains("the cloud does not have", StringComparison.Ordinal), "the hub notices that the cloud is behind", 60);
        await InStepAsync(hub, cloud);

        CloudAccounts again = CloudAccounts.Read(cloud.Cloud.Database);
        Assert.True(again.IsSound, again.ToString());
        Assert.Equal((idle ? 7 : 8, 2), (again.Issued, again.Served));
        // The database does not know any more whose the second booking is, and has its place from the journal: nobody else gets that. Who has its confirmation is let in.
        Assert.Equal(3, CloudAccounts.Scalar(cloud.Cloud.Database, "select count(*) from booking where state = 'booked'"));
        Assert.Equal(1, CloudAccounts.Scalar(cloud.Cloud.Database, $"select count(*) from booking where number = '{after}' and person is null and version = 0"));
        Assert.Equal(3, CloudAccounts.Scalar(cloud.Cloud.Database, "select count(*) from booking_place"));
        // Who moved in the time that is lost is expected when they were told, not when they had been before.
        Assert.Contains(later, (await hub.ExportAsync()).Last(l => l.Contains("ookingPlaced", StringComparison.Ordinal) && l.Contains($"\"{moved}\"", StringComparison.Ordinal)), StringComparison.Ordinal);
        foreach (string number in new[] { before, after })
        {
            string press = TestUnit.NewId();
            ReplyMessage reply = TestUnit.Read(await dispenser.SendAsync(TestUnit.Envelope(press, new CheckIn(press, CheckInBy.Number, number, null, default))));
            Assert.True(reply.Ticket is not null, reply.Refusal?.Sentence);
        }

        await Eventually.IsAsync(() => Task.FromResult(CloudAccounts.Scalar(cloud.Cloud.Database, "select count(*) from booking where state = 'arrived'") == 2), "the cloud knows that both came", 60);
    }

    /// <summary>Everything of the journal is stored, the hub holds the bookings' last version, and the cloud knows it.</summary>
    private static Task InStepAsync(HubUnderTest hub, BookableCloud cloud) => Eventually.IsAsync(
        async () =>
        {
            string[] journal = await hub.ExportAsync();
            long held = journal.Select(l => Applied().Match(l)).Where(m => m.Success).Select(m => long.Parse(m.Groups[1].Value, CultureInfo.InvariantCulture)).LastOrDefault();
            return CloudAccounts.Read(cloud.Cloud.Database).Stored == journal.Length
                && held == CloudAccounts.Scalar(cloud.Cloud.Database, "select coalesce(max(version), 0) from booking_version")
                && held == CloudAccounts.Scalar(cloud.Cloud.Database, "select coalesce(max(held), 0) from booking_told");
        },
        "hub and cloud are in step", 90);

    /// <summary>One of the next slots, so that it can be checked in.</summary>
    /// <returns>Its number, and the path of its page.</returns>
    private static async Task<(string Number, string Link)> BookAsync(BookableCloud cloud)
    {
        BookableCloud.Person person = cloud.NewPerson();
        using HttpResponseMessage held = await person.SendAsync($"/book/{Broker.Branch}/general/hold", ("slot", (await SlotsAsync(person))[0]), ("lang", "en"));
        string link = held.Headers.Location!.OriginalString;
        using HttpResponseMessage booked = await person.SendAsync(link + "/book", ("name", "Kari Nordmann"), ("phone", "91234567"), ("consent", "yes"));
        return (Number().Match((await person.GetAsync(link)).Text).Groups[1].Value, link);
    }

    /// <summary>The free ones of the first day that has any.</summary>
    private static async Task<string[]> SlotsAsync(BookableCloud.Person person) =>
        [.. Slot().Matches((await person.GetAsync($"/book/{Broker.Branch}/general?lang=en")).Text).Select(m => m.Groups[1].Value)];

    private static async Task<string> BackUpAsync(string database)
    {
        if (database.StartsWith("sqlite:", StringComparison.Ordinal))
        {
            string file = database["sqlite:".Length..] + ".backup";
            await Accounts.OfficeAccount.RunAsync(database, $"vacuum into '{file}'");
            return file;
        }

        string backup = NameOf(database) + "_backup";
        await ServerAsync(database, $"create database {backup} template {NameOf(database)}");
        return backup;
    }

    private static async Task ReplaceAsync(string backup, string database)
    {
        if (database.StartsWith("sqlite:", StringComparison.Ordinal))
        {
            string file = database["sqlite:".Length..];
            // This test has looked into the old one.
            Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
            foreach (string old in new[] { "", "-wal", "-shm" })
            {
                File.Delete(file + old);
            }

            File.Move(backup, file);
            return;
        }

        await ServerAsync(database, $"drop database {NameOf(database)} with (force)");
        await ServerAsync(database, $"create database {NameOf(database)} template {backup}");
    }

    private static string NameOf(string database) => new NpgsqlConnectionStringBuilder(database["postgresql:".Length..]).Database!;

    private static async Task ServerAsync(string database, string sql)
    {
        var server = new NpgsqlConnectionStringBuilder(database["postgresql:".Length..]) { Database = "postgres", Pooling = false };
        await using var connection = new NpgsqlConnection(server.ConnectionString);
        await connection.OpenAsync(Cancellation);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    [GeneratedRegex("""name="slot" value="(\d+)">""")]
    private static partial Regex Slot();

    [GeneratedRegex("""class="number" dir="ltr">(\d+)<""")]
    private static partial Regex Number();

    [GeneratedRegex("""ookingsApplied.*"version":(\d+)""")]
    private static partial Regex Applied();
}
