using System.Data.Common;
using System.Text;
using System.Text.Json;
using Dapper;
using EdgeQueue.Cloud.Storage;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Cloud.Ingest;

/// <summary>After an upgrade: what an earlier release could only store is counted now, in order, each in the transaction that forgets it.</summary>
internal sealed class UncountedEvents(IDatabase database, IEnumerable<IEventFollower> followers, ILogger<UncountedEvents> log) : BackgroundService
{
    private const int AtOnce = 500;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            long counted = 0;
            (long, long) after = (0, 0);
            while (true)
            {
                (int seen, int taken, after) = await database.WriteAsync(t => CountAsync(t, after), stoppingToken);
                counted += taken;
                if (seen < AtOnce)
                {
                    break;
                }
            }

            if (counted > 0)
            {
                IngestLog.CountedLater(log, counted);
            }
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            // Whatever it was, this replica goes on; the next start tries again, and nothing of it is lost.
            IngestLog.StoreFailed(log, fault.Message);
        }
    }

    private async Task<(int Seen, int Taken, (long, long) After)> CountAsync(DbTransaction t, (long Journal, long Seq) after)
    {
        List<Row> rows =
        [
            .. await t.Connection!.QueryAsync<Row>(
                "select u.journal as Journal, j.branch as Branch, b.name as BranchName, j.name as JournalName, u.seq as Seq, u.type as Type, u.data as Data, j.open_visits as Open "
                + "from uncounted_event u join journal j on j.id = u.journal join branch b on b.id = j.branch "
                + "where (u.journal, u.seq) > (@Journal, @Seq) order by u.journal, u.seq limit @AtOnce" + database.Sql.ForUpdate,
                new { after.Journal, after.Seq, AtOnce }, t),
        ];
        int taken = 0;
        var sums = new StoreRows(followed: true);
        foreach (Row row in rows.Where(r => EventJson.NameOf(r.Type) is not null))
        {
            try
            {
                Event happened = EventJson.Read(row.Type, StorableText.OfJson(Encoding.UTF8.GetBytes(row.Data)));
                // Its visit has gone on since: what it did is counted, and the visit stays as it is now.
                OpenVisits open = OpenVisits.Read(row.Open);
                Tally.Count(row.Branch, happened, open, sums.Sums);
                await t.Connection!.ExecuteAsync("delete from uncounted_event where journal = @Journal and seq = @Seq", row, t);
                sums.Follow(new StoredEvent(row.Branch, row.BranchName, row.JournalName, row.Seq, happened.At.Milliseconds, row.Type, happened, happened.At.Milliseconds + open.ClockOffsetMs));
                taken++;
            }
            catch (Exception fault) when (fault is JsonException or NotSupportedException or InvalidOperationException or InvalidDataException)
            {
                // Not by this release either; or its journal was gone on with by a newer one, which counts it.
            }
        }

        await EventStore.AddSums.RunAsync(database.Sql, t, sums.SortedSums());
        foreach (IEventFollower follower in followers)
        {
            if (sums.Stored.Where(e => follower.Types.Contains(e.Type)).ToList() is { Count: > 0 } wanted)
            {
                await follower.FollowAsync(t, wanted);
            }
        }

        return (rows.Count, taken, rows.Count == 0 ? after : (rows[^1].Journal, rows[^1].Seq));
    }

    private sealed record Row(long Journal, long Branch, string BranchName, string JournalName, long Seq, string Type, string Data, byte[] Open);
}
