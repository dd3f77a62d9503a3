using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;
using EdgeQueue.Hub.Web;

namespace EdgeQueue.Hub.Loop;

/// <summary>
/// Says until the business day ends which tickets of dispensers that were cut off are recorded and not queued: their paper is in
/// somebody's hand, and only a person can see to it when that somebody is still here.
/// </summary>
internal sealed class RecordedNotice(HubFaults faults, HubMetrics metrics)
{
    private const string Code = "recordedTickets";
    private const int MostNamed = 8;

    private readonly List<string> _labels = [];
    private int _count;

    /// <summary>As the journal has it at the start.</summary>
    public void Begin(BranchState state)
    {
        foreach (Visit visit in state.Visits.Where(v => v.Phase == VisitPhase.Recorded && v.Day == state.Day).OrderBy(v => v.Number))
        {
            Note(visit.Label);
        }

        Say();
    }

    /// <returns>Whether something is to be said.</returns>
    public bool Follow(Event happened)
    {
        switch (happened)
        {
            case TicketIssued { Queued: false } e:
                Note(e.Label);
                metrics.Recorded.Add();
                return Say();
            case DayOpened:
                _labels.Clear();
                _count = 0;
                return Say();
            default:
                return false;
        }
    }

    private void Note(string label)
    {
        _count++;
        if (_labels.Count < MostNamed)
        {
            _labels.Add(label);
        }
    }

    private bool Say() => faults.Set(Code, _count == 0 ? null : new Fault(
        Code,
        $"{_count} tickets that a dispenser gave while it was cut off are recorded and wait for nobody: {string.Join(", ", _labels)}"
        + $"{(_count > _labels.Count ? ", …" : "")}. They are of a day that is closed, or for a service that is no more. Who is here with one takes another."));
}
