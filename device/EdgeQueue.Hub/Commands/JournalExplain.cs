using System.Globalization;
using System.Text;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Queue;
using EdgeQueue.Hub.Journal;

namespace EdgeQueue.Hub.Commands;

/// <summary>
/// <c>journal explain</c>: everything that happened to one visit, who did it from where, and why it was called when it was.
/// Reads only; the hub may run.
/// </summary>
internal static class JournalExplain
{
    private sealed record Line(long Seq, Event Event);

    public static int Run(string path, string ticket, TextWriter output)
    {
        using JournalReader reader = JournalReader.Open(path);
        var labels = new Dictionary<long, string>();
        var found = new List<long>();
        var byVisit = new Dictionary<long, List<Line>>();
        var clock = BranchClock.Unknown;
        var ends = new List<(long Seq, Moment At)>();
        reader.Events(0, long.MaxValue, (seq, at, type, data) =>
        {
            ends.Add((seq, at));
            var happened = EventJson.Read(type, data);
            Note(happened, ticket, labels, found, ref clock);
            if (EventVisit.Of(happened) is { } visit)
            {
                // Only those that may be asked for are kept: a journal has a million events.
                if (byVisit.TryGetValue(visit, out List<Line>? lines))
                {
                    lines.Add(new(seq, happened));
                }
                else if (found.Contains(visit))
                {
                    byVisit[visit] = [new(seq, happened)];
                }
            }
        });

        if (found.Count == 0)
        {
            Console.Error.WriteLine($"No visit in {path} has the label or number '{ticket}'. 'edgequeue journal replay {path}' shows who is there.");
            return ExitCode.Wrong;
        }

        var sources = new SourceOfEvents(reader.Commands(), ends);
        foreach (long visit in found)
        {
            Show(visit, byVisit[visit], labels, clock, sources, output);
        }

        return ExitCode.Fine;
    }

    private static void Note(Event happened, string ticket, Dictionary<long, string> labels, List<long> found, ref BranchClock clock)
    {
        switch (happened)
        {
            case ClockStepped e:
                clock = e.Clock;
                break;
            case TicketIssued e:
                labels[e.Visit] = e.Label;
                Match(e.Visit, e.Label);
                break;
            case TicketRelabelled e:
                labels[e.Visit] = e.To;
                Match(e.Visit, e.To);
                break;
        }

        void Match(long visit, string label)
        {
            if ((string.Equals(label, ticket, StringComparison.OrdinalIgnoreCase)
                || ticket == visit.ToString(CultureInfo.InvariantCulture)) && !found.Contains(visit))
            {
                found.Add(visit);
            }
        }
    }

    private static void Show(
        long visit, List<Line> lines, Dictionary<long, string> labels, BranchClock clock, SourceOfEvents sources, TextWriter output)
    {
        output.WriteLine($"{labels[visit]} (visit {visit})");
        foreach ((long seq, Event happened) in lines)
        {
            string at = DateTimeOffset.FromUnixTimeMilliseconds(clock.Local(happened.At)).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);
            output.WriteLine($"  {at}  #{seq}  {EventJson.TypeOf(happened)}{By(happened)}{sources.Of(seq)}");
            if (happened is VisitCalled call)
            {
                foreach (string words in CallWords.Of(call, number => labels.GetValueOrDefault(number, number.ToString(CultureInfo.InvariantCulture))))
                {
                    output.WriteLine($"      {words}");
                }
            }
            else
            {
                output.WriteLine($"      {Encoding.UTF8.GetString(EventJson.Write(happened))}");
            }
        }
    }

    private static string By(Event happened) => happened switch
    {
        VisitCalled e => $", to counter {e.Counter} by {e.Operator ?? "nobody"}",
        VisitTransferred e => $", from counter {e.FromCounter} by {e.FromOperator ?? "nobody"}",
        _ => "",
    };
}
