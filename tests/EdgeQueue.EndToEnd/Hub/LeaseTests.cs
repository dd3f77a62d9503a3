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

    private static Task<ReplyMessage> LeaseAsync(TestUnit dispenser, string store) =>
        dispenser.DoAsync(new LeaseNumbers("door", "tickets", store, new Dictionary<string, int>(), default));
}
