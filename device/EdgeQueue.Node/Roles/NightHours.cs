using System.Globalization;

namespace EdgeQueue.Node.Roles;

/// <summary>The hours of the local day in which a display is dimmer and a loudspeaker quieter.</summary>
public sealed class NightHours
{
    private readonly int from;
    private readonly int to;

    private NightHours(int from, int to) => (this.from, this.to) = (from, to);

    /// <summary>
    /// From the configuration's pair of <c>HH:mm</c>. What cannot be read is no night: the configuration's loader has
    /// refused it with a sentence, and a display that is bright at night is better than one that is dark by day.
    /// </summary>
    public static NightHours? Parse(IReadOnlyList<string>? hours) =>
        hours is [var from, var to] && Minute(from) is { } first && Minute(to) is { } last && first != last
            ? new NightHours(first, last)
            : null;

    /// <param name="minuteOfDay">0 … 1439. From is inclusive, to is not; a night may span midnight.</param>
    public bool Contains(int minuteOfDay) => from < to
        ? minuteOfDay >= from && minuteOfDay < to
        : minuteOfDay >= from || minuteOfDay < to;

    private static int? Minute(string text) =>
        TimeOnly.TryParseExact(text, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)
            ? (time.Hour * 60) + time.Minute
            : null;
}
