using System.Globalization;

namespace EdgeQueue.Tool.Play;

/// <summary>
/// Reads a recorded day: UTF-8, a header line, then a line per customer, five columns divided by commas and nothing quoted:
/// <code>
/// arrival,service,segment,service_seconds,patience_seconds
/// 0,general,,240,
/// 95.5,cash,priority,60,900
/// </code>
/// Seconds have a point and at most 86,400 of them are in a day; an empty segment is none, an empty patience is endless. Lines
/// that are empty or begin with <c>#</c> are passed over. The lines need no order.
/// </summary>
internal static class DayFile
{
    public const string Header = "arrival,service,segment,service_seconds,patience_seconds";

    /// <summary>A day of a large hospital has some thousands.</summary>
    public const int MostArrivals = 100_000;

    private const int Columns = 5;
    private const double LongestSeconds = 86_400;
    private const int MostFaults = 20;

    /// <summary>The customers by time of arrival; or all that is wrong, each with its line, twenty at most.</summary>
    public static (IReadOnlyList<RecordedArrival> Day, IReadOnlyList<string> Faults) Read(TextReader text)
    {
        var day = new List<RecordedArrival>();
        var faults = new List<string>();
        var headed = false;
        for (var number = 1; text.ReadLine() is { } line && faults.Count < MostFaults; number++)
        {
            line = line.TrimStart('\uFEFF').Trim();
            if (line.Length == 0 || line[0] == '#')
            {
                continue;
            }

            if (!headed)
            {
                headed = true;
                if (line != Header)
                {
                    faults.Add($"line {number}: the header must be {Header}");
                    break;
                }
            }
            else if (day.Count == MostArrivals)
            {
                faults.Add($"line {number}: a day has at most {MostArrivals} customers");
                break;
            }
            else if (Customer(line, out var fault) is { } customer)
            {
                day.Add(customer);
            }
            else
            {
                faults.Add($"line {number}: {fault}");
            }
        }

        if (faults.Count == 0 && day.Count == 0)
        {
            faults.Add($"there is no customer in it; the first line must be {Header}");
        }

        return ([.. day.OrderBy(c => c.At)], faults);
    }

    private static RecordedArrival? Customer(string line, out string fault)
    {
        var cells = line.Split(',');
        if (cells.Length != Columns)
        {
            fault = $"{Columns} columns are wanted, here are {cells.Length}";
            return null;
        }

        fault = "";
        var at = Seconds("arrival", cells[0], ref fault);
        var serving = Seconds("service_seconds", cells[3], ref fault);
        TimeSpan? patience = cells[4].Trim().Length == 0 ? null : Seconds("patience_seconds", cells[4], ref fault);
        var service = cells[1].Trim();
        if (service.Length == 0)
        {
            fault = "the service is missing";
        }

        var segment = cells[2].Trim();
        return fault.Length > 0 ? null : new RecordedArrival(at, service, segment.Length == 0 ? null : segment, serving, patience);
    }

    private static TimeSpan Seconds(string column, string cell, ref string fault)
    {
        if (double.TryParse(cell, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingWhite | NumberStyles.AllowTrailingWhite,
            CultureInfo.InvariantCulture, out var seconds) && seconds <= LongestSeconds)
        {
            return TimeSpan.FromSeconds(seconds);
        }

        fault = $"{column} '{cell}' is no number of seconds from 0 to {LongestSeconds}";
        return default;
    }
}
