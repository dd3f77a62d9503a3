using System.Globalization;

namespace EdgeQueue.Cloud.Bookings.Offers;

/// <summary>Part of a local day, in minutes since its midnight on the wall; <paramref name="To"/> is not in it and is at most 1440.</summary>
internal readonly record struct TimeRange(int From, int To)
{
    private const int Day = 24 * 60;

    /// <summary>Reads <c>09:00-12:30</c>; <c>24:00</c> may be its end. Null: it is none.</summary>
    public static TimeRange? Of(string? text) =>
        text is { Length: 11 } && text[5] == '-' && Minute(text[..5]) is { } from && Minute(text[6..]) is { } to && from < to ? new(from, to) : null;

    /// <summary>What is left of <paramref name="ranges"/> without <paramref name="breaks"/>.</summary>
    public static IReadOnlyList<TimeRange> Without(IReadOnlyList<TimeRange> ranges, IReadOnlyList<TimeRange> breaks)
    {
        var left = ranges.ToList();
        foreach (TimeRange pause in breaks)
        {
            left = [.. left.SelectMany(r => new[] { r with { To = Math.Min(r.To, pause.From) }, r with { From = Math.Max(r.From, pause.To) } })
                .Where(r => r.From < r.To).Distinct()];
        }

        return left;
    }

    /// <summary>What is in both.</summary>
    public static IReadOnlyList<TimeRange> Within(IReadOnlyList<TimeRange> ranges, IReadOnlyList<TimeRange> others) =>
        [.. ranges.SelectMany(r => others.Select(o => new TimeRange(Math.Max(r.From, o.From), Math.Min(r.To, o.To)))).Where(r => r.From < r.To)];

    private static int? Minute(string text) =>
        text[2] == ':' && int.TryParse(text.AsSpan(0, 2), NumberStyles.None, CultureInfo.InvariantCulture, out int hour)
        && int.TryParse(text.AsSpan(3, 2), NumberStyles.None, CultureInfo.InvariantCulture, out int minute)
        && minute < 60 && (hour * 60) + minute <= Day ? (hour * 60) + minute : null;
}
