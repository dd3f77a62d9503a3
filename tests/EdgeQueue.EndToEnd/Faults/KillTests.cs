using EdgeQueue.Core.Queue;
using EdgeQueue.EndToEnd.Support;

namespace EdgeQueue.EndToEnd.Faults;

/// <summary>kill -9 of anything at any moment, while people come and operators work; then everything is counted.</summary>
[Collection(nameof(BrokenBranch))]
public sealed class KillTests(ITestOutputHelper output)
{
    [Fact]
    public Task Twenty_kills_lose_nobody_and_repeat_nothing() => KillAsync(20, seed: 20);

    [Fact]
    [Trait("Length", "Long")]
    public Task Two_hundred_kills_lose_nobody_and_repeat_nothing() => KillAsync(200, seed: 200);

    private async Task KillAsync(int kills, int seed)
    {
        await using PlayedStage stage = await PlayedStage.StartAsync();
        var crowd = new Crowd(stage, seed);
        await crowd.OpenAllAsync();
        await crowd.QueueAsync(8);
        using var evening = new CancellationTokenSource();
        Task living = crowd.LiveAsync(evening.Token);

        // Hub and broker as often as all the nodes together: they have the most to lose. The panel is the world outside.
        string[] all = [.. stage.Stage.Processes.Select(p => p.Name).Where(n => n != "panel")];
        string[] often = ["hub", "hub", "hub", "broker", "broker", PlayedStage.Dispenser, PlayedStage.Dispenser];
        var random = new Random(seed);
        var done = new SortedDictionary<string, int>(StringComparer.Ordinal);
        for (int kill = 0; kill < kills; kill++)
        {
            await Task.Delay(random.Next(500, 4000), PlayedStage.Now);
            string name = random.Next(2) == 0 ? often[random.Next(often.Length)] : all[random.Next(all.Length)];
            await stage.UntilAsync($"{name} runs, to be killed", () => stage.Kill(name));
            done[name] = done.GetValueOrDefault(name) + 1;
        }

        await evening.CancelAsync();
        await living;
        await stage.SettleAsync();
        await stage.UntilAsync("every ticket's paper is accounted for", () => AllReportedAsync(stage), TimeSpan.FromMinutes(3));
        await stage.SettleAsync();

        HubJournal journal = stage.Journal;
        journal.MustBeSound();
        var events = journal.Events();
        Accounts.NobodyTwice(events);
        int replies = Accounts.EveryAcceptedReplyIsKept(stage);
        await Accounts.DisplaysTellTheTruthAsync(stage);
        PaperCount papers = Accounts.EveryTicketIsAccountedFor(events, stage.Papers.Labels);
        int spoken = Accounts.NothingIsSpokenTwice(stage, events);
        await ReplaysToTheSameAsync(stage, events[^1].Seq);
        int calls = events.Count(e => e.Event is VisitCalled);
        output.WriteLine(
            $"{kills} kills ({string.Join(", ", done.Select(d => $"{d.Key} {d.Value}"))}); {crowd.TicketPresses} ticket presses, {crowd.OperatorPresses} operators' presses; "
            + $"{papers.Issued} tickets issued, {papers.Printed} printed, {papers.Uncertain} uncertain, {papers.NotPrinted} not printed; "
            + $"{replies} accepted replies seen; {calls} calls, {spoken} announcements; {events.Count} events");

        // The run means something only if the branch has lived meanwhile.
        Assert.True(papers.Issued >= kills / 2, $"only {papers.Issued} tickets in the whole run");
        Assert.True(calls >= kills / 5, $"only {calls} calls in the whole run");
        Assert.True(spoken > 0, "nothing was spoken in the whole run");
    }

    /// <summary>What a hub says that has only the journal is what the one said that had lived through it all.</summary>
    private static async Task ReplaysToTheSameAsync(PlayedStage stage, long last)
    {
        string digest = stage.Journal.Digest($"#{last}");
        var before = Faces(stage);
        await stage.UntilAsync("the hub runs, to be killed once more", () => stage.Kill("hub"));
        stage.Watch.ForgetBranch();
        await stage.SettleAsync();
        Assert.Equal(digest, stage.Journal.Digest($"#{last}"));
        Assert.Equal(before, Faces(stage));
    }

    private static string[] Faces(PlayedStage stage) =>
    [
        .. stage.Watch.Counters.OrderBy(c => c.Key, StringComparer.Ordinal)
            .Select(c => $"{c.Key} {c.Value.Version} {c.Value.Phase} {c.Value.Operator} {c.Value.Label} called {c.Value.Times} times, {c.Value.Waiting} wait"),
    ];

    private static Task<bool> AllReportedAsync(PlayedStage stage)
    {
        var open = new HashSet<long>();
        foreach ((_, Event happened) in stage.Journal.Events())
        {
            _ = happened switch
            {
                // An offline ticket joins when its paper is decided.
                TicketIssued { Lease: null } issued => open.Add(issued.Visit),
                TicketPrintReported reported => open.Remove(reported.Visit),
                // The offline paper won: it is in somebody's hand.
                TicketRelabelled relabelled => open.Remove(relabelled.Visit),
                VisitEnded { How: VisitEnd.Cancelled } ended => open.Remove(ended.Visit),
                _ => false,
            };
        }

        return Task.FromResult(open.Count == 0);
    }
}
