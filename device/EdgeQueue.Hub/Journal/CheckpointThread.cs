using Microsoft.Data.Sqlite;

namespace EdgeQueue.Hub.Journal;

/// <summary>
/// Moves the write-ahead log into the database, on a thread and a connection of its own: a passive checkpoint waits for
/// nobody and nobody waits for it, so no key press pays for it.
/// </summary>
public sealed class CheckpointThread(string path, Action<string> failed)
{
    private const long WalBytes = 2 * 1024 * 1024;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(20);

    private DateTime _done;

    /// <summary>Looks now and then until cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Pause);
        try
        {
            while (await timer.WaitForNextTickAsync(cancellation))
            {
                var wal = new FileInfo(path + "-wal");
                // The log keeps its length when it starts again from its beginning, which spares the disk: so not by length alone.
                if (wal.Exists && wal.Length >= WalBytes && wal.LastWriteTimeUtc != _done)
                {
                    _done = wal.LastWriteTimeUtc;
                    Checkpoint();
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Asked to stop.
        }
    }

    private void Checkpoint()
    {
        try
        {
            (SqliteConnection connection, _) = JournalFile.Open(path, write: true);
            using (connection)
            {
                JournalFile.Execute(connection, "pragma wal_checkpoint(passive)");
            }
        }
        catch (Exception e) when (e is SqliteException or JournalException)
        {
            // A full disk: the log stays and is read from; the loop notices the same disk by itself.
            failed(e.Message);
        }
    }
}
