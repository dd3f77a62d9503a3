using System.Globalization;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Forecast;
using EdgeQueue.Tool.Play;
using EdgeQueue.Tool.Rows;

namespace EdgeQueue.Tool.Simulation;

/// <summary>
/// Recorded customers, in one of two forms that the first line tells apart: a day as <see cref="DayFile"/> reads it, or a trace
/// with <see cref="Header"/> (seconds from opening; <c>clock_s</c> is when the waiting starts: the later of check-in and slot;
/// an empty <c>patience_s</c> is endless). Who has an appointment has a booking for <c>clock_s</c> and checks in by it. A trace names no segment: the one with the row's target and priority is taken.
/// </summary>
internal static class TraceFile
{
    public const string Header = "id,checkin_s,service,appointment,clock_s,service_s,patience_s,target_s,priority";

    /// <summary>Years of a large branch.</summary>
    private const int MostCustomers = 1_000_000;

    /// <summary>No check-in of any branch opens earlier before its slot; seconds.</summary>
    private const double LongestBefore = 86_400;

    /// <summary>Of the branch's own book.</summary>
    private const int MostBookings = 20_000;

    /// <summary>The customers in the order of their arrival; or all that is wrong, twenty lines of it at most, and how many more.</summary>
    public static (IReadOnlyList<Customer> Customers, IReadOnlyList<string> Faults) Read(string text, LoadedBranch branch)
    {
        var first = text.AsSpan().TrimStart('\uFEFF').TrimStart();
        while (first is ['#', ..])
        {
            first = first.IndexOf('\n') is >= 0 and var end ? first[end..].TrimStart() : default;
        }

        var head = first.IndexOfAny('\r', '\n') is >= 0 and var stop ? first[..stop].TrimEnd() : first.TrimEnd();
        return head is Header ? ReadTrace(text, branch)
            : head is DayFile.Header ? ReadDay(text, branch)
            : ([], [$"the first line must say what the columns are: either {Header}, or {DayFile.Header}; {(head.IsEmpty ? "the file is empty" : $"here it is {Shortened(head)}")}"]);
    }

    /// <summary>
    /// Customers whom the order of the ids would put before somebody who checked in before them, at an equal start of the waiting. The branch
    /// prefers of these who checked in first: it numbers its tickets then, and knows no other order.
    /// </summary>
    /// <param name="customers">In the order of their arrival.</param>
    public static int OutOfIdOrder(IEnumerable<Customer> customers)
    {
        var largest = new Dictionary<long, long>();
        var passed = 0;
        foreach (var customer in customers)
        {
            var clock = Math.Max(customer.SlotAt ?? 0, customer.ArrivesAt);
            var before = largest.GetValueOrDefault(clock, -1L);
            passed += customer.Id < before ? 1 : 0;
            largest[clock] = Math.Max(before, customer.Id);
        }

        return passed;
    }

    private static string Shortened(ReadOnlySpan<char> line) => line.Length <= 100 ? line.ToString() : $"{line[..100]}…";

    private static (IReadOnlyList<Customer> Customers, IReadOnlyList<string> Faults) ReadDay(string text, LoadedBranch branch)
    {
        using var reader = new StringReader(text);
        var (day, found) = DayFile.Read(reader);
        var faults = found.ToList();
        faults.AddRange(day.Select(c => c.Service).Distinct().Where(s => branch.Service(s) is null)
            .Select(s => $"there is no service '{s}' in this branch; it has {string.Join(", ", branch.Configuration.Services.Select(x => x.Id))}"));
        faults.AddRange(day.Select(c => c.Segment).OfType<string>().Distinct().Where(s => branch.Segment(s) is null)
            .Select(s => $"there is no segment '{s}' in this branch"));
        return ([.. day.Select((c, i) => new Customer
        {
            Id = i,
            ArrivesAt = Ms(c.At),
            Service = c.Service,
            Segment = c.Segment,
            ServiceMs = Ms(c.ServiceTime),
            PatienceMs = c.Patience is { } patience ? Ms(patience) : Customer.Endless,
        })], faults);
    }

    private static (IReadOnlyList<Customer> Customers, IReadOnlyList<string> Faults) ReadTrace(string text, LoadedBranch branch)
    {
        using var reader = new StringReader(text);
        var lines = new Dictionary<long, int>();
        var (customers, faults) = RowFile.Read(reader, Header, MostCustomers, "customers", (string[] cells, int line, out string fault) => Row(cells, line, branch, lines, out fault));
        if (customers.Count(c => c.Booking is not null) is > MostBookings and var booked)
        {
            faults.Add($"{booked} appointments; a branch holds {MostBookings} at most. Divide the trace.");
        }

        if (faults.Count == 0 && customers.Count == 0)
        {
            faults.Add("there is no customer in it");
        }

        return ([.. customers.OrderBy(c => c.ArrivesAt).ThenBy(c => c.Id)], faults);
    }

    /// <param name="lines">Where each id was seen first.</param>
    private static Customer? Row(string[] cells, int line, LoadedBranch branch, Dictionary<long, int> lines, out string fault)
    {
        fault = "";
        var id = Number("id", cells[0], ref fault);
        var arrives = Number("checkin_s", cells[1], ref fault);
        var clock = Number("clock_s", cells[4], ref fault);
        var booked = cells[3] == "1";
        var serving = Number("service_s", cells[5], ref fault);
        var patience = cells[6].Length == 0 ? -1 : Number("patience_s", cells[6], ref fault);
        var target = Number("target_s", cells[7], ref fault);
        var priority = Number("priority", cells[8], ref fault);
        var service = branch.Configuration.Services.FirstOrDefault(s => s.Id.Equals(cells[2], StringComparison.OrdinalIgnoreCase));
        if (service is null)
        {
            Add(ref fault, $"there is no service '{cells[2]}' in this branch; it has {string.Join(", ", branch.Configuration.Services.Select(s => s.Id))}");
        }

        if (cells[3] is not ("0" or "1"))
        {
            Add(ref fault, $"appointment '{cells[3]}' is neither 0 nor 1");
        }

        if (id != Math.Floor(id))
        {
            Add(ref fault, $"id '{cells[0]}' is no whole number");
        }
        else if (fault.Length == 0 && !lines.TryAdd((long)id, line))
        {
            Add(ref fault, $"id {id:0} is already in line {lines[(long)id]}");
        }

        if (fault.Length == 0 && clock < arrives)
        {
            Add(ref fault, $"clock_s '{cells[4]}' is before checkin_s '{cells[1]}': waiting starts at the check-in or at a later slot");
        }

        if (fault.Length == 0 && clock - arrives > LongestBefore)
        {
            Add(ref fault, $"checkin_s '{cells[1]}' is more than a day before clock_s '{cells[4]}'");
        }

        if (fault.Length > 0 || !TrySegment(branch, service!, target, priority, out var segment, out fault))
        {
            return null;
        }

        return new Customer
        {
            Id = (long)id,
            ArrivesAt = Ms(arrives),
            SlotAt = booked ? Ms(clock) : null,
            Booking = booked ? string.Create(CultureInfo.InvariantCulture, $"row-{id:0}") : null,
            Service = service!.Id,
            Segment = segment,
            ServiceMs = Ms(serving),
            PatienceMs = patience < 0 ? Customer.Endless : Ms(patience),
        };
    }

    private static bool TrySegment(
        LoadedBranch branch, ServiceConfiguration service, double target, double priority, out string? segment, out string fault)
    {
        (segment, fault) = (null, "");
        if (service.TargetWaitSeconds == target && service.Priority == priority)
        {
            return true;
        }

        segment = branch.Configuration.Segments
            .FirstOrDefault(s => (s.TargetWaitSeconds ?? service.TargetWaitSeconds) == target && s.Priority == priority)?.Id;
        fault = segment is null
            ? $"neither the service '{service.Id}' nor a segment of this branch has target {target} s and priority {priority}; add a segment that has"
            : "";
        return segment is not null;
    }

    private static long Ms(double seconds) => (long)Math.Round(seconds * 1000);

    private static long Ms(TimeSpan time) => (long)Math.Round(time.TotalMilliseconds);

    private static double Number(string column, string cell, ref string fault)
    {
        if (double.TryParse(cell, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var number) && number <= 1e9)
        {
            return number;
        }

        Add(ref fault, $"{column} '{cell}' is no number from 0 to 1000000000");
        return 0;
    }

    private static void Add(ref string fault, string another) => fault = fault.Length == 0 ? another : $"{fault}; {another}";
}
