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
    public static Replay All(JournalReader reader, long until = long.MaxValue) => From(reader, new BranchState(), 0, until);

    public static byte[] Write(BranchState state) => JournalJson.Write(state.ToSnapshot());

    /// <summary>A snapshot is only a short cut: one that cannot be read is left aside, and the events are read instead.</summary>
    private static BranchState? TryRead(byte[] data) =>
        JournalJson.TryRead(data, out BranchSnapshot? snapshot, out _) && snapshot.Form == BranchSnapshot.CurrentForm
            ? BranchState.FromSnapshot(snapshot)
            : null;

    private static Replay From(JournalReader reader, BranchState state, long after, long until)
    {
        long last = after;
        Moment time = default;
        var decode = new DecodeAhead(happened => Evolve.Apply(state, happened));
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
