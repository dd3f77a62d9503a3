using EdgeQueue.Core.Queue;
using EdgeQueue.Hub.Time;

namespace EdgeQueue.Tests.Hub;

public sealed class BranchTimeTests
{
    private const long Noon = 1_800_000_000_000;
    private const long Hour = 3_600_000;

    [Fact]
    public void A_new_branch_begins_at_the_wall_clock_and_follows_the_boot_clock_only()
    {
        var clock = new MachineClock { WallMs = Noon, BootMilliseconds = 500 };
        var time = new BranchTime(clock, null, default);

        clock.BootMilliseconds += 2000;
        clock.WallMs -= Hour;

        Assert.Equal(new Moment(Noon + 2000), time.Now());
    }

    [Fact]
    public void A_restart_in_the_same_boot_is_exact_whatever_the_wall_clock_says()
    {
        var clock = new MachineClock { WallMs = Noon, BootMilliseconds = 1000 };
        TimeMark mark = new BranchTime(clock, null, default).Mark(trusted: true);

        clock.BootMilliseconds += 90_000;
        clock.WallMs = 0;

        Assert.Equal(new Moment(Noon + 90_000), new BranchTime(clock, mark, new Moment(Noon)).Now());
    }

    [Fact]
    public void Time_does_not_stand_still_when_the_events_are_later_than_the_mark()
    {
        var clock = new MachineClock { WallMs = Noon, BootMilliseconds = 1000 };
        TimeMark mark = new BranchTime(clock, null, default).Mark(trusted: true);
        var time = new BranchTime(clock, mark, new Moment(Noon + Hour));

        clock.BootMilliseconds += 3000;

        Assert.Equal(new Moment(Noon + Hour + 3000), time.Now());
    }

    [Fact]
    public void After_a_reboot_time_goes_on_and_the_hours_without_power_are_made_up_once_when_the_clock_is_trusted()
    {
        var clock = new MachineClock { WallMs = Noon, BootMilliseconds = 1000 };
        TimeMark mark = new BranchTime(clock, null, default).Mark(trusted: true);
        clock.BootId = "next";
        clock.BootMilliseconds = 7000;
        clock.WallMs = 0;
        var time = new BranchTime(clock, mark, new Moment(Noon + 5000));
        Assert.Equal(new Moment(Noon + 5000), time.Now());
        Assert.Equal(0, time.MakeUp(trusted: false));

        clock.WallMs = Noon + (8 * Hour);
        long made = time.MakeUp(trusted: true);

        Assert.Equal((8 * Hour) - 5000, made);
        Assert.Equal(new Moment(Noon + (8 * Hour)), time.Now());
        clock.WallMs += 24 * Hour;
        Assert.Equal(0, time.MakeUp(trusted: true));
        Assert.Equal(new Moment(Noon + (8 * Hour)), time.Now());
    }

    [Fact]
    public void After_a_reboot_with_a_wall_clock_behind_nothing_goes_back()
    {
        var clock = new MachineClock { WallMs = Noon, BootMilliseconds = 1000 };
        TimeMark mark = new BranchTime(clock, null, default).Mark(trusted: true);
        clock.BootId = "next";
        clock.WallMs = Noon - Hour;
        var time = new BranchTime(clock, mark, new Moment(Noon));

        Assert.Equal(0, time.MakeUp(trusted: true));
        Assert.Equal(new Moment(Noon), time.Now());
    }

    [Fact]
    public void What_is_shown_changes_with_a_step_and_with_summer_time_but_not_with_noise()
    {
        var clock = new MachineClock { WallMs = Noon, BootMilliseconds = 1000 };
        var time = new BranchTime(clock, null, default);
        TimeZoneInfo zone = TimeZoneInfo.CreateCustomTimeZone("test", TimeSpan.FromHours(2), "test", "test");
        BranchClock known = time.Wall(BranchClock.Unknown, zone, trusted: true);
        Assert.Equal(new BranchClock(0, 120, true), known);

        clock.WallMs += 400;
        Assert.Same(known, time.Wall(known, zone, trusted: true));

        clock.WallMs += Hour;
        Assert.Equal(Hour + 400, time.Wall(known, zone, trusted: true).DisplayOffset);
    }

    [Fact]
    public void A_mark_is_read_as_it_was_written()
    {
        var mark = new TimeMark("boot-1", 12, 34, 56, true);

        Assert.Equal(mark, TimeMark.Parse(mark.ToString()));
        Assert.Null(TimeMark.Parse(null));
        Assert.Null(TimeMark.Parse("rubbish"));
    }

    private sealed class MachineClock : IMachineClock
    {
        public long WallMs { get; set; }

        public long BootMilliseconds { get; set; }

        public string BootId { get; set; } = "first";

        public DateTimeOffset Wall => DateTimeOffset.FromUnixTimeMilliseconds(WallMs);

        public bool WallSynchronised => true;
    }
}
