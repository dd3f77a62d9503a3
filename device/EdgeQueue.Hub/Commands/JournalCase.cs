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
        var history = new Case(wanted, reader.SourcesSince, output);
        foreach (JournalRow row in reader.Rows())
        {
            // The others are not even read: a journal has a million events.
            if (row.Type is "clockStepped" or "bookingPlaced" or "ticketIssued" or "ticketRelabelled" or "visitDescribed" or "bookingCheckedIn"
                or "transactionFinished" or "visitEnded")
            {
                history.Follow(EventJson.Read(row.Type, row.Data), row);
            }
        }

        if (history.Lines == 0)
        {
            output.WriteLine($"No visit of case '{wanted}' is in this journal.");
            return ExitCode.Wrong;
        }

        return ExitCode.Fine;
    }

    private sealed class Case(string wanted, long? sourcesSince, TextWriter output)
    {
        private readonly HashSet<string> _bookings = new(StringComparer.Ordinal);
        private readonly Dictionary<long, string> _labels = [];
        private (long Visit, string Label) _issued;
        private BranchClock _clock = BranchClock.Unknown;

        public int Lines { get; private set; }

        public void Follow(Event happened, JournalRow row)
        {
            switch (happened)
            {
                case ClockStepped e: _clock = e.Clock; break;
                case BookingPlaced e when e.Booking.Case == wanted: _bookings.Add(e.Booking.Id); break;
                case BookingPlaced e: _bookings.Remove(e.Booking.Id); break;
                case TicketIssued e: _issued = (e.Visit, e.Label); break;
                case TicketRelabelled e when _labels.ContainsKey(e.Visit): _labels[e.Visit] = e.To; break;
                case VisitDescribed e when e.Case == wanted: Begin(e.Visit, row); break;
                case BookingCheckedIn e when _bookings.Contains(e.Booking): Begin(e.Visit, row); break;
                case TransactionFinished e when _labels.ContainsKey(e.Visit):
                    Tell(row, e.Visit, $"served: {e.Service} at counter {e.Counter}{(e.Outcome is { } outcome ? $", {outcome}" : "")}"
                        + (e.Marks.Count > 0 ? $" ({string.Join(", ", e.Marks)})" : ""));
                    break;
                case VisitEnded e when _labels.ContainsKey(e.Visit):
                    Tell(row, e.Visit, $"ended: {e.How.ToString().ToLowerInvariant()}{(e.Reason is { } reason ? $", {reason}" : "")}");
                    break;
            }
        }

        // What describes a visit follows at once on its ticket.
        private void Begin(long visit, JournalRow row)
        {
            if (_labels.TryAdd(visit, _issued.Visit == visit ? _issued.Label : visit.ToString(CultureInfo.InvariantCulture)))
            {
                Tell(row, visit, "came");
            }
        }

        private void Tell(JournalRow row, long visit, string what)
        {
            Lines++;
            output.WriteLine($"{EventWords.Local(_clock, row.At)[..^3]}  {_labels[visit],-8} {what}{EventWords.By(row.Source, row.Seq, sourcesSince)}");
        }
    }
}
