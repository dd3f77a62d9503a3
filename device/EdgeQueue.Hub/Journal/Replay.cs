using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Hub.Journal;

/// <summary>The branch as the journal says it was.</summary>
/// <param name="Seq">Last event that is in it.</param>
/// <param name="At">Time of that event.</param>
public sealed record Replay(BranchState State, long Seq, Moment At)
{
    /// <summary>From the newest readable snapshot and what followed it.</summary>
    /// <exception cref="JournalException">The journal is damaged, has a gap, or holds what this version does not know.</exception>
    public static Replay Latest(JournalReader reader, long until = long.MaxValue)
    {
        foreach (SnapshotRow row in reader.Snapshots(until))
        {
            if (FromSnapshot(reader, row, until) is { } replay)
            {
                return replay;
            }
        }

        return All(reader, until);
    }

    /// <summary>From one snapshot; null: it has the form of another release.</summary>
    /// <exception cref="JournalException">As above.</exception>
    public static Replay? FromSnapshot(JournalReader reader, SnapshotRow row, long until = long.MaxValue) =>
        TryRead(row.Data) is { } state ? From(reader, state, row.Seq, until) : null;

    /// <summary>From the first event.</summary>
    /// <exception cref="JournalException">As above.</exception>
    /// <param name="look">Sees every event with the state before it; null: nobody looks.</param>
    public static Replay All(JournalReader reader, long until = long.MaxValue, Action<BranchState, long, Event>? look = null) =>
        From(reader, new BranchState(), 0, until, look);

    public static byte[] Write(BranchState state) => JournalJson.Write(state.ToSnapshot());

    /// <summary>A snapshot is only a short cut: one that cannot be read is left aside, and the events are read instead.</summary>
    private static BranchState? TryRead(byte[] data) =>
        JournalJson.TryRead(data, out BranchSnapshot? snapshot, out _) && snapshot.Form == BranchSnapshot.CurrentForm
            ? BranchState.FromSnapshot(snapshot)
            : null;

    /// <summary>
    /// The state changed by one more event. That an event has the right form does not say that it can have happened: what
    /// <see cref="Evolve"/> does then is an exception of any kind, which is the journal's fault and no bug.
    /// </summary>
    /// <exception cref="JournalException">It cannot be applied to this state, which is of no use afterwards.</exception>
    public static void Apply(BranchState state, long seq, Event happened)
    {
        try
        {
            Evolve.Apply(state, happened);
        }
        catch (Exception e) when (e is KeyNotFoundException or ArgumentException or NullReferenceException or InvalidOperationException or InvalidCastException or ArithmeticException)
        {
            throw new UnfitEventException(
                seq, EventJson.TypeOf(happened), e is KeyNotFoundException ? $"it does not fit what was before it ({e.Message.TrimEnd('.')})" : "it does not fit what was before it", e);
        }
    }

    private static Replay From(JournalReader reader, BranchState state, long after, long until, Action<BranchState, long, Event>? look = null)
    {
        long last = after;
        Moment time = default;
        var decode = new DecodeAhead((seq, happened) =>
        {
            look?.Invoke(state, seq, happened);
            Apply(state, seq, happened);
        });
        reader.Events(after, until, (seq, at, type, data) =>
        {
            if (seq != last + 1)
            {
                throw new JournalException(
                    $"The journal has a gap: event {last + 1} is missing before {seq}. Save what is before it with 'edgequeue journal repair'.");
            }

            decode.Add(seq, type, data);
            last = seq;
            time = at;
        });
        decode.Finish();
        return new Replay(state, last, time);
    }
}
