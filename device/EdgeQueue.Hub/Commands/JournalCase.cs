using System.Globalization;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Queue;
using EdgeQueue.Hub.Journal;

namespace EdgeQueue.Hub.Commands;

/// <summary><c>journal case</c>: the visits of one case over all days, as the journal has them. The state forgets them with their day.</summary>
internal static class JournalCase
{
    public static int Run(string path, string wanted, TextWriter output)
    {
        using JournalReader reader = JournalReader.Open(path);
        var bookings = new HashSet<string>(StringComparer.Ordinal);
        var visits = new Dictionary<long, string>();
        var labels = new Dictionary<long, string>();
        BranchClock clock = BranchClock.Unknown;
        int lines = 0;
        reader.Events(0, long.MaxValue, (seq, at, type, data) =>
        {
            switch (EventJson.Read(type, data))
            {
                case ClockStepped e: clock = e.Clock; break;
                case BookingPlaced e when e.Booking.Case == wanted: bookings.Add(e.Booking.Id); break;
                case BookingPlaced e: bookings.Remove(e.Booking.Id); break;
                case DayOpened: labels.Clear(); break;
                case TicketIssued e: labels[e.Visit] = e.Label; break;
                case VisitDescribed e when e.Case == wanted: Begin(e.Visit, e.At); break;
                case BookingCheckedIn e when bookings.Contains(e.Booking): Begin(e.Visit, e.At); break;
                case TransactionFinished e when visits.ContainsKey(e.Visit):
                    Tell(e.At, e.Visit, $"served: {e.Service} at counter {e.Counter}{(e.Outcome is { } outcome ? $", {outcome}" : "")}"
                        + (e.Marks.Count > 0 ? $" ({string.Join(", ", e.Marks)})" : ""));
                    break;
                case VisitEnded e when visits.ContainsKey(e.Visit):
                    Tell(e.At, e.Visit, $"ended: {e.How.ToString().ToLowerInvariant()}{(e.Reason is { } reason ? $", {reason}" : "")}");
                    break;
            }
        });
        if (lines == 0)
        {
            output.WriteLine($"No visit of case '{wanted}' is in this journal.");
            return ExitCode.Wrong;
        }

        return ExitCode.Fine;

        void Begin(long visit, Moment at)
        {
            if (visits.TryAdd(visit, labels.GetValueOrDefault(visit, "?")))
            {
                Tell(at, visit, "came");
            }
        }

        void Tell(Moment at, long visit, string what)
        {
            lines++;
            output.WriteLine(string.Create(
                CultureInfo.InvariantCulture, $"{DateTime.UnixEpoch.AddMilliseconds(clock.Local(at)):yyyy-MM-dd HH:mm}  {visits[visit],-8} {what}"));
        }
    }
}
