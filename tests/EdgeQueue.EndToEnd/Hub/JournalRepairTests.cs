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

    private static void Lose(string journal, int seq)
    {
        Batteries_V2.Init();
        using var connection = new SqliteConnection($"Data Source={journal};Pooling=False");
        connection.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = "delete from journal where seq = $seq";
        command.Parameters.AddWithValue("$seq", seq);
        Assert.Equal(1, command.ExecuteNonQuery());
    }
}
