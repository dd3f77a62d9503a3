namespace EdgeQueue.Core.Queue;

/// <summary>
/// A point in branch time: milliseconds since 1970-01-01T00:00Z as the journal counts them. It never goes backwards and
/// does not follow steps of the wall clock (DESIGN §6, Time); what people are shown is this plus
/// <see cref="BranchClock.DisplayOffset"/>.
/// </summary>
public readonly record struct Moment(long Milliseconds) : IComparable<Moment>
{
    public static TimeSpan operator -(Moment later, Moment earlier) =>
        TimeSpan.FromMilliseconds(later.Milliseconds - earlier.Milliseconds);

    public static Moment operator +(Moment start, TimeSpan duration) =>
        new(start.Milliseconds + (long)duration.TotalMilliseconds);

    public static bool operator <(Moment a, Moment b) => a.Milliseconds < b.Milliseconds;

    public static bool operator >(Moment a, Moment b) => a.Milliseconds > b.Milliseconds;

    public static bool operator <=(Moment a, Moment b) => a.Milliseconds <= b.Milliseconds;

    public static bool operator >=(Moment a, Moment b) => a.Milliseconds >= b.Milliseconds;

    public int CompareTo(Moment other) => Milliseconds.CompareTo(other.Milliseconds);
}

/// <summary>What the branch knows about the time on the wall.</summary>
/// <param name="DisplayOffset">Wall clock minus branch time, in milliseconds; changes by <see cref="ClockStepped"/>.</param>
/// <param name="UtcOffsetMinutes">Local time minus UTC in force now, −1080 … 1080 (summer time changes it).</param>
/// <param name="Trusted">The wall clock is synchronised; until then opening hours are not applied.</param>
public sealed record BranchClock(long DisplayOffset, int UtcOffsetMinutes, bool Trusted)
{
    public static BranchClock Unknown { get; } = new(0, 0, false);

    /// <summary>Milliseconds since the local midnight of 1970-01-01 that a clock on the wall would show.</summary>
    public long Local(Moment at) => at.Milliseconds + DisplayOffset + (UtcOffsetMinutes * 60_000L);

    /// <summary>Minute of the local day, 0 … 1439.</summary>
    public int MinuteOfDay(Moment at) => (int)(Math.Floor(Local(at) / 60_000.0) % 1440 + 1440) % 1440;

    /// <summary>Local day of the week.</summary>
    public DayOfWeek DayOfWeek(Moment at) => (DayOfWeek)(((Math.Floor(Local(at) / 86_400_000.0) + 4) % 7 + 7) % 7);
}
