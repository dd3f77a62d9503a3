using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.EndToEnd.Support;

namespace EdgeQueue.EndToEnd.Hub;

/// <summary>
/// A journal that an earlier form of the product wrote: <c>Journals/before-sources.journal</c> has no columns for whose command an
/// event came of. Three tickets, counter c1 opened by 11, A001 called, served and finished by calling A002.
/// </summary>
public sealed class OlderFormTests
{
    private const int Events = 12;

    [Fact]
    public async Task A_journal_without_sources_is_read_as_it_is_and_nobody_is_named()
    {
        await using HubUnderTest hub = await StoppedAsync();
        byte[] before = await File.ReadAllBytesAsync(hub.Journal, TestContext.Current.CancellationToken);

        await hub.AssertSoundAsync();
        string[] export = await hub.ExportAsync();
        (int explain, string said) = await ExplainTests.ExplainAsync(hub, "A001");
        (int replay, string then) = await hub.CommandAsync("journal", "replay", hub.Journal, "--until", "#8");

        Assert.Equal(Events, export.Length);
        Assert.DoesNotContain(export, e => e.Contains("\"source\"", StringComparison.Ordinal));
        Assert.Equal((0, 0), (explain, replay));
        Assert.Contains("visitArrived, by whom is not known: an older release wrote it\n", said, StringComparison.Ordinal);
        Assert.Contains("A001 called", then, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllBytesAsync(hub.Journal, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_hub_goes_on_with_it_and_names_everybody_from_then_on()
    {
        await using HubUnderTest hub = await StoppedAsync();
        string[] before = await hub.ExportAsync();
        await hub.StartAgainAsync();
        await using TestUnit dispenser = await TestUnit.DispenserAsync(hub);
        await using TestUnit keypad = await TestUnit.KeypadAsync(hub, 1);
        Assert.Equal("A004", (await dispenser.TicketAsync()).Ticket!.Label);
        ReplyMessage shown = await keypad.DoAsync(new Arrive("c1", 0, default));
        ReplyMessage arrived = await keypad.DoAsync(new Arrive("c1", shown.Counter!.Version, default));
        Assert.Null(arrived.Refusal);
        Assert.Equal("A002", arrived.Counter!.Label);

        (int explain, string said) = await ExplainTests.ExplainAsync(hub, "A002");

        Assert.Equal(0, explain);
        Assert.Contains("ticketIssued, by whom is not known: an older release wrote it\n", said, StringComparison.Ordinal);
        Assert.Contains($"visitArrived, by 11 from {keypad.Unit}\n", said, StringComparison.Ordinal);
        Assert.Equal(before, (await hub.ExportAsync())[..Events]);
        await hub.AssertSoundAsync();
    }

    [Fact]
    public async Task Repaired_and_forked_it_still_says_what_is_not_known()
    {
        await using HubUnderTest hub = await StoppedAsync();
        string saved = Path.Combine(hub.Folder, "saved.journal");

        (int repair, string said) = await hub.CommandAsync("journal", "repair", hub.Journal, "--to", saved);
        (int fork, string forked) = await hub.CommandAsync("journal", "fork", saved, "--skip", "0");

        Assert.True(repair == 0, said);
        Assert.True(fork == 0, forked);
        hub.Journal = saved;
        await hub.AssertSoundAsync();
        Assert.EndsWith("\"source\":\"technician\"}", (await hub.ExportAsync())[^1], StringComparison.Ordinal);
        Assert.Contains("visitCalled, to counter c1 (11), by whom is not known", (await ExplainTests.ExplainAsync(hub, "A001")).Said, StringComparison.Ordinal);
    }

    private static async Task<HubUnderTest> StoppedAsync()
    {
        HubUnderTest hub = await HubUnderTest.StartAsync();
        Assert.Equal(0, await hub.StopAsync());
        hub.Journal = Path.Combine(hub.Folder, "older.journal");
        File.Copy(Path.Combine(Executables.Root(), "tests/EdgeQueue.EndToEnd/Hub/Journals/before-sources.journal"), hub.Journal);
        return hub;
    }
}
