using Microsoft.Data.Sqlite;
using SQLitePCL;

namespace EdgeQueue.EndToEnd.Hub;

/// <summary>A damaged journal: the hub does not start with it, and what can be saved is saved.</summary>
public sealed class JournalRepairTests
{
    [Fact]
    public async Task What_is_before_the_first_fault_is_saved_into_a_new_file_and_the_hub_says_so_instead_of_starting()
    {
        await using HubUnderTest hub = await HubUnderTest.StartAsync();
        await using TestUnit dispenser = await TestUnit.DispenserAsync(hub);
        for (int i = 0; i < 5; i++)
        {
            await dispenser.TicketAsync();
        }

        Assert.Equal(0, await hub.StopAsync());
        int events = (await hub.ExportAsync()).Length;
        Lose(hub.Journal, events - 2);

        (int verify, _) = await hub.CommandAsync("journal", "verify", hub.Journal);
        (int run, string why) = await hub.CommandAsync(
            "run", "--branch", hub.Configuration, "--journal", hub.Journal, "--broker", $"localhost:{hub.Broker.Port}", "--certificates", hub.Broker.Certificates);
        string saved = Path.Combine(hub.Folder, "saved.journal");
        (int repair, string said) = await hub.CommandAsync("journal", "repair", hub.Journal, "--to", saved);
        (int again, _) = await hub.CommandAsync("journal", "repair", hub.Journal, "--to", saved);

        Assert.NotEqual(0, verify);
        Assert.Equal(3, run);
        Assert.Contains("journal repair", why, StringComparison.Ordinal);
        Assert.Equal(1, repair);
        Assert.Contains($"saved {events - 3} events", said, StringComparison.Ordinal);
        // Never over a file that is there.
        Assert.Equal(3, again);
        hub.Journal = saved;
        await hub.AssertSoundAsync();
        Assert.Equal(events - 3, (await hub.ExportAsync()).Length);
    }

    [Fact]
    public async Task A_journal_whose_identity_is_gone_is_saved_only_behind_the_numbers_that_may_have_been_given()
    {
        await using HubUnderTest hub = await HubUnderTest.StartAsync();
        await using TestUnit dispenser = await TestUnit.DispenserAsync(hub);
        await dispenser.TicketAsync();
        Assert.Equal(0, await hub.StopAsync());
        Change(hub.Journal, "delete from meta where name = 'journal'");
        string saved = Path.Combine(hub.Folder, "saved.journal");
        string[] repair = ["journal", "repair", hub.Journal, "--to", saved, "--branch-name", Support.Broker.Branch];

        (int unsaid, string why) = await hub.CommandAsync(repair);
        (int unnamed, _) = await hub.CommandAsync([.. repair, "--last", "A005"]);
        Assert.False(File.Exists(saved));
        (int done, string said) = await hub.CommandAsync([.. repair, "--last", "A005", "--last", "B000"]);

        Assert.Equal((2, 1), (unsaid, unnamed));
        Assert.Contains("--skip N", why, StringComparison.Ordinal);
        Assert.True(done == 0, said);
        hub.Journal = saved;
        await hub.AssertSoundAsync();
        await hub.StartAgainAsync();
        Assert.Equal("A026", (await dispenser.TicketAsync()).Ticket!.Label);
    }

    private static void Lose(string journal, int seq) => Change(journal, $"delete from journal where seq = {seq}");

    private static void Change(string journal, string sql)
    {
        Batteries_V2.Init();
        using var connection = new SqliteConnection($"Data Source={journal};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.Equal(1, command.ExecuteNonQuery());
    }
}
