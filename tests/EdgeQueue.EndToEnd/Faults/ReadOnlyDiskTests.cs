using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.EndToEnd.Support;

namespace EdgeQueue.EndToEnd.Faults;

/// <summary>The hub's disk fails in the middle of work, and the kernel lets nobody write to it any more.</summary>
[Collection(nameof(BrokenBranch))]
public sealed class ReadOnlyDiskTests(ITestOutputHelper output)
{
    [Fact]
    [Trait("Length", "Long")]
    public async Task With_a_disk_that_became_read_only_nothing_acknowledged_is_lost_the_alarm_shows_and_it_goes_on_after_repair()
    {
        using var disk = new FailingDisk();
        await using PlayedStage stage = await PlayedStage.StartAsync(prepared: DeskTwo.JournalIn(disk.Mount));
        string called = await stage.CallTheFirstAsync(tickets: 3);

        disk.Fail();
        await stage.PressAsync(PlayedStage.Dispenser, "KEY_1");
        await stage.UntilAsync("the alarm shows", () => stage.Watch.Branch!.Faults.Any(f => f.Code == "diskFault"));
        await stage.PressAsync("counter-2/keypad", "KEY_KPPLUS");
        await Task.Delay(4000, PlayedStage.Now); // longer than a press is wanted: what has not happened by now will not
        Assert.Equal((called, CounterPhase.Called), (stage.AtDeskTwo().Label, stage.AtDeskTwo().Phase));
        await Accounts.DisplaysTellTheTruthAsync(stage);
        Assert.True(await stage.MetricAsync("edgequeue_failed_commits_total") > 0);

        // The technician takes the hub off its disk, mends the file system and lets it start again.
        stage.Stage["hub"].Held = true;
        stage.Kill("hub");
        await stage.UntilAsync("the hub has ended", () => stage.Stage["hub"].Pid == 0);
        disk.Repair();
        stage.Watch.ForgetBranch();
        stage.Stage["hub"].Held = false;
        await stage.UntilAsync("the hub goes on", () => stage.Watch.Branch is { } whole && whole.IsComplete() && whole.Faults.All(f => f.Code != "diskFault"));
        Assert.Equal(called, stage.AtDeskTwo().Label);
        await stage.TakeAsync(3, "KEY_1");
        await stage.TheCalledArrivesAsync();
        await stage.SettleAsync();

        var events = stage.Journal.Events();
        stage.Journal.MustBeSound();
        Accounts.NobodyTwice(events);
        int replies = Accounts.EveryAcceptedReplyIsKept(stage);
        PaperCount count = Accounts.EveryTicketIsAccountedFor(events, stage.Papers.Labels);
        output.WriteLine($"{stage.Papers.Count} papers, {count.Issued} issued, {replies} accepted replies all in the journal");
    }
}
