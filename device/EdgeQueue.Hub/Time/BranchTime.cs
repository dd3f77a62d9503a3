using EdgeQueue.Core.Queue;

namespace EdgeQueue.Hub.Time;

/// <summary>
/// Branch time (DESIGN §6): it advances by the boot clock, never goes back, does not follow steps of the wall clock, and
/// goes on after a restart where the journal stopped. Used by the loop's thread only.
/// </summary>
/// <remarks>
/// After a reboot nobody knows how long the machine was off until the wall clock is trusted. Then the time that passed on
/// the wall since the last trusted mark is made up, once, forwards only: parks and no-shows have really become that much
/// older. A step of the wall clock without a reboot never moves branch time.
/// </remarks>
public sealed class BranchTime
{
    /// <summary>Differences below this are read-out noise and slewing; a step is larger.</summary>
    private const long StepMs = 1000;

    private readonly IMachineClock _clock;
    private readonly TimeMark? _owed;
    private long _base;
    private long _last;
    private bool _made;

    /// <param name="mark">The last mark of the journal; null: a new journal, which begins at the wall clock's time.</param>
    /// <param name="lastEvent">Time of the journal's last event: a floor as well.</param>
    public BranchTime(IMachineClock clock, TimeMark? mark, Moment lastEvent)
    {
        _clock = clock;
        long boot = clock.BootMilliseconds;
        if (mark is null && lastEvent.Milliseconds == 0)
        {
            _base = clock.Wall.ToUnixTimeMilliseconds() - boot;
        }
        else if (mark is not null && mark.BootId == clock.BootId)
        {
            // The later of the two: with a mark older than the events (a repaired journal) time would stand still until it caught up.
            _base = Math.Max(mark.At - mark.BootMs, lastEvent.Milliseconds - boot);
        }
        else
        {
            _base = Math.Max(mark?.At ?? 0, lastEvent.Milliseconds) - boot;
            _owed = mark is { Trusted: true } ? mark : null;
        }

        _last = Math.Max(_base + boot, lastEvent.Milliseconds);
    }

    /// <summary>Makes up the time in which the machine was off, once the wall clock is trusted.</summary>
    /// <returns>Milliseconds that were made up; 0: nothing to do.</returns>
    public long MakeUp(bool trusted)
    {
        if (_made || !trusted || _owed is null)
        {
            return 0;
        }

        _made = true;
        long passedOnTheWall = _clock.Wall.ToUnixTimeMilliseconds() - _owed.Wall;
        long passedHere = Now().Milliseconds - _owed.At;
        long missing = passedOnTheWall - passedHere;
        if (missing < StepMs)
        {
            return 0;
        }

        _base += missing;
        return missing;
    }

    public Moment Now()
    {
        _last = Math.Max(_last, _base + _clock.BootMilliseconds);
        return new Moment(_last);
    }

    public bool Trusted(string clockTrust) => clockTrust == "always" || _clock.WallSynchronised;

    /// <summary>The wall clock as the decider should know it: the known one, unless it has really changed.</summary>
    public BranchClock Wall(BranchClock known, TimeZoneInfo zone, bool trusted)
    {
        DateTimeOffset wall = _clock.Wall;
        long offset = wall.ToUnixTimeMilliseconds() - Now().Milliseconds;
        int utc = (int)zone.GetUtcOffset(wall).TotalMinutes;
        bool same = Math.Abs(offset - known.DisplayOffset) < StepMs && utc == known.UtcOffsetMinutes && trusted == known.Trusted;
        return same ? known : new BranchClock(offset, utc, trusted);
    }

    public TimeMark Mark(bool trusted) =>
        new(_clock.BootId, _clock.BootMilliseconds, Now().Milliseconds, _clock.Wall.ToUnixTimeMilliseconds(), trusted);
}
