using System.Diagnostics;
using System.Globalization;
using System.Text.Json.Nodes;
using EdgeQueue.Core.Queue;
using EdgeQueue.EndToEnd.Support;

namespace EdgeQueue.EndToEnd.Faults;

/// <summary>The hub's wall clock is set, back and forward: only the time that is shown follows.</summary>
[Collection(nameof(BrokenBranch))]
public sealed class ClockTests(ITestOutputHelper output)
{
    private static readonly TimeSpan[] Steps = [TimeSpan.FromHours(-1), TimeSpan.FromDays(1)];

    [Fact]
    [Trait("Length", "Long")]
    public async Task A_clock_set_back_an_hour_and_forward_a_day_clears_nobody_and_repeats_no_label()
    {
        string clock = "";
        JsonNode branch = BranchFiles.Example();
        branch["nodes"]!.AsArray().First(n => (string)n!["name"]! == "counter-2")!["units"]![1]!["keypad"]!["keys"] =
            new JsonObject { ["KEY_F1"] = "park" };
        await using PlayedStage stage = await PlayedStage.StartAsync(branch, hubArguments: folder =>
        {
            clock = Path.Combine(folder, "clock");
            return ["--clock-file", clock];
        });
        await stage.OpenAsync("counter-2/keypad", "c2", "4444");
        await stage.TakeAsync(4, "KEY_2");
        // One is parked for half an hour, one is called, two wait.
        await CallAsync(stage);
        bool parked = false;
        for (int attempt = 0; !parked; attempt++)
        {
            // A key before the answer to the one before it is refused by the keypad itself.
            Assert.True(attempt < 5, "nobody could be parked");
            foreach (string key in (string[])["KEY_KP3", "KEY_KP0", "KEY_F1"])
            {
                await stage.PressAsync("counter-2/keypad", key);
            }

            parked = await PlayedStage.SoonAsync(
                () => stage.Journal.Events().Any(e => e.Event is VisitParked { Until: not null }), TimeSpan.FromSeconds(20));
        }

        await CallAsync(stage);
        await stage.SettleAsync();
        string called = stage.Watch.Counters["c2"].Label!;
        int waiting = stage.Watch.Branch!.Waiting;
        int day = stage.Watch.Branch.Day;
        int restarts = stage.Stage["hub"].Restarts;

        foreach (TimeSpan step in Steps)
        {
            long local = stage.Watch.Branch.Local;
            (long at, var watch) = (stage.Watch.Branch.At, Stopwatch.StartNew());
            await File.WriteAllTextAsync(clock, step.TotalMilliseconds.ToString(CultureInfo.InvariantCulture), PlayedStage.Now);
            await stage.UntilAsync($"the time that is shown has moved by about {step}",
                () => Math.Sign(stage.Watch.Branch!.Local - local) == Math.Sign(step.Ticks)
                    && Math.Abs(stage.Watch.Branch.Local - local) > TimeSpan.FromMinutes(50).TotalMilliseconds);
            Assert.Contains(stage.Watch.Branch.Faults, f => f.Code == "clockStepped");
            await Task.Delay(3000, PlayedStage.Now);

            // Branch time has gone on by what has really passed; the bound is far below the smallest step.
            Assert.InRange(stage.Watch.Branch.At - at, 0, watch.Elapsed.TotalMilliseconds + TimeSpan.FromMinutes(1).TotalMilliseconds);
            Assert.Equal((day, waiting), (stage.Watch.Branch.Day, stage.Watch.Branch.Waiting));
            Assert.Equal(called, stage.Watch.Counters["c2"].Label);
            await stage.TakeAsync(2, "KEY_2");
            waiting += 2;
            await stage.UntilAsync($"{waiting} wait", () => stage.Watch.Branch.Waiting == waiting);
        }

        await stage.SettleAsync();
        var events = stage.Journal.Events();
        stage.Journal.MustBeSound();
        Accounts.NobodyTwice(events);
        Accounts.EveryTicketIsAccountedFor(events, stage.Papers.Labels);
        await Accounts.DisplaysTellTheTruthAsync(stage);
        Assert.DoesNotContain(events, e => e.Event is DayClosed or VisitResumed or VisitEnded { How: VisitEnd.Cleared });
        Assert.True(events.Zip(events.Skip(1)).All(p => p.First.Event.At <= p.Second.Event.At), "the time of the events never goes back");
        Assert.Equal(restarts, stage.Stage["hub"].Restarts);
        output.WriteLine($"{events.Count(e => e.Event is ClockStepped)} steps in the journal; {stage.Papers.Count} papers, all different; {waiting} still wait");
    }

    private static async Task CallAsync(PlayedStage stage)
    {
        await stage.OperateAsync(
            "counter-2/keypad", "KEY_KPENTER", "somebody is called", () => stage.Watch.Counters["c2"].Label is not null);
    }
}
