using EdgeQueue.Core.Queue;

namespace EdgeQueue.Hub.Journal;

/// <summary>
/// What a journal says that cannot have happened, event by event. The first is the one that counts: what follows on it may only
/// be its consequence.
/// </summary>
public sealed class Plausibility
{
    /// <summary>Told one by one; the others are counted.</summary>
    private const int MostTold = 10;
    private readonly List<string> _faults = [];
    private long _last;

    /// <summary>Half sentences with the events' numbers, at most ten.</summary>
    public IReadOnlyList<string> Faults => _faults;

    /// <summary>All of them, told or not.</summary>
    public int Count { get; private set; }

    public bool IsSound => Count == 0;

    /// <summary>Every event up to <paramref name="until"/>, from the first.</summary>
    /// <param name="replay">What they give; null: the last fault is an event that nothing can follow on.</param>
    /// <exception cref="JournalException">An event cannot be read, or is missing.</exception>
    public static Plausibility Of(JournalReader reader, long until, out Replay? replay)
    {
        var found = new Plausibility();
        try
        {
            replay = Replay.All(reader, until, found.Look);
        }
        catch (UnfitEventException e)
        {
            replay = null;
            // The look before may have said already, and better, what is wrong with it.
            if (found._last != e.Seq)
            {
                found.Add(e.Seq, e.Fault);
            }
        }

        return found;
    }

    /// <summary>Why the event cannot have followed on this state; null: it can.</summary>
    public static string? FaultOf(BranchState state, long seq, Event next) =>
        EventFit.FaultOf(state, next) is { } why ? UnfitEventException.Sentence(seq, why) : null;

    private void Look(BranchState state, long seq, Event next)
    {
        if (FaultOf(state, seq, next) is { } fault)
        {
            Add(seq, fault);
        }
    }

    private void Add(long seq, string fault)
    {
        _last = seq;
        if (Count++ < MostTold)
        {
            _faults.Add(fault);
        }
    }
}
