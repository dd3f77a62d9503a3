using System.Globalization;

namespace EdgeQueue.Cloud.Network;

/// <summary>Durations as people read them.</summary>
internal static class Spans
{
    /// <summary>12 min, 1 h 5 min; under a minute in seconds.</summary>
    public static string Text(long milliseconds)
    {
        long seconds = Math.Max(0, milliseconds) / 1000;
        return seconds switch
        {
            < 60 => string.Create(CultureInfo.InvariantCulture, $"{seconds} s"),
            < 3600 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 60} min"),
            < 86_400 => string.Create(CultureInfo.InvariantCulture, $"{seconds / 3600} h {seconds / 60 % 60} min"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{seconds / 86_400} days"),
        };
    }
}
