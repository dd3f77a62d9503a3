using EdgeQueue.Core.Queue;
using EdgeQueue.EndToEnd.Support;
using EdgeQueue.Tool.Stage;

namespace EdgeQueue.EndToEnd.Faults;

/// <summary>The broker is gone for a while: the dispenser goes on from its leased numbers, and all of it joins afterwards.</summary>
[Collection(nameof(BrokenBranch))]
public sealed class OutageTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Short = TimeSpan.FromSeconds(30);
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(5);

    [Fact]
    public Task Without_a_broker_tickets_go_on_and_join_in_order() => OutageAsync(Short, Meanwhile.Nothing);

    [Fact]
    [Trait("Length", "Long")]
    public Task A_dispenser_killed_meanwhile_loses_no_ticket() => OutageAsync(Short, Meanwhile.Killed);

    [Fact]
    [Trait("Length", "Long")]
    public Task A_dispenser_whose_store_is_wiped_meanwhile_gives_no_number_twice() => OutageAsync(Short, Meanwhile.Wiped);

    [Fact]
    [Trait("Length", "Long")]
    public Task Without_a_broker_for_five_minutes_tickets_go_on_and_join_in_order() => OutageAsync(Long, Meanwhile.Nothing);

    [Fact]
    [Trait("Length", "Long")]
    public Task A_dispenser_killed_in_five_minutes_without_a_broker_loses_no_ticket() => OutageAsync(Long, Meanwhile.Killed);

    private enum Meanwhile
    {
        Nothing,
        Killed,
        Wiped,
    }

    private async Task OutageAsync(TimeSpan outage, Meanwhile meanwhile)
    {
        await using PlayedStage stage = await PlayedStage.StartAsync();
        await stage.TakeAsync(5, "KEY_1", "KEY_2");
        // The second leases are asked for when the first half of a block is used; here the first ones must have arrived.
        await stage.UntilAsync("the dispenser has numbers of its own", () => stage.Journal.Events().Any(e => e.Event is NumbersLeased));
        await stage.SettleAsync();
        int before = stage.Papers.Count;

        StagedProcess broker = stage.Stage["broker"];
        broker.Held = true;
        Assert.True(stage.Kill("broker"));
        DateTime until = DateTime.UtcNow + outage;
        await Task.Delay(3000, PlayedStage.Now);
        await stage.TakeAsync(4, "KEY_1", "KEY_2");
        int wiped = 0;
        if (meanwhile != Meanwhile.Nothing)
        {
            // What the paper of the last press has become must be on the node's disk before the machine goes.
            await Task.Delay(2000, PlayedStage.Now);
            await InterruptDispenserAsync(stage, wipe: meanwhile == Meanwhile.Wiped);
            wiped = meanwhile == Meanwhile.Wiped ? stage.Papers.Count - before : 0;
        }

        if (meanwhile != Meanwhile.Wiped)
        {
            while (DateTime.UtcNow < until)
            {
                await stage.TakeAsync(1, "KEY_1", "KEY_2");
                await Task.Delay(outage / 15, PlayedStage.Now);
            }
        }
        else
        {
            // Without a store there is no lease, and without a hub no other: it refuses, and prints nothing.
            for (int i = 0; i < 3; i++)
            {
                await stage.PressAsync(PlayedStage.Dispenser, "KEY_1");
                await Task.Delay(1500, PlayedStage.Now);
            }

            Assert.Equal(before + wiped, stage.Papers.Count);
            await Task.Delay(until - DateTime.UtcNow is { Ticks: > 0 } rest ? rest : TimeSpan.Zero, PlayedStage.Now);
        }

        int offline = stage.Papers.Count - before;
        long last = stage.Journal.LastSeq();
        broker.Held = false;
        await stage.UntilAsync("the branch is whole again", () => stage.Watch.Branch is { } b && b.IsComplete() && b.Seq >= last && broker.Pid != 0, TimeSpan.FromMinutes(3));
        await stage.SettleAsync();
        await stage.TakeAsync(3, "KEY_1", "KEY_2");
        await stage.SettleAsync();

        string[] printedOffline = [.. stage.Papers.Labels.Skip(before).Take(offline)];
        if (meanwhile == Meanwhile.Wiped)
        {
            // The papers are all that is left of them: whoever shows one is called by what it says.
            await stage.OpenDeskTwoAsync();
            foreach (string label in printedOffline)
            {
                await stage.CallPaperAsync(label);
                await stage.TheCalledArrivesAsync();
            }

            await stage.SettleAsync();
        }

        var events = stage.Journal.Events();
        stage.Journal.MustBeSound();
        Accounts.NobodyTwice(events);
        Assert.Equal(stage.Papers.Count, stage.Papers.Labels.Distinct().Count());
        Assert.DoesNotContain("unreadable", stage.Papers.Labels);
        var joined = events.Select(e => e.Event).OfType<TicketIssued>().Where(t => t.Lease is not null).ToList();
        if (meanwhile == Meanwhile.Wiped)
        {
            // Nobody knew of what the wiped store had printed: each is recorded by being called, once. Its numbers are never given again.
            Assert.Equal(printedOffline, joined.Select(t => t.Label));
            Accounts.EveryTicketIsAccountedFor(events, stage.Papers.Labels);
            var leases = events.Select(e => e.Event).OfType<NumbersLeased>().ToList();
            Assert.True(leases.Select(l => l.Store).Distinct().Count() >= 2, "the dispenser has leased anew, for a new store");
            Assert.All(
                leases.SelectMany(l => leases.Where(o => o.Lease != l.Lease && o.Service == l.Service), (a, b) => (a, b)),
                pair => Assert.True(pair.a.Last < pair.b.First || pair.b.Last < pair.a.First, $"leases {pair.a.Lease} and {pair.b.Lease} overlap"));
        }
        else
        {
            // Every paper since then that the hub has not issued itself: the dispenser may be back a press later than the others.
            var issued = events.Select(e => e.Event).OfType<TicketIssued>().Where(t => t.Lease is null).Select(t => t.Label).ToHashSet();
            Assert.Equal(stage.Papers.Labels.Skip(before).Where(label => !issued.Contains(label)), joined.Select(t => t.Label));
            Assert.True(joined.Count >= offline, $"{joined.Count} joined of {offline} papers");
            Assert.Equal(joined.OrderBy(t => t.WaitingSince).Select(t => t.Label), joined.Select(t => t.Label));
            Accounts.EveryTicketIsAccountedFor(events, stage.Papers.Labels);
        }

        output.WriteLine(
            $"{outage.TotalSeconds} s without a broker, dispenser {meanwhile}: {stage.Papers.Count} papers, {offline} of them meanwhile, {joined.Count} joined, {wiped} of a wiped store");
    }

    private static async Task InterruptDispenserAsync(PlayedStage stage, bool wipe)
    {
        StagedProcess dispenser = stage.Stage[PlayedStage.Dispenser];
        dispenser.Held = true;
        int before = stage.Logged(PlayedStage.Dispenser, "1115 buttons");
        Assert.True(stage.Kill(PlayedStage.Dispenser));
        await stage.UntilAsync("the dispenser has ended", () => dispenser.Pid == 0);
        if (wipe)
        {
            foreach (string file in Directory.GetFiles(Path.Combine(stage.Stage.Folder, "state", PlayedStage.Dispenser.Replace('/', '.'))))
            {
                File.Delete(file);
            }
        }

        dispenser.Held = false;
        await stage.UntilAsync("the dispenser hears its buttons again", () => stage.Logged(PlayedStage.Dispenser, "1115 buttons") > before);
    }
}
