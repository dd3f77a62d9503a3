namespace EdgeQueue.Hub.Journal;

/// <summary>
/// Makes snapshots without stopping the loop: another thread reads the last snapshot and the events since, exactly as a
/// start would. The loop only writes the finished bytes, in a commit without commands.
/// </summary>
public sealed class SnapshotMaker(string path, Action<SnapshotRow> made, Action<string> failed)
{
    /// <summary>So that a start reads at most about this many events, some tens of milliseconds.</summary>
    public const int Every = 5_000;

    private long _last;
    private int _running;

    /// <summary>By the loop after each commit; cheap.</summary>
    public void Consider(long seq)
    {
        if (seq - _last < Every || Interlocked.Exchange(ref _running, 1) != 0)
        {
            return;
        }

        _last = seq;
        new Thread(() => Make(seq)) { IsBackground = true, Name = "snapshot" }.Start();
    }

    /// <summary>The journal has a snapshot of this event already.</summary>
    public void Has(long seq) => _last = seq;

    private void Make(long seq)
    {
        try
        {
            using JournalReader reader = JournalReader.Open(path);
            Replay replay = Replay.Latest(reader, seq);
            made(new SnapshotRow(replay.Seq, Replay.Write(replay.State)));
        }
        catch (Exception e) when (e is JournalException or Microsoft.Data.Sqlite.SqliteException)
        {
            // A start without it takes longer; the next five thousand events try again.
            failed($"no snapshot: {e.Message}");
        }
        finally
        {
            Volatile.Write(ref _running, 0);
        }
    }
}
