using System.Collections.Concurrent;
using System.Data.Common;
using Dapper;
using EdgeQueue.Cloud.Storage;
using EdgeQueue.Core.Contracts.Messages;

namespace EdgeQueue.Cloud.Ingest;

/// <summary>
/// Ids of branches and of their journals. They never change but when an older database is put back, so each replica keeps what it has seen. What is new is entered, all of it in
/// one transaction: whoever has a certificate of this cloud is one of its branches.
/// </summary>
public sealed class BranchBook(IDatabase database, TimeProvider time)
{
    private static readonly RowsStatement AddBranches = new(
        "insert into branch(name, created_at) select name, created_at from {rows} where true order by 1 on conflict (name) do nothing",
        ("name", ColumnType.Text), ("created_at", ColumnType.Bigint));

    private static readonly RowsStatement AddJournals = new(
        "insert into journal(branch, name, seq, last_hash, open_visits, changed_at) select branch, name, seq, hash, open, now from {rows} where true order by 1, 2 on conflict (branch, name) do nothing",
        ("branch", ColumnType.Bigint), ("name", ColumnType.Text), ("seq", ColumnType.Bigint), ("hash", ColumnType.Text), ("open", ColumnType.Bytea), ("now", ColumnType.Bigint));

    private readonly ConcurrentDictionary<string, long> _branches = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(long Branch, string Journal), long> _journals = new();

    /// <summary>The database was exchanged for an older one: everything is looked up anew.</summary>
    public void Forget()
    {
        _branches.Clear();
        _journals.Clear();
    }

    /// <summary>The branch's id; it is entered when it is new.</summary>
    public async ValueTask<long> BranchAsync(string name, CancellationToken cancellation = default) =>
        _branches.TryGetValue(name, out long known) ? known : (await BranchesAsync([name], cancellation))[0];

    /// <summary>The ids of branches, in the order of their names; those that are new are entered.</summary>
    public async ValueTask<IReadOnlyList<long>> BranchesAsync(IReadOnlyList<string> names, CancellationToken cancellation = default)
    {
        string[] unknown = [.. names.Where(n => !_branches.ContainsKey(n)).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (unknown.Length > 0)
        {
            foreach (Named branch in await database.WriteAsync(t => EnterAsync(t, unknown), cancellation))
            {
                _branches[branch.Name] = branch.Id;
            }
        }

        return [.. names.Select(n => _branches[n])];
    }

    /// <summary>
    /// Branch and journal of each batch. A new journal of a branch begins where the one that it was forked from ends, as far as that is stored.
    /// </summary>
    public async ValueTask<IReadOnlyList<(long Branch, long Journal)>> JournalsAsync(IReadOnlyList<ArrivedBatch> batches, CancellationToken cancellation = default)
    {
        IReadOnlyList<long> branches = await BranchesAsync([.. batches.Select(b => b.Branch)], cancellation);
        (long Branch, ArrivedBatch Arrived)[] unknown =
            [.. branches.Zip(batches).Where(b => !_journals.ContainsKey((b.First, b.Second.Batch.Journal))).DistinctBy(b => (b.First, b.Second.Batch.Journal))];
        if (unknown.Length > 0)
        {
            foreach (StoredJournal journal in await database.WriteAsync(t => EnterAsync(t, unknown), cancellation))
            {
                _journals[(journal.Branch, journal.Name)] = journal.Id;
            }
        }

        return [.. branches.Zip(batches, (branch, arrived) => (branch, _journals[(branch, arrived.Batch.Journal)]))];
    }

    private async Task<IReadOnlyList<Named>> EnterAsync(DbTransaction t, string[] names)
    {
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        await AddBranches.RunAsync(database.Sql, t, [.. names.Select(n => (object[])[n, now])]);
        return [.. await t.Connection!.QueryAsync<Named>($"select id as Id, name as Name from branch where {database.Sql.AnyOf("name", "@names")}", new { names }, t)];
    }

    private async Task<IReadOnlyList<StoredJournal>> EnterAsync(DbTransaction t, (long Branch, ArrivedBatch Arrived)[] unknown)
    {
        long[] branches = [.. unknown.Select(u => u.Branch).Distinct()];
        // Locked: a parent must not go on between its look and its child's beginning.
        IReadOnlyList<StoredJournal> there = await JournalsAsync(t, branches);
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        await AddJournals.RunAsync(database.Sql, t, [.. unknown
            .Where(u => !there.Any(j => j.Branch == u.Branch && j.Name == u.Arrived.Batch.Journal))
            .Select(u => Beginning(u.Branch, u.Arrived, there, now))]);
        return await JournalsAsync(t, branches);
    }

    /// <summary>What is stored of a parent up to the fork is the same events, and they are counted once. What it has beyond happened, too, and stays.</summary>
    private static object[] Beginning(long branch, ArrivedBatch arrived, IReadOnlyList<StoredJournal> there, long now)
    {
        foreach (JournalPosition ancestor in arrived.Batch.Ancestors.Reverse())
        {
            if (there.FirstOrDefault(j => j.Branch == branch && j.Name == ancestor.Journal) is { } parent)
            {
                long seq = Math.Min(parent.Seq, ancestor.Seq);
                return [branch, arrived.Batch.Journal, seq, seq == parent.Seq ? parent.Hash : "", parent.Open, now];
            }
        }

        return [branch, arrived.Batch.Journal, 0L, "", Array.Empty<byte>(), now];
    }

    private async Task<IReadOnlyList<StoredJournal>> JournalsAsync(DbTransaction t, long[] branches) =>
    [
        .. await t.Connection!.QueryAsync<StoredJournal>(
            $"select id as Id, branch as Branch, name as Name, seq as Seq, last_hash as Hash, open_visits as Open from journal where {database.Sql.AnyOf("branch", "@branches")} order by id{database.Sql.ForUpdate}",
            new { branches }, t),
    ];

    private sealed record Named(long Id, string Name);

    private sealed record StoredJournal(long Id, long Branch, string Name, long Seq, string Hash, byte[] Open);
}
