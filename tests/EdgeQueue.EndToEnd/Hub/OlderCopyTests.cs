using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.EndToEnd.Hub;

/// <summary>A journal that was restored from a backup or cloned (DESIGN §6).</summary>
public sealed class OlderCopyTests
{
    [Fact]
    public async Task A_restored_older_journal_is_noticed_and_gives_no_number_until_it_is_forked()
    {
        await using HubUnderTest hub = await HubUnderTest.StartAsync();
        await using TestUnit dispenser = await TestUnit.DispenserAsync(hub);
        await using Watcher watcher = Watcher.Start(hub.Broker);
        await dispenser.TicketAsync();
        Assert.Equal(0, await hub.StopAsync());
        string copy = Copy(hub.Journal);
        await hub.StartAgainAsync();
        var given = new List<string>();
        ReplyMessage last = null!;
        for (int i = 0; i < 5; i++)
        {
            given.Add((last = await dispenser.TicketAsync()).Ticket!.Label);
        }

        Assert.Equal(0, await hub.StopAsync());
        Replace(hub.Journal, copy);
        await hub.StartAgainAsync();

        // The dispenser says what it has seen; so does the broker, which keeps the hub's own last word.
        ReplyMessage refused = await dispenser.TicketAsync(seen: new JournalPosition(last.Journal, last.Seq));
        Assert.Equal("journalBehind", refused.Refusal!.Code);
        Assert.Equal("journalBehind", (await dispenser.TicketAsync()).Refusal!.Code);
        BranchStatusMessage status = await watcher.StatusAsync(s => s.Faults.Any(f => f.Code == "journalBehind"));
        Assert.Contains($"--seen {last.Journal}:", status.Faults.First(f => f.Code == "journalBehind").Sentence, StringComparison.Ordinal);
        await watcher.UntilAsync<DispenserMessage>(Watcher.Names.Dispenser(new("door", "tickets")), d => !d.Open && d.ClosedBecause is not null);

        Assert.Equal(0, await hub.StopAsync());
        (int code, string output) = await hub.CommandAsync("journal", "fork", hub.Journal, "--seen", $"{last.Journal}:{last.Seq}");
        Assert.True(code == 0, output);
        await hub.StartAgainAsync();
        ReplyMessage again = await dispenser.TicketAsync(seen: new JournalPosition(last.Journal, last.Seq));
        // What it saw is history of another journal; from the reply it knows the new one.
        Assert.Equal("otherJournal", again.Refusal!.Code);
        ReplyMessage next = await dispenser.TicketAsync(seen: new JournalPosition(again.Journal, again.Seq));
        Assert.NotEqual(last.Journal, next.Journal);
        Assert.DoesNotContain(next.Ticket!.Label, given);
        await hub.AssertSoundAsync();
    }

    [Fact]
    public async Task The_broker_alone_remembers_that_the_journal_was_longer()
    {
        await using HubUnderTest hub = await HubUnderTest.StartAsync();
        await using TestUnit dispenser = await TestUnit.DispenserAsync(hub);
        await using Watcher watcher = Watcher.Start(hub.Broker);
        Assert.Equal(0, await hub.StopAsync());
        string copy = Copy(hub.Journal);
        await hub.StartAgainAsync();
        ReplyMessage given = await dispenser.TicketAsync();
        await watcher.StatusAsync(s => s.Seq >= given.Seq);
        hub.Kill();
        Replace(hub.Journal, copy);

        await hub.StartAgainAsync();

        Assert.Equal("journalBehind", (await dispenser.TicketAsync()).Refusal!.Code);
    }

    [Fact]
    public async Task A_position_that_no_journal_can_have_reached_changes_nothing_and_is_counted()
    {
        await using HubUnderTest hub = await HubUnderTest.StartAsync();
        await using TestUnit dispenser = await TestUnit.DispenserAsync(hub);
        await using TestUnit keypad = await TestUnit.KeypadAsync(hub, 1);
        ReplyMessage first = await dispenser.TicketAsync();
        var lie = new JournalPosition(first.Journal, 1_000_000_000_000_000);

        await dispenser.StatusAsync(Status("dispenser", lie));
        await keypad.StatusAsync(Status("keypad", lie));
        ReplyMessage second = await dispenser.TicketAsync(seen: lie);

        Assert.Equal("A002", second.Ticket!.Label);
        Assert.Null((await keypad.DoAsync(new OpenCounter("c1", "11", null, false, default), lie)).Refusal);
        await hub.MetricAsync("edgequeue_rejected_input_total{kind=\"implausible\",source=\"door/tickets\"}", 2);
        await hub.MetricAsync("edgequeue_rejected_input_total{kind=\"implausible\",source=\"desk-1/keypad\"}", 2);
    }

    [Fact]
    public async Task One_keypad_that_has_seen_more_stops_itself_and_two_stop_the_branch()
    {
        await using HubUnderTest hub = await HubUnderTest.StartAsync();
        await using TestUnit dispenser = await TestUnit.DispenserAsync(hub);
        await using TestUnit keypad = await TestUnit.KeypadAsync(hub, 1);
        await using TestUnit other = await TestUnit.KeypadAsync(hub, 2);
        await using Watcher watcher = Watcher.Start(hub.Broker);
        ReplyMessage ticket = await dispenser.TicketAsync();

        await keypad.StatusAsync(Status("keypad", new JournalPosition(ticket.Journal, ticket.Seq + 1000)));
        BranchStatusMessage doubt = await watcher.StatusAsync(s => s.Faults.Any(f => f.Code == "nodeAhead"));

        Assert.StartsWith("desk-1/keypad says", doubt.Faults.Single(f => f.Code == "nodeAhead").Sentence, StringComparison.Ordinal);
        Assert.Equal("journalBehind", (await keypad.DoAsync(new OpenCounter("c1", "11", null, false, default))).Refusal!.Code);
        Assert.Null((await other.DoAsync(new OpenCounter("c2", "12", null, false, default))).Refusal);
        Assert.Equal("A002", (await dispenser.TicketAsync()).Ticket!.Label);

        await other.StatusAsync(Status("keypad", new JournalPosition(ticket.Journal, ticket.Seq + 900)));
        BranchStatusMessage stopped = await watcher.StatusAsync(s => s.Faults.Any(f => f.Code == "journalBehind"));

        Assert.EndsWith(
            $"--seen {ticket.Journal}:{ticket.Seq + 1000}", stopped.Faults.Single(f => f.Code == "journalBehind").Sentence, StringComparison.Ordinal);
        Assert.Equal("journalBehind", (await dispenser.TicketAsync()).Refusal!.Code);
        Assert.Equal("journalBehind", (await other.DoAsync(new CallNext("c2", 1, default))).Refusal!.Code);
    }

    [Fact]
    public async Task One_dispenser_that_has_seen_more_stops_the_branch_and_is_named_with_the_way_out()
    {
        await using HubUnderTest hub = await HubUnderTest.StartAsync();
        await using TestUnit dispenser = await TestUnit.DispenserAsync(hub);
        await using Watcher watcher = Watcher.Start(hub.Broker);
        ReplyMessage ticket = await dispenser.TicketAsync();

        ReplyMessage refused = await dispenser.TicketAsync(seen: new JournalPosition(ticket.Journal, ticket.Seq + 1000));

        Assert.Equal("journalBehind", refused.Refusal!.Code);
        BranchStatusMessage status = await watcher.StatusAsync(s => s.Faults.Any(f => f.Code == "journalBehind"));
        Assert.Contains(
            "Only door/tickets says so: if no backup was restored, take it out of the configuration",
            status.Faults.Single(f => f.Code == "journalBehind").Sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_copy_from_long_ago_is_forked_behind_the_papers_that_people_hold_so_that_it_gives_numbers()
    {
        await using HubUnderTest hub = await HubUnderTest.StartAsync();
        await using TestUnit dispenser = await TestUnit.DispenserAsync(hub);
        await dispenser.TicketAsync();
        Assert.Equal(0, await hub.StopAsync());
        int events = (await hub.ExportAsync()).Length;

        (int refused, string why) = await hub.CommandAsync("journal", "fork", hub.Journal, "--skip", "5000");
        (int dry, string would) = await hub.CommandAsync("journal", "fork", hub.Journal, "--last", "A057", "--last", "B000", "--dry-run");
        Assert.Equal((1, 0), (refused, dry));
        Assert.Contains("--last A057", why, StringComparison.Ordinal);
        Assert.Contains("A: today 722 from A078; next day 722 from A078", would, StringComparison.Ordinal);
        Assert.Equal(events, (await hub.ExportAsync()).Length);

        (int forked, string said) = await hub.CommandAsync("journal", "fork", hub.Journal, "--skip", "5000", "--last", "A057", "--last", "B000");
        Assert.True(forked == 0, said);
        await hub.StartAgainAsync();
        Assert.Equal("A078", (await dispenser.TicketAsync()).Ticket!.Label);
        Assert.Equal("B021", (await dispenser.TicketAsync("advice")).Ticket!.Label);
        await hub.AssertSoundAsync();
    }

    [Fact]
    public async Task A_second_hub_on_the_same_journal_does_not_start_and_neither_does_one_without_a_journal()
    {
        await using HubUnderTest hub = await HubUnderTest.StartAsync();
        string[] run = ["run", "--branch", hub.Configuration, "--broker", $"localhost:{hub.Broker.Port}", "--certificates", hub.Broker.Certificates];

        (int second, string said) = await hub.CommandAsync([.. run, "--journal", hub.Journal]);
        (int none, string why) = await hub.CommandAsync([.. run, "--journal", hub.Journal + ".lost"]);

        Assert.Equal((3, 3), (second, none));
        Assert.Contains("Another process has the journal", said, StringComparison.Ordinal);
        Assert.Contains("edgequeue-hub init", why, StringComparison.Ordinal);
        Assert.False(File.Exists(hub.Journal + ".lost"));
    }

    private static NodeStatusMessage Status(string role, JournalPosition seen) => new(1, true, role, "test", [], seen);

    private static string Copy(string journal)
    {
        File.Copy(journal, journal + ".copy");
        return journal + ".copy";
    }

    private static void Replace(string journal, string copy)
    {
        File.Delete(journal + "-wal");
        File.Delete(journal + "-shm");
        File.Copy(copy, journal, overwrite: true);
    }
}
