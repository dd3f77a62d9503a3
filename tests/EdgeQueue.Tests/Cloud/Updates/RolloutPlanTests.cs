using EdgeQueue.Cloud.Updates.Rollouts;

namespace EdgeQueue.Tests.Cloud.Updates;

/// <summary>Which branches get new images first, and when a roll-out goes on or stops.</summary>
public sealed class RolloutPlanTests
{
    private static readonly RolloutStage[] Rings = [new("North", 20), new("", 10), new("", 50), new("", 100)];

    [Fact]
    public void Each_branch_is_in_the_first_ring_that_takes_it_and_the_rings_are_as_large_as_they_say()
    {
        int?[] stages = [.. Enumerable.Range(0, 10_000).Select(i => RolloutPlan.StageOf($"branch-{i}", i % 4 == 0 ? "North" : "South", Rings, "7"))];

        Assert.All(stages, s => Assert.NotNull(s));
        Assert.InRange(stages.Where((_, i) => i % 4 == 0).Count(s => s == 0), 400, 600);
        Assert.DoesNotContain(stages.Where((_, i) => i % 4 != 0), s => s == 0);
        Assert.InRange(stages.Where((_, i) => i % 4 != 0).Count(s => s == 1), 650, 850);
        Assert.InRange(stages.Where((_, i) => i % 4 != 0).Count(s => s <= 2), 3_600, 3_900);
    }

    [Fact]
    public void It_is_the_same_branch_again_and_other_branches_in_the_next_roll_out()
    {
        int[] First(string rollout) => [.. Enumerable.Range(0, 1_000).Where(i => RolloutPlan.StageOf($"branch-{i}", "", [new("", 5)], rollout) == 0)];

        Assert.Equal(First("1"), First("1"));
        Assert.NotEqual(First("1"), First("2"));
    }

    [Fact]
    public void A_branch_that_no_ring_takes_gets_nothing() => Assert.Null(RolloutPlan.StageOf("oslo", "South", [new("North", 100)], "1"));

    [Fact]
    public void The_next_stage_begins_when_all_have_ended_and_the_pause_is_over()
    {
        RolloutStanding now = new(RolloutPhase.Running, "", 0, 0);
        Assert.Equal(now, Next(now, new(10, 9, 0), at: 1_000));
        now = Next(now, new(10, 9, 1), at: 2_000);
        Assert.Equal(new(RolloutPhase.Running, "", 0, 2_000), now);
        Assert.Equal(now, Next(now, new(10, 9, 1), at: 2_000 + 499));
        Assert.Equal(new(RolloutPhase.Running, "", 1, 0), Next(now, new(10, 9, 1), at: 2_500));
    }

    [Fact]
    public void One_failure_more_than_may_be_stops_it_also_while_it_is_paused()
    {
        foreach (RolloutPhase phase in (RolloutPhase[])[RolloutPhase.Running, RolloutPhase.Paused])
        {
            Assert.Equal(RolloutPhase.Stopped, Next(new(phase, "", 1, 0), new(10, 5, 2), at: 1).Phase);
        }

        Assert.Equal(RolloutPhase.Running, Next(new(RolloutPhase.Running, "", 1, 0), new(10, 5, 1), at: 1).Phase);
    }

    [Fact]
    public void What_is_paused_stopped_or_ended_does_not_go_on_by_itself()
    {
        foreach (RolloutPhase phase in (RolloutPhase[])[RolloutPhase.Paused, RolloutPhase.Stopped, RolloutPhase.Ended, RolloutPhase.Done])
        {
            RolloutStanding now = new(phase, "", 0, 0);
            Assert.Equal(now, Next(now, new(10, 10, 0), at: 1_000_000));
        }
    }

    [Fact]
    public void A_stage_without_branches_is_not_waited_for_and_an_empty_last_one_is_done()
    {
        Assert.Equal(new(RolloutPhase.Running, "", 1, 0), Next(new(RolloutPhase.Running, "", 0, 0), new(0, 0, 0), at: 1));
        Assert.Equal(RolloutPhase.Done, Next(new(RolloutPhase.Running, "", 2, 0), new(0, 0, 0), at: 1).Phase);
    }

    [Fact]
    public void After_the_last_stage_it_is_done_at_once() => Assert.Equal(RolloutPhase.Done, Next(new(RolloutPhase.Running, "", 2, 0), new(10, 10, 0), at: 1).Phase);

    [Fact]
    public void A_branch_that_was_done_and_is_at_it_again_takes_the_pause_back() =>
        Assert.Equal(0, Next(new(RolloutPhase.Running, "", 0, 2_000), new(10, 9, 0), at: 3_000).StageEndedAt);

    private static RolloutStanding Next(RolloutStanding now, RolloutCounts counts, long at) => RolloutPlan.Next(now, counts, stages: 3, mostFailures: 1, pauseMs: 500, at);
}
