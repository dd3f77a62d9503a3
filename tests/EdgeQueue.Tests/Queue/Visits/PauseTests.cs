using EdgeQueue.Core.Queue;
using EdgeQueue.Tests.Queue.Support;
using static EdgeQueue.Tests.Queue.Support.Say;
using static EdgeQueue.Tests.Queue.Support.Scenario;
using static EdgeQueue.Tests.Queue.Support.VisitSay;

namespace EdgeQueue.Tests.Queue.Visits;

public sealed class PauseTests
{
    private static readonly BranchRules Planned = Rules(VisitRules.None with
    {
        PlannedPauses = new Dictionary<string, long> { ["lunch"] = 1_800_000, ["locked"] = 300_000 },
    });

    private static Func<BranchState, Command> Pauses(string reason, int? minutes = null, double at = 10) =>
        s => new PauseCounter("1", s.Counter("1").Version, reason, At(at), minutes);

    [Fact]
    public void A_reason_has_its_planned_length() =>
        GivenRules(Planned, Opened("1"))
            .When(Pauses("lunch")).Then(new CounterPaused("1", "lunch", At(10), At(1810)))
            .See(s => Assert.Equal(At(1810), s.PausedUntil("1")));

    [Fact]
    public void What_the_operator_says_goes_before_it() =>
        GivenRules(Planned, Opened("1")).When(Pauses("lunch", 5)).Then(new CounterPaused("1", "lunch", At(10), At(310)));

    [Fact]
    public void A_pause_without_a_plan_has_no_end() =>
        GivenRules(Planned, Opened("1")).When(Pauses("meeting")).Then(new CounterPaused("1", "meeting", At(10)));

    [Fact]
    public void When_the_planned_time_is_over_nothing_happens_but_a_person_comes_back() =>
        GivenRules(Planned, Opened("1"))
            .When(Pauses("lunch", 1)).ThenAccepted()
            .When(Ticks(3600)).ThenNothing()
            .When(new OpenCounter("1", "anna", null, false, At(3700))).Then(new CounterOpened("1", "anna", "all", null, At(3700)))
            .See(s => Assert.Null(s.PausedUntil("1")));

    [Theory]
    [InlineData(0)]
    [InlineData(1441)]
    public void A_length_that_is_none_is_refused(int minutes) =>
        GivenRules(Planned, Opened("1")).When(Pauses("lunch", minutes)).ThenRefused("invalid");

    [Fact]
    public void A_console_that_locks_pauses_a_free_counter_and_opens_it_again() =>
        GivenRules(Planned, Opened("1"))
            .When(new LockConsole("1", true, At(10))).Then(new CounterPaused("1", "locked", At(10), At(310)))
            .When(new LockConsole("1", true, At(11))).ThenNothing()
            .When(new LockConsole("1", false, At(20))).Then(new CounterOpened("1", "anna", "all", null, At(20)));

    [Fact]
    public void With_a_customer_there_the_pause_begins_when_they_have_left() =>
        GivenRules(Planned, Opened("1"), Issued(1), Called(1, "1"), Arrived(1, "1", 1))
            .When(new LockConsole("1", true, At(10))).Then(new PauseOrdered("1", "locked", At(10)))
            .When(Ticks(11)).ThenNothing()
            .When(Done(at: 12)).ThenAccepted()
            .When(Ticks(12.5)).Then(new CounterPaused("1", "locked", At(12.5), At(312.5)));

    [Fact]
    public void Unlocked_before_they_left_there_is_no_pause() =>
        GivenRules(Planned, Opened("1"), Issued(1), Called(1, "1"), Arrived(1, "1", 1))
            .When(new LockConsole("1", true, At(10))).ThenAccepted()
            .When(new LockConsole("1", false, At(11))).Then(new PauseOrderWithdrawn("1", At(11)))
            .When(Done(at: 12)).ThenAccepted()
            .When(Ticks(13)).ThenNothing();

    [Fact]
    public void Unlocking_ends_no_pause_that_a_person_began() =>
        GivenRules(Planned, Opened("1"))
            .When(Pauses("lunch")).ThenAccepted()
            .When(new LockConsole("1", false, At(20))).ThenNothing();

    [Fact]
    public void A_closed_counter_has_nothing_to_pause() =>
        GivenRules(Planned).When(new LockConsole("1", true, At(1))).ThenRefused(Refusal.CounterClosed);
}
