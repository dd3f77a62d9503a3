using EdgeQueue.Core.Queue;
using EdgeQueue.EndToEnd.Support;
using EdgeQueue.Tool.Stage;

namespace EdgeQueue.EndToEnd.Faults;

/// <summary>The hub's journal is replaced by a copy from before: a card that was restored, or a clone.</summary>
[Collection(nameof(BrokenBranch))]
public sealed class OlderJournalTests(ITestOutputHelper output)
{
    [Fact]
    [Trait("Length", "Long")]
    public Task A_restored_copy_is_noticed_and_after_a_fork_no_label_comes_twice() => RestoreAsync(brokerToo: false);

    /// <summary>With the broker gone too, its retained state no longer tells: the nodes do.</summary>
    [Fact]
    [Trait("Length", "Long")]
    public Task A_restored_copy_is_noticed_by_the_nodes_alone() => RestoreAsync(brokerToo: true);

    private async Task RestoreAsync(bool brokerToo)
    {
        await using PlayedStage stage = await PlayedStage.StartAsync();
        await stage.TakeAsync(4, "KEY_1");
        await stage.SettleAsync();
        await HoldAsync(stage, "hub");
        string copy = Path.Combine(stage.Stage.Folder, "yesterday");
        CopyJournal(stage, Path.GetDirectoryName(stage.Stage.Journal)!, copy);
        Release(stage, "hub");
        await stage.UntilAsync("the hub is back", () => stage.Watch.Branch is { } whole && whole.IsComplete());
        await stage.TakeAsync(4, "KEY_1");
        await stage.SettleAsync();

        long reached = stage.Journal.LastSeq();
        await HoldAsync(stage, "hub");
        if (brokerToo)
        {
            await HoldAsync(stage, "broker");
            Release(stage, "broker");
        }

        CopyJournal(stage, copy, Path.GetDirectoryName(stage.Stage.Journal)!);
        Assert.True(stage.Journal.LastSeq() < reached);
        Release(stage, "hub");
        await stage.UntilAsync(
            "the hub says that its journal is an older copy",
            () => stage.Watch.Branch?.Faults.Any(f => f.Code == "journalBehind") ?? false, TimeSpan.FromMinutes(2));

        // Nothing is given out: no event but the hub's own, and no paper with an ordinary number.
        int papers = stage.Papers.Count;
        await stage.PressAsync(PlayedStage.Dispenser, "KEY_1");
        await Task.Delay(5000, PlayedStage.Now);
        Assert.DoesNotContain(stage.Journal.Events().Skip(1).Where(e => e.Seq > reached), e => e.Event is TicketIssued or VisitCalled or NumbersLeased);
        string fault = stage.Watch.Branch!.Faults.Single(f => f.Code == "journalBehind").Sentence;
        string seen = fault[(fault.LastIndexOf("--seen ", StringComparison.Ordinal) + 7)..].Trim();

        await HoldAsync(stage, "hub");
        var (code, text) = stage.Journal.Run("fork", stage.Stage.Journal, "--seen", seen);
        Assert.True(code == 0, text);
        Release(stage, "hub");
        await stage.UntilAsync(
            "the hub goes on", () => stage.Watch.Branch is { } b && b.IsComplete() && b.Faults.All(f => f.Code != "journalBehind"),
            TimeSpan.FromMinutes(2));
        await stage.TakeAsync(6, "KEY_1");
        await stage.SettleAsync();

        stage.Journal.MustBeSound();
        var events = stage.Journal.Events();
        Accounts.NobodyTwice(events);
        Assert.Single(events, e => e.Event is JournalForked);
        Assert.DoesNotContain("unreadable", stage.Papers.Labels);
        Assert.Equal(stage.Papers.Labels.Count, stage.Papers.Labels.Distinct().Count());
        Assert.True(stage.Papers.Labels.Count >= 14);
        output.WriteLine(
            $"reached event {reached}, restored to an older copy, noticed as {seen}, forked; {stage.Papers.Count - papers} papers after the notice, "
            + $"{stage.Papers.Labels.Count} in all, all different: {string.Join(' ', stage.Papers.Labels)}");
    }

    private static async Task HoldAsync(PlayedStage stage, string name)
    {
        StagedProcess process = stage.Stage[name];
        process.Held = true;
        Assert.True(stage.Kill(name));
        await stage.UntilAsync($"{name} has ended", () => process.Pid == 0);
    }

    private static void Release(PlayedStage stage, string name)
    {
        stage.Watch.ForgetBranch();
        stage.Stage[name].Held = false;
    }

    /// <summary>With its write-ahead log: a copy of a stopped hub's files is a whole backup.</summary>
    private static void CopyJournal(PlayedStage stage, string from, string to)
    {
        Directory.CreateDirectory(to);
        string name = Path.GetFileName(stage.Stage.Journal);
        foreach (string old in Directory.GetFiles(to, name + "*"))
        {
            File.Delete(old);
        }

        foreach (string file in Directory.GetFiles(from, name + "*"))
        {
            File.Copy(file, Path.Combine(to, Path.GetFileName(file)));
        }
    }
}
