using System.Globalization;
using EdgeQueue.Tool.Rows;

namespace EdgeQueue.Tool.Play;

/// <summary>
/// Reads a recorded day, a <see cref="RowFile"/> with a line per customer:
/// <code>
/// arrival,service,segment,service_seconds,patience_seconds
/// 0,general,,240,
/// 95.5,cash,priority,60,900
/// </code>
/// Seconds have a point and at most 86,400 of them are in a day; an empty segment is none, an empty patience is endless. The
/// lines need no order.
/// </summary>
internal static class DayFile
{
    public const string Header = "arrival,service,segment,service_seconds,patience_seconds";

    /// <summary>A day of a large hospital has some thousands.</summary>
    public const int MostArrivals = 100_000;

    private const double LongestSeconds = 86_400;

    /// <summary>The customers by time of arrival; or all that is wrong, each with its line, twenty at most, and how many more.</summary>
    public static (IReadOnlyList<RecordedArrival> Day, IReadOnlyList<string> Faults) Read(TextReader text)
    {
        var (day, faults) = RowFile.Read<RecordedArrival>(text, Header, MostArrivals, "customers", Customer);
        if (faults.Count == 0 && day.Count == 0)
        {
            faults.Add("there is no customer in it");
        }

        return ([.. day.OrderBy(c => c.At)], faults);
    }

    private static RecordedArrival? Customer(string[] cells, int line, out string fault)
    {
        fault = "";
        var at = Seconds("arrival", cells[0], ref fault);
        var serving = Seconds("service_seconds", cells[3], ref fault);
        TimeSpan? patience = cells[4].Length == 0 ? null : Seconds("patience_seconds", cells[4], ref fault);
        if (cells[1].Length == 0)
        {
            fault = fault.Length == 0 ? "the service is missing" : $"{fault}; the service is missing";
        }

        return fault.Length > 0 ? null : new RecordedArrival(at, cells[1], cells[2].Length == 0 ? null : cells[2], serving, patience);
    }

    private static TimeSpan Seconds(string column, string cell, ref string fault)
    {
        if (double.TryParse(cell, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds <= LongestSeconds)
        {
            return TimeSpan.FromSeconds(seconds);
        }

        fault = $"{(fault.Length == 0 ? "" : fault + "; ")}{column} '{cell}' is no number of seconds from 0 to {LongestSeconds}";
        return default;
    }
}
