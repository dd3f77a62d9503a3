using System.Data.Common;
using Dapper;
using EdgeQueue.Cloud.Storage;
using EdgeQueue.Core.Contracts.Cloud;

namespace EdgeQueue.Cloud.Ingest;

/// <summary>A batch that came, and whose.</summary>
public sealed record ArrivedBatch(string Branch, EventBatch Batch)
{
    /// <summary>Of its events.</summary>
    public long Bytes => Batch.Events.Sum(e => (long)e.Length);
}

/// <summary>What is stored now, as the hub is to be told.</summary>
public sealed record StoreAnswer(ArrivedBatch Of, long Seq, string? Hash);

/// <summary>
/// One transaction for many branches' batches: it locks their watermarks in one order, stores what is beyond them, adds to the
/// aggregates and moves the watermarks. Whatever was stored before changes nothing.
/// </summary>
public sealed class EventStore(IDatabase database, BranchBook book, TimeProvider time, IEnumerable<IEventFollower> followers)
{
    private static readonly RowsStatement AddEvents = new(
        "insert into event(journal, seq, day, at, type, data) select journal, seq, day, at, type, data from {rows} where true order by 1, 2 on conflict do nothing",
        ("journal", ColumnType.Bigint), ("seq", ColumnType.Bigint), ("day", ColumnType.Bigint), ("at", ColumnType.Bigint), ("type", ColumnType.Text), ("data", ColumnType.Utf8));

    private static readonly RowsStatement AddUncounted = new(
        "insert into uncounted_event(journal, seq, type, data) select journal, seq, type, data from {rows} where true order by 1, 2 on conflict do nothing",
        ("journal", ColumnType.Bigint), ("seq", ColumnType.Bigint), ("type", ColumnType.Text), ("data", ColumnType.Utf8));

    internal static readonly RowsStatement AddSums = new(
        $"insert into quarter(branch, quarter, service, counter, {string.Join(", ", Measure.Columns)}) select branch, quarter, service, counter, {string.Join(", ", Measure.Columns)} from {{rows}} where true order by 1, 2, 3, 4 "
        + $"on conflict (branch, quarter, service, counter) do update set {string.Join(", ", Measure.Columns.Select(c => $"{c} = quarter.{c} + excluded.{c}"))}",
        [("branch", ColumnType.Bigint), ("quarter", ColumnType.Bigint), ("service", ColumnType.Text), ("counter", ColumnType.Text), .. Measure.Columns.Select(c => (c, ColumnType.Bigint))]);

    private static readonly RowsStatement MoveWatermarks = new(
        "update journal set seq = r.seq, last_hash = r.hash, open_visits = r.open, changed_at = r.now from {rows} where journal.id = r.id",
        ("id", ColumnType.Bigint), ("seq", ColumnType.Bigint), ("hash", ColumnType.Text), ("open", ColumnType.Bytea), ("now", ColumnType.Bigint));

    private readonly IReadOnlyList<IEventFollower> _followers = [.. followers];

    public async Task<IReadOnlyList<StoreAnswer>> StoreAsync(IReadOnlyList<ArrivedBatch> batches, CancellationToken cancellation)
    {
        IReadOnlyList<(long Branch, long Journal)> ids = await book.JournalsAsync(batches, cancellation);
        List<(long, long, ArrivedBatch)> of = [.. ids.Zip(batches, (id, arrived) => (id.Branch, id.Journal, arrived))];
        // A fork shares a branch's rows of the aggregates with its parent: the branch's journals are taken in one order, too.
        return await database.WriteAsync(t => StoreAsync(t, of), cancellation) ?? throw new ForgottenIdsException();
    }

    /// <returns>Null: the ids that this process knows are not those of this database any more, and nothing was stored.</returns>
    private async Task<IReadOnlyList<StoreAnswer>?> StoreAsync(DbTransaction t, List<(long Branch, long Journal, ArrivedBatch Arrived)> batches)
    {
        List<JournalRow> journals = (await t.Connection!.QueryAsync<JournalRow>(
            $"select id as Id, branch as Branch, name as Name, seq as Seq, last_hash as Hash, open_visits as Open from journal where {database.Sql.AnyOf("id", "@ids")} order by id{database.Sql.ForUpdate}",
            new { ids = batches.Select(b => b.Journal).Distinct().Order().ToArray() }, t)).AsList();
        Dictionary<long, JournalRow> rowOf = journals.ToDictionary(r => r.Id);
        if (batches.Exists(b => !rowOf.TryGetValue(b.Journal, out JournalRow? row) || row.Branch != b.Branch || row.Name != b.Arrived.Batch.Journal))
        {
            // An older copy was put under this running process: one branch's events would go to another one.
            book.Forget();
            return null;
        }

        Dictionary<long, JournalWork> work = journals.ToDictionary(r => r.Id, r => new JournalWork(r.Id, r.Seq, r.Hash, r.Open));
        var rows = new StoreRows(_followers.Count > 0);
        var answers = new List<StoreAnswer>(batches.Count);
        foreach ((long branch, long journal, ArrivedBatch arrived) in batches)
        {
            JournalWork at = work[journal];
            at.Take(branch, arrived, rows);
            answers.Add(new(arrived, at.Seq, arrived.Batch.Events.Count == 0 && at.Hash.Length > 0 ? at.Hash : null));
        }

        // A transaction that runs again after a deadlock counts them again: the figure says that it happens, not to whom.
        IngestFigures.Forgotten.Add(work.Values.Sum(w => w.Forgotten));
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        await AddEvents.RunAsync(database.Sql, t, rows.Events);
        await AddUncounted.RunAsync(database.Sql, t, rows.Uncounted);
        await AddSums.RunAsync(database.Sql, t, rows.SortedSums());
        await MoveWatermarks.RunAsync(database.Sql, t, [.. work.Values.Where(w => w.Changed).OrderBy(w => w.Id).Select(w => w.Row(now))]);
        foreach (IEventFollower follower in _followers)
        {
            if (rows.Stored.Where(e => follower.Types.Contains(e.Type)).ToList() is { Count: > 0 } wanted)
            {
                await follower.FollowAsync(t, wanted);
            }
        }

        return answers;
    }

    private sealed record JournalRow(long Id, long Branch, string Name, long Seq, string Hash, byte[] Open);
}

/// <summary>The database is not the one that this process knew: it was put back. What came is sent again, and the ids are looked up anew.</summary>
public sealed class ForgottenIdsException() : Exception("the database does not have the journals that it had: an older copy of it was put back; their ids are looked up anew");
