using EdgeQueue.Core.Queue;
using EdgeQueue.Hub.Journal;
using EdgeQueue.Hub.Publishing;

namespace EdgeQueue.Hub.Loop;

/// <summary>
/// The branch in memory, ahead of the disk by at most one batch. Within a batch each command already sees the effect of the
/// one before; nobody else sees anything until <see cref="Commit"/> has returned (law 1).
/// </summary>
public sealed class LiveBranch
{
    private readonly SqliteJournal _journal;
    private readonly List<(long Seq, Event Event)> _happened = [];

    private LiveBranch(SqliteJournal journal, Replay replay, CopyOrders copies)
    {
        _journal = journal;
        State = replay.State;
        Seq = CommittedSeq = replay.Seq;
        CallNumbers = new CallNumbers(journal);
        Copies = copies;
    }

    public BranchState State { get; private set; }

    /// <summary>Last event, those of the batch included.</summary>
    public long Seq { get; private set; }

    /// <summary>Last event on the disk.</summary>
    public long CommittedSeq { get; private set; }

    public CallNumbers CallNumbers { get; private set; }

    public CopyOrders Copies { get; private set; }

    public JournalBatch Batch { get; private set; } = new();

    /// <summary>The events of the batch.</summary>
    public IReadOnlyList<(long Seq, Event Event)> Happened => _happened;

    /// <exception cref="JournalException">It cannot be read.</exception>
    public static LiveBranch Load(SqliteJournal journal)
    {
        using JournalReader reader = journal.Reader();
        Replay replay = Replay.Latest(reader);
        // What was read is garbage now, and nobody waits yet: a small machine gets its memory back before the day begins.
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        return new LiveBranch(journal, replay, CopyOrders.From(reader, replay.Seq));
    }

    /// <param name="source">Whose command it is; null: the hub's own.</param>
    public Decision Execute(Command command, EventSource? source)
    {
        Decision decision = Decider.Decide(State, command);
        foreach (Event happened in decision.Events)
        {
            Evolve.Apply(State, happened);
            Seq++;
            CallNumbers.Follow(Seq, happened);
            Copies.Follow(happened);
            _happened.Add((Seq, happened));
            Batch.Events.Add(JournalRow.Of(Seq, happened, source));
        }

        return decision;
    }

    /// <exception cref="JournalException">Nothing was written; call <see cref="Reload"/>.</exception>
    public void Commit()
    {
        _journal.Commit(Batch);
        CommittedSeq = Seq;
    }

    /// <summary>After a commit has been shown to everyone.</summary>
    public void BeginBatch()
    {
        Batch = new JournalBatch();
        _happened.Clear();
    }

    /// <summary>What is in memory was never on the disk: the disk is right.</summary>
    /// <exception cref="JournalException">It cannot be read either.</exception>
    public void Reload()
    {
        BeginBatch();
        using JournalReader reader = _journal.Reader();
        Replay replay = Replay.Latest(reader);
        State = replay.State;
        Seq = CommittedSeq = replay.Seq;
        CallNumbers = new CallNumbers(_journal);
        Copies = CopyOrders.From(reader, replay.Seq);
    }
}
