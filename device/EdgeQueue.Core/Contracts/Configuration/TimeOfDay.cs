namespace EdgeQueue.Core.Contracts.Configuration;

/// <summary>Local times as the configuration writes them: exactly <c>HH:mm</c>, two digits each.</summary>
public static class TimeOfDay
{
    /// <summary>Minute of the day, 0 … 1439, or 1440 for <c>24:00</c>; null: not a time of day.</summary>
    public static int? MinuteOf(string? text) =>
        text is [>= '0' and <= '9' and var h1, >= '0' and <= '9' and var h2, ':', >= '0' and <= '5' and var m1, >= '0' and <= '9' and var m2]
        && ((h1 - '0') * 10 + h2 - '0') * 60 + (m1 - '0') * 10 + m2 - '0' is <= 1440 and var minute
            ? minute
            : null;

    /// <summary>
    /// Whether a minute of the day lies between two times, the first inclusive; a span whose end is earlier than its
    /// start passes midnight, one whose ends are equal is empty.
    /// </summary>
    public static bool IsBetween(int minute, int from, int to) =>
        from <= to ? minute >= from && minute < to : minute >= from || minute < to;
}
