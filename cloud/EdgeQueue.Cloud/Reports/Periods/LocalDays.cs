namespace EdgeQueue.Cloud.Reports.Periods;

/// <summary>
/// Days and hours of a branch's own clock against the quarters of an hour, UTC, that aggregates are kept by. A day has 92 to 100 quarters where
/// clocks are changed; all offsets in use today are whole quarters of an hour.
/// </summary>
internal sealed class LocalDays(TimeZoneInfo zone)
{
    public const long QuarterMs = 15 * 60_000;

    /// <summary>The zone of a branch that has not said its own, or one that this machine does not know.</summary>
    public static TimeZoneInfo Zone(string name, TimeZoneInfo otherwise) => name.Length > 0 && TimeZoneInfo.TryFindSystemTimeZoneById(name, out TimeZoneInfo? known) ? known : otherwise;

    /// <summary>When a day begins, milliseconds since 1970 UTC. Where midnight is skipped that day it begins with its first moment; where it comes twice, with the first.</summary>
    public long StartMs(DateOnly day) => AtMs(day.ToDateTime(TimeOnly.MinValue));

    /// <summary>When the clock on the wall shows this: where that is skipped, the first moment after it; where it comes twice, the first.</summary>
    public long AtMs(DateTime local)
    {
        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(15);
        }

        TimeSpan offset = zone.IsAmbiguousTime(local) ? zone.GetAmbiguousTimeOffsets(local).Max() : zone.GetUtcOffset(local);
        return (long)(local - DateTime.UnixEpoch - offset).TotalMilliseconds;
    }

    /// <summary>First quarter of a day.</summary>
    public long StartOf(DateOnly day) => (long)Math.Floor(StartMs(day) / (double)QuarterMs);

    /// <summary>What the clock on the wall showed when this quarter began.</summary>
    public DateTime LocalOf(long quarter) => LocalAt(quarter * QuarterMs);

    public DateTime LocalAt(long milliseconds)
    {
        var utc = DateTime.UnixEpoch.AddMilliseconds(milliseconds);
        return utc + zone.GetUtcOffset(utc);
    }
}
