using System.Text.Json.Nodes;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.EndToEnd.Hub;

/// <summary>Numbers that went away with a dispenser's store.</summary>
public sealed class LeaseTests
{
    [Fact]
    public async Task Numbers_of_a_wiped_store_are_told_and_a_technician_gives_them_up()
    {
        await using HubUnderTest hub = await HubUnderTest.StartAsync();
        await using TestUnit dispenser = await TestUnit.DispenserAsync(hub);
        await using Watcher watcher = Watcher.Start(hub.Broker);
        // 200 offline numbers, 50 a block, two blocks for each store.
        foreach (string store in (string[])["first", "first", "second", "second"])
        {
            Assert.Null((await LeaseAsync(dispenser, store)).Refusal);
        }

        var refused = (await LeaseAsync(dispenser, "third")).Refusal!;
        BranchStatusMessage status = await watcher.StatusAsync(s => s.Faults.Any(f => f.Code == "offlineNumbers"));
        Assert.Equal("noNumbersToLease", refused.Code);
        Assert.Contains("journal revoke", refused.Sentence, StringComparison.Ordinal);
        string fault = status.Faults.Single(f => f.Code == "offlineNumbers").Sentence;
        string[] gone = fault[(fault.LastIndexOf("JOURNAL ", StringComparison.Ordinal) + 8)..].Split(' ');
        Assert.Equal(4, gone.Length);

        (int running, _) = await hub.CommandAsync(["journal", "revoke", hub.Journal, .. gone]);
        Assert.Equal(0, await hub.StopAsync());
        (int unknown, _) = await hub.CommandAsync("journal", "revoke", hub.Journal, gone[0], "lease-99");
        string[] before = (await hub.CommandAsync("journal", "leases", hub.Journal)).Output.Split('\n');
        (int done, string said) = await hub.CommandAsync(["journal", "revoke", hub.Journal, .. gone]);
        string[] after = (await hub.CommandAsync("journal", "leases", hub.Journal)).Output.Split('\n');

        Assert.Equal((3, 1), (running, unknown));
        Assert.True(done == 0, said);
        Assert.Equal(4, before.Count(l => l.Contains(" first ", StringComparison.Ordinal) && l.EndsWith("its unit has another store since", StringComparison.Ordinal)));
        Assert.Equal(4, before.Count(l => l.Contains(" second ", StringComparison.Ordinal) && l.Contains(" 0/50 ", StringComparison.Ordinal)));
        Assert.Equal(4, after.Count(l => l.Contains(" first ", StringComparison.Ordinal) && l.EndsWith("revoked, free after the day", StringComparison.Ordinal)));
        await hub.AssertSoundAsync();
    }

    [Fact]
    public async Task A_ticket_given_offline_for_a_service_that_is_no_more_is_recorded_counted_and_said()
    {
        await using HubUnderTest hub = await HubUnderTest.StartAsync();
        await using TestUnit dispenser = await TestUnit.DispenserAsync(hub);
        await using Watcher watcher = Watcher.Start(hub.Broker);
        LeasedBlock block = (await LeaseAsync(dispenser, "store")).Lease!.Blocks.First(b => b.Service == "advice");
        JsonObject branch = JsonNode.Parse(TestBranch.Json(revision: 2))!.AsObject();
        branch["services"]!.AsArray().RemoveAt(1);
        branch["workProfiles"]![0]!["services"] = new JsonArray("general");
        branch["nodes"]![0]!["units"]![0]!["dispenser"]!["buttons"]!.AsArray().RemoveAt(1);
        int from = hub.LogLength();
        await File.WriteAllTextAsync(hub.Configuration, branch.ToJsonString(), TestContext.Current.CancellationToken);
        await hub.LoggedAsync("revision 2", from);

        string id = TestUnit.NewId();
        CommandMessage join = TestUnit.Envelope(id, new JoinOffline(TestUnit.NewId(), "store", "advice", null, null, block.First, default, 1, false, default));
        byte[] joined = await dispenser.SendAsync(join);

        ReplyMessage reply = TestUnit.Read(joined);
        string label = $"{block.Prefix}{block.First}";
        Assert.Equal((null, label), (reply.Refusal, reply.Ticket?.Label));
        Assert.Equal(joined, await dispenser.SendAsync(join));
        BranchStatusMessage status = await watcher.StatusAsync(s => s.Faults.Any(f => f.Code == "recordedTickets"));
        Assert.Contains(label, status.Faults.Single(f => f.Code == "recordedTickets").Sentence, StringComparison.Ordinal);
        Assert.Equal((0, 1), (status.Waiting, (int)await hub.MetricAsync("edgequeue_recorded_tickets_total", atLeast: 1)));
        hub.Kill();
        from = hub.LogLength();
        await hub.StartAgainAsync();
        await hub.LoggedAsync("status page on", from);
        // On the page of the new process: the broker would still have what the old one said.
        for (int looks = 0; looks < 100 && !(await hub.GetAsync("/")).Contains("recordedTickets", StringComparison.Ordinal); looks++)
        {
            await Task.Delay(100, TestContext.Current.CancellationToken);
        }

        Assert.Contains("recordedTickets", await hub.GetAsync("/"), StringComparison.Ordinal);
        await hub.AssertSoundAsync();
    }

    private static Task<ReplyMessage> LeaseAsync(TestUnit dispenser, string store) =>
        dispenser.DoAsync(new LeaseNumbers("door", "tickets", store, new Dictionary<string, int>(), default));
}
