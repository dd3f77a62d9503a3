using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Queue;
using EdgeQueue.Hub.Journal;

namespace EdgeQueue.Benchmarks.Throughput;

/// <summary>What the journal says about a run in which nobody was called back, requeued or relabelled.</summary>
internal sealed record JournalTruth(int Tickets, int Calls, int LabelsTwice, int CalledTwice, int NotInJournal)
{
    public bool IsTrue => LabelsTwice + CalledTwice + NotInJournal == 0;

    public string Sentence => IsTrue
        ? "every label once, everybody called once, every reply in the journal"
        : $"{LabelsTwice} labels twice, {CalledTwice} people called twice, {NotInJournal} replied calls not in the journal";

    public static JournalTruth Check(string journal, IEnumerable<Call> replied)
    {
        var labels = new Dictionary<long, string>();
        var given = new HashSet<string>(StringComparer.Ordinal);
        var called = new Dictionary<string, string>(StringComparer.Ordinal);
        var (twice, calledTwice) = (0, 0);
        using var reader = JournalReader.Open(journal);
        reader.Events(0, long.MaxValue, (_, _, type, data) =>
        {
            switch (EventJson.Read(type, data))
            {
                case TicketIssued issued:
                    labels[issued.Visit] = issued.Label;
                    twice += given.Add(issued.Label) ? 0 : 1;
                    break;
                case VisitCalled call:
                    calledTwice += called.TryAdd(labels[call.Visit], call.Counter) ? 0 : 1;
                    break;
            }
        });
        return new JournalTruth(labels.Count, called.Count, twice, calledTwice,
            replied.Count(call => called.GetValueOrDefault(call.Label) != call.Counter));
    }
}
