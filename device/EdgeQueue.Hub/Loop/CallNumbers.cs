using EdgeQueue.Core.Queue;
using EdgeQueue.Hub.Journal;

namespace EdgeQueue.Hub.Loop;

/// <summary>
/// The event number of each visit's last call: loudspeakers speak each number at most once (DESIGN §7, Speaking). The core
/// knows no event numbers, and the journal has them, so after a restart they are read from it.
/// </summary>
public sealed class CallNumbers(SqliteJournal journal)
{
    private readonly Dictionary<long, long> _calls = journal.LastCalls();

    public void Follow(long seq, Event happened)
    {
        switch (happened)
        {
            case VisitCalled e: _calls[e.Visit] = seq; break;
            case VisitPrecalled e: _calls[e.Visit] = seq; break;
            case VisitRecalled e: _calls[e.Visit] = seq; break;
            // It is heard only now, after calls that were made later.
            case CallAnnounced e: _calls[e.Visit] = seq; break;
            case VisitEnded e when e.How is VisitEnd.Cancelled or VisitEnd.Cleared: _calls.Remove(e.Visit); break;
            // Yesterday's calls are over but for those still open, which are looked up when asked for.
            case DayOpened: _calls.Clear(); break;
        }
    }

    public long Of(long visit)
    {
        if (!_calls.TryGetValue(visit, out long seq))
        {
            seq = _calls[visit] = journal.LastCallOf(visit) ?? 0;
        }

        return seq;
    }
}
