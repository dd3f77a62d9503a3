using System.Globalization;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Queue;
using EdgeQueue.Hub.Journal;

namespace EdgeQueue.Hub.Commands;

/// <summary>
/// <c>journal explain</c>: everything that happened to one visit, who did it from where, and why it was called when it was.
/// Reads only; the hub may run. A journal has a million events: it is read three times, and only what is shown is kept.
/// </summary>
internal static class JournalExplain
{
    /// <param name="By">Whose command it was, in words.</param>
    /// <param name="Clock">That hung on the wall then.</param>
    private sealed record Line(long Seq, BranchClock Clock, Event Event, string By);

    public static int Run(string path, string ticket, TextWriter output)
    {
        using JournalReader reader = JournalReader.Open(path);

        // One end for all passes: the hub may be writing meanwhile.
        long last = reader.Last().Seq;
        HashSet<long> found = Named(reader, last, ticket);
        if (found.Count == 0)
        {
            Console.Error.WriteLine($"No visit in {path} has the label or number '{ticket}'. 'edgequeue journal replay {path}' shows who is there.");
            return ExitCode.Wrong;
        }

        SortedDictionary<long, List<Line>> lines = LinesOf(reader, last, found);
        IEnumerable<long> beaten = lines.Values.SelectMany(l => l).Select(l => l.Event).OfType<VisitCalled>().SelectMany(c => c.Why.Beat).Select(b => b.Visit);
        Dictionary<long, string> labels = LabelsOf(reader, last, [.. beaten, .. found]);
        foreach ((long visit, List<Line> its) in lines)
        {
            Show(visit, its, labels, output);
        }

        return ExitCode.Fine;
    }

    private static HashSet<long> Named(JournalReader reader, long last, string ticket)
    {
        var found = new HashSet<long>();
        EachLabel(reader, last, (visit, label) =>
        {
            if (string.Equals(label, ticket, StringComparison.OrdinalIgnoreCase) || ticket == visit.ToString(CultureInfo.InvariantCulture))
            {
                found.Add(visit);
            }
        });
        return found;
    }

    private static Dictionary<long, string> LabelsOf(JournalReader reader, long last, HashSet<long> wanted)
    {
        var labels = new Dictionary<long, string>();
        EachLabel(reader, last, (visit, label) =>
        {
            if (wanted.Contains(visit))
            {
                labels[visit] = label;
            }
        });
        return labels;
    }

    private static void EachLabel(JournalReader reader, long last, Action<long, string> seen) => reader.Events(0, last, (_, _, type, data) =>
    {
        switch (type)
        {
            case "ticketIssued":
                var issued = (TicketIssued)EventJson.Read(type, data);
                seen(issued.Visit, issued.Label);
                break;
            case "ticketRelabelled":
                var relabelled = (TicketRelabelled)EventJson.Read(type, data);
                seen(relabelled.Visit, relabelled.To);
                break;
        }
    });

    private static SortedDictionary<long, List<Line>> LinesOf(JournalReader reader, long last, HashSet<long> visits)
    {
        var lines = new SortedDictionary<long, List<Line>>();
        BranchClock clock = BranchClock.Unknown;
        long? since = reader.SourcesSince;
        foreach (JournalRow row in reader.Rows(visits, last))
        {
            Event happened = EventJson.Read(row.Type, row.Data);
            if (happened is ClockStepped stepped)
            {
                clock = stepped.Clock;
            }
            else if (row.Visit is { } visit)
            {
                if (!lines.TryGetValue(visit, out List<Line>? its))
                {
                    lines[visit] = its = [];
                }

                its.Add(new(row.Seq, clock, happened, EventWords.By(row.Source, row.Seq, since)));
            }
        }

        return lines;
    }

    private static void Show(long visit, List<Line> lines, Dictionary<long, string> labels, TextWriter output)
    {
        output.WriteLine($"{Label(visit)} (visit {visit})");
        foreach (Line line in lines)
        {
            output.WriteLine($"  {Local(line.Event.At)}  #{line.Seq}  {EventJson.TypeOf(line.Event)}{At(line.Event)}{line.By}");
            foreach (string words in line.Event switch
            {
                VisitCalled call => CallWords.Of(call, Label),
                VisitPrecalled ahead => [VisitWords.Of(ahead, Local), .. CallWords.Of(ahead, Label)],
                Event other => [VisitWords.Of(other, Local)],
            })
            {
                output.WriteLine($"      {words}");
            }

            string Local(Moment at) => EventWords.Local(line.Clock, at);
        }

        string Label(long number) => labels.GetValueOrDefault(number, number.ToString(CultureInfo.InvariantCulture));
    }

    private static string At(Event happened) => happened switch
    {
        VisitCalled e => $", to counter {e.Counter} ({e.Operator ?? "nobody"})",
        VisitTransferred e => $", from counter {e.FromCounter} ({e.FromOperator ?? "nobody"})",
        _ => "",
    };
}
