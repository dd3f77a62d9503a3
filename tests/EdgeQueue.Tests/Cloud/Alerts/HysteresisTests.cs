using EdgeQueue.Cloud.Alerts;
using EdgeQueue.Cloud.Live;

namespace EdgeQueue.Tests.Cloud.Alerts;

/// <summary>Raised above 15 min for 60 s, cleared below 10 min for 30 s.</summary>
public sealed class HysteresisTests
{
    private static readonly AlertRule Rule = new(1, "waits", "longestWait", "", 900, 60, 600, 30);

    [Fact]
    public void It_is_raised_after_its_time_above_and_cleared_after_its_time_below_and_nothing_between_moves_it()
    {
        (int Second, long Value, AlertStep Then)[] day =
        [
            (0, 901, AlertStep.Nothing), (59, 950, AlertStep.Nothing), (60, 901, AlertStep.Raise), (70, 950, AlertStep.Nothing),
            // Between the two thresholds it stays as it is.
            (80, 700, AlertStep.Nothing), (90, 599, AlertStep.Nothing), (119, 0, AlertStep.Nothing), (120, 599, AlertStep.Clear), (130, 700, AlertStep.Nothing), (300, 900, AlertStep.Nothing),
        ];
        var state = new Hysteresis(open: false);

        Assert.All(day, look =>
        {
            Assert.Equal(look.Then, state.Look(Rule, look.Value, look.Second * 1000L));
            Assert.True(look.Then != AlertStep.Clear || state.Worst == 950, "the worst is known when it is over");
        });
    }

    [Fact]
    public void A_moment_below_begins_the_time_anew()
    {
        var state = new Hysteresis(open: false);
        foreach (int second in new[] { 0, 40, 80, 120, 160, 200 })
        {
            Assert.Equal(AlertStep.Nothing, state.Look(Rule, 901, second * 1000L));
            Assert.Equal(AlertStep.Nothing, state.Look(Rule, 900, (second + 20) * 1000L));
        }

        Assert.True(state.IsIdle);
    }

    [Fact]
    public void Of_a_branch_that_is_away_nobody_knows_and_an_open_alert_stays()
    {
        var state = new Hysteresis(open: true);

        Assert.Equal(AlertStep.Nothing, state.Look(Rule, 0, 0));
        Assert.Equal(AlertStep.Nothing, state.Look(Rule, null, 29_000));
        Assert.Equal(AlertStep.Nothing, state.Look(Rule, 0, 31_000));
        Assert.Equal(AlertStep.Clear, state.Look(Rule, 0, 61_000));
    }

    [Fact]
    public void Without_times_it_is_raised_and_cleared_at_once_and_a_clock_that_goes_back_raises_nothing_early()
    {
        AlertRule atOnce = Rule with { RaiseSeconds = 0, ClearSeconds = 0 };
        var state = new Hysteresis(open: false);

        Assert.Equal(AlertStep.Raise, state.Look(atOnce, 901, 0));
        Assert.Equal(AlertStep.Clear, state.Look(atOnce, 599, 0));
        Assert.Equal(AlertStep.Nothing, state.Look(Rule, 901, 100_000));
        Assert.Equal(AlertStep.Nothing, state.Look(Rule, 901, 50_000));
        Assert.Equal(AlertStep.Nothing, state.Look(Rule, 901, 100_000));
        Assert.Equal(AlertStep.Raise, state.Look(Rule, 901, 110_000));
    }

    [Fact]
    public void Kinds_read_a_branch_as_it_is_and_only_the_link_of_one_that_is_away()
    {
        var row = new LiveRow(1, "oslo", "Oslo", "East", 1, 1, 1_000_000, 5_000_000, 12, 3, 400_000, 2, 1, 2, "1", "paperOut,diskFault,other," + LiveStore.ClockNotTrusted);
        HashSet<long> stopped = [];
        var values = AlertKind.All.Where(k => !k.IsOfRollouts).ToDictionary(k => k.Word, k => (There: k.Of(row, 5_010_000, 0, stopped), Away: k.Of(row, 5_200_000, 0, stopped)));

        Assert.Equal((12L, 3L, 610L, 1L, 1L, 1L, 1L, 0L), (values["waiting"].There, values["overTarget"].There, values["longestWait"].There, values["missing"].There,
            values["paper"].There, values["disk"].There, values["clock"].There, values["away"].There));
        Assert.Equal(200, values["away"].Away);
        Assert.All(values.Where(v => v.Key != "away"), v => Assert.Null(v.Value.Away));
        AlertKind rollouts = Assert.Single(AlertKind.All, k => k.IsOfRollouts);
        Assert.Equal((0L, 1L), (rollouts.Of(row, 5_200_000, 0, stopped), rollouts.Of(row, 5_200_000, 0, new HashSet<long> { 1 })));
    }
}
