using EdgeQueue.Core.Queue;
using static EdgeQueue.Tests.Queue.Support.Say;
using static EdgeQueue.Tests.Queue.Support.Scenario;
using TestRules = EdgeQueue.Tests.Queue.Support.TestRules;

namespace EdgeQueue.Tests.Queue;

/// <summary>ApplyRules, CloseDay, Tick, Evacuate.</summary>
public sealed class DayTests
{
    private const double ClosingTime = 11 * 3600;

    [Fact]
    public void The_first_configuration_opens_the_first_day() =>
        GivenNothing().When(Ticks(0)).Then(new ClockStepped(WallClock, At(0)))
            .When(new ApplyRules(TestRules.Branch, At(1)))
            .ThenOne<DayOpened>(d => Assert.Equal((1, At(ClosingTime)), (d.Day, d.ClosesAt)))
            .When(new ApplyRules(TestRules.Branch, At(2))).ThenOne<RulesApplied>(_ => { });

    [Fact]
    public void Rules_that_no_arithmetic_can_hold_are_refused() =>
        GivenNothing().When(new ApplyRules(TestRules.WithService("cash", s => s with { TargetMs = 0 }), At(1))).ThenRefused("invalid");

    [Fact]
    public void Closing_clears_who_waits_and_keeps_who_is_at_a_counter() =>
        Given(Opened("1"), Issued(1), Issued(2), Issued(3), Called(1, "1"), Arrived(1, "1"), Opened("2", "boris"), Called(2, "2"),
                new VisitParked(2, "2", null, At(3)))
            .When(new CloseDay(At(ClosingTime - 60))).Then(
                new VisitEnded(2, VisitEnd.Cleared, null, At(ClosingTime - 60)),
                new VisitEnded(3, VisitEnd.Cleared, null, At(ClosingTime - 60)),
                new DayClosed(1, At(ClosingTime - 60)),
                new DayOpened(2, At(ClosingTime + 86_400), At(ClosingTime - 60)))
            .See(s => Assert.Equal((2, 1, 1L), (s.Day, s.Visits.Count, s.Counter("1").Visit)))
            .When(Done(at: ClosingTime)).ThenAccepted();

    [Fact]
    public void Kept_overnight_who_waits_waits_on() =>
        GivenRules(TestRules.With(p => p with { ClearAtClose = false }), Opened("1"), Issued(1))
            .When(new CloseDay(At(100))).ThenAccepted().See(s => Assert.Equal(1, s.Waiting)).When(Next(at: 200)).ThenCalls(1);

    [Fact]
    public void Closing_in_the_morning_by_hand_leaves_the_evenings_end_where_it_is() =>
        GivenRules(TestRules.With(p => p with { DayEndsMinute = 23 * 60 }), new DayClosingPlanned(1, At(14 * 3600), At(0)))
            .When(new CloseDay(At(60))).ThenOne<DayOpened>(d => Assert.Equal(At(14 * 3600), d.ClosesAt));

    [Fact]
    public void The_planned_end_closes_the_day_once() =>
        Given(Issued(1), Printed(1)).When(Ticks(ClosingTime - 0.001)).ThenNothing()
            .When(Ticks(ClosingTime)).ThenOne<DayOpened>(d => Assert.Equal((2, At(ClosingTime + 86_400)), (d.Day, d.ClosesAt)))
            .When(Ticks(ClosingTime + 1)).ThenNothing();

    [Fact]
    public void A_hub_that_was_off_for_days_closes_one_day() =>
        Given().When(Ticks(5 * 86_400)).ThenOne<DayOpened>(d => Assert.Equal((2, At((5 * 86_400) + ClosingTime)), (d.Day, d.ClosesAt)));

    [Theory]
    [InlineData(-3_600_000)]
    [InlineData(86_400_000)]
    public void A_step_of_the_wall_clock_alone_closes_nothing_and_ends_nothing(long step)
    {
        var stepped = WallClock with { DisplayOffset = step };
        Given(Opened("1"), Issued(1), Printed(1), Issued(2), Printed(2), Called(1, "1"), new VisitParked(1, "1", At(300), At(2)))
            .When(Ticks(10, stepped)).Then(new ClockStepped(stepped, At(10)))
            .When(Ticks(11, stepped)).ThenNothing();
    }

    [Fact]
    public void Ordinary_drift_is_no_step_but_summer_time_is() =>
        Given().When(Ticks(1, WallClock with { DisplayOffset = 500 })).ThenNothing()
            .When(Ticks(2, WallClock with { UtcOffsetMinutes = 60 })).ThenOne<ClockStepped>(c => Assert.Equal(60, c.Clock.UtcOffsetMinutes));

    [Theory]
    [InlineData(-60)]
    [InlineData(60)]
    public void The_day_ends_at_the_same_time_on_the_wall_in_the_night_of_the_clock_change(int minutes)
    {
        var changed = WallClock with { UtcOffsetMinutes = minutes };
        var closes = ClosingTime - (minutes * 60);
        Given(Issued(1), Printed(1)).When(Ticks(3600, changed)).Then(new ClockStepped(changed, At(3600)), new DayClosingPlanned(1, At(closes), At(3600)))
            .When(Ticks(closes - 1, changed)).ThenNothing()
            .When(Ticks(closes, changed)).ThenOne<DayOpened>(d => Assert.Equal((2, At(closes + 86_400)), (d.Day, d.ClosesAt)));
    }

    [Fact]
    public void An_end_in_the_hour_that_comes_twice_closes_once()
    {
        var winter = WallClock with { UtcOffsetMinutes = -60 };
        Given().When(Ticks(ClosingTime)).ThenOne<DayOpened>(d => Assert.Equal(2, d.Day))
            .When(Ticks(ClosingTime + 1800, winter)).Then(
                new ClockStepped(winter, At(ClosingTime + 1800)), new DayClosingPlanned(2, At(ClosingTime + 90_000), At(ClosingTime + 1800)))
            .When(Ticks(ClosingTime + 3600, winter)).ThenNothing();
    }

    [Fact]
    public void An_end_in_the_hour_that_is_left_out_closes_as_soon_as_it_is_over() =>
        Given().When(Ticks(ClosingTime - 1800, WallClock with { UtcOffsetMinutes = 60 })).ThenOne<DayOpened>(
            d => Assert.Equal((2, At(ClosingTime + 86_400 - 3600)), (d.Day, d.ClosesAt)));

    [Fact]
    public void A_wall_clock_that_is_set_into_the_other_half_of_the_year_closes_nothing()
    {
        var summer = WallClock with { DisplayOffset = 180L * 86_400_000, UtcOffsetMinutes = 60 };
        Given().When(Ticks(ClosingTime - 60, summer)).Then(new ClockStepped(summer, At(ClosingTime - 60)))
            .When(Ticks(ClosingTime - 50)).Then(new ClockStepped(WallClock, At(ClosingTime - 50)))
            .See(s => Assert.Equal(At(ClosingTime), s.ClosesAt));
    }

    [Theory]
    [InlineData(180)]
    [InlineData(3600)]
    [InlineData(8 * 3600)]
    public void The_end_that_came_does_not_come_again_on_a_clock_that_was_set_back(long seconds)
    {
        var late = WallClock with { DisplayOffset = WallClock.DisplayOffset - (seconds * 1000) };
        Given().When(Ticks(ClosingTime - 60, late)).Then(new ClockStepped(late, At(ClosingTime - 60)))
            .When(Ticks(ClosingTime, late)).ThenOne<DayOpened>(d => Assert.Equal((2, At(ClosingTime + seconds + 86_400)), (d.Day, d.ClosesAt)))
            .When(Ticks(ClosingTime + seconds + 1, late)).ThenNothing();
    }

    [Fact]
    public void Nor_after_it_was_closed_by_hand_before()
    {
        var late = WallClock with { DisplayOffset = WallClock.DisplayOffset - 3_600_000 };
        Given().When(Ticks(ClosingTime - 120, late)).Then(new ClockStepped(late, At(ClosingTime - 120)))
            .When(new CloseDay(At(ClosingTime - 60))).ThenOne<DayOpened>(d => Assert.Equal(At(ClosingTime + 3600 + 86_400), d.ClosesAt));
    }

    [Fact]
    public void A_hub_that_was_off_over_the_end_of_the_day_keeps_the_next_one() =>
        Given().When(Ticks(ClosingTime + (15 * 3600))).ThenOne<DayOpened>(d => Assert.Equal(At(ClosingTime + 86_400), d.ClosesAt));

    [Fact]
    public void Another_end_of_the_day_counts_today_and_one_that_is_over_tomorrow()
    {
        var rules = TestRules.With(p => p with { DayEndsMinute = p.DayEndsMinute - 60 });
        Given().When(new ApplyRules(rules, At(10))).Then(new RulesApplied(rules, At(10)), new DayClosingPlanned(1, At(ClosingTime - 3600), At(10)));
        Given().When(new ApplyRules(rules, At(ClosingTime - 60))).ThenOne<DayClosingPlanned>(
            d => Assert.Equal(At(ClosingTime - 3600 + 86_400), d.ClosesAt));
        Given().When(new ApplyRules(TestRules.With(p => p with { DayEndsMinute = null }), At(10))).ThenOne<DayClosingPlanned>(d => Assert.Null(d.ClosesAt))
            .When(Ticks(ClosingTime)).ThenNothing();
    }

    [Fact]
    public void The_end_of_the_day_is_planned_when_the_clock_becomes_trusted() =>
        GivenNothing().When(new ApplyRules(TestRules.Branch, At(0))).ThenOne<DayOpened>(d => Assert.Null(d.ClosesAt))
            .When(Ticks(30)).Then(new ClockStepped(WallClock, At(30)), new DayClosingPlanned(1, At(ClosingTime), At(30)));

    [Fact]
    public void A_ticket_without_paper_is_cancelled_in_time_but_not_who_was_called_or_printed() =>
        Given(Opened("1"), Issued(1), Issued(2), Issued(3), Printed(2), Called(3, "1"))
            .When(Ticks(59.999)).ThenNothing()
            .When(Ticks(60)).Then(new VisitEnded(1, VisitEnd.Cancelled, "unprinted", At(60)));

    [Fact]
    public void An_evacuation_starts_once_and_ends_once() =>
        Given().When(new Evacuate(true, At(1))).Then(new EvacuationStarted(At(1))).When(new Evacuate(true, At(2))).ThenNothing()
            .When(new Evacuate(false, At(3))).Then(new EvacuationEnded(At(3))).When(new Evacuate(false, At(4))).ThenNothing();
}
