using System.Collections.Concurrent;
using System.Data.Common;
using Dapper;
using EdgeQueue.Cloud.Storage;
using EdgeQueue.Core.Contracts.Cloud;
using EdgeQueue.Core.Contracts.Messages;

namespace EdgeQueue.Cloud.Ingest;

/// <summary>Ids of branches and of their journals. They never change, so each replica keeps what it has seen.</summary>
public sealed class BranchBook(IDatabase database, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, long> _branches = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(long Branch, string Journal), long> _journals = new();

    /// <summary>The branch's id; it is entered when it is new: whoever has a certificate of this cloud is one of its branches.</summary>
    public async ValueTask<long> BranchAsync(string name, CancellationToken cancellation = default) => _branches.TryGetValue(name, out long known)
        ? known
        : _branches[name] = await database.WriteAsync(
            async t =>
            {
                await t.Connection!.ExecuteAsync(
                    "insert into branch(name, created_at) values (@name, @now) on conflict (name) do nothing", new { name, now = time.GetUtcNow().ToUnixTimeMilliseconds() }, t);
                return await t.Connection!.ExecuteScalarAsync<long>("select id from branch where name = @name", new { name }, t);
            },
            cancellation);

    /// <summary>The journal's id. A new one of a branch begins where the one that it was forked from ends, as far as that is stored.</summary>
    public async ValueTask<long> JournalAsync(long branch, EventBatch batch, CancellationToken cancellation = default) => _journals.TryGetValue((branch, batch.Journal), out long known)
        ? known
        : _journals[(branch, batch.Journal)] = await database.WriteAsync(t => EnterAsync(t, branch, batch), cancellation);

    private async Task<long> EnterAsync(DbTransaction t, long branch, EventBatch batch)
    {
        DbConnection connection = t.Connection!;
        (long seq, string hash, byte[] open) = (0, "", []);
        foreach (JournalPosition ancestor in batch.Ancestors.Reverse())
        {
            // What it has up to there is the same events, and they are counted once. What it has beyond happened, too, and stays.
            if (await connection.QuerySingleOrDefaultAsync<Stored>(
                "select seq as Seq, last_hash as Hash, open_visits as Open from journal where branch = @branch and name = @Journal" + database.Sql.ForUpdate,
                new { branch, ancestor.Journal }, t) is { } stored)
            {
                seq = Math.Min(stored.Seq, ancestor.Seq);
                hash = seq == stored.Seq ? stored.Hash : "";
                open = stored.Open;
                break;
            }
        }

        await connection.ExecuteAsync(
            "insert into journal(branch, name, seq, last_hash, open_visits, changed_at) values (@branch, @Journal, @seq, @hash, @open, @now) on conflict (branch, name) do nothing",
            new { branch, batch.Journal, seq, hash, open, now = time.GetUtcNow().ToUnixTimeMilliseconds() }, t);
        return await connection.ExecuteScalarAsync<long>("select id from journal where branch = @branch and name = @Journal", new { branch, batch.Journal }, t);
    }

    private sealed record Stored(long Seq, string Hash, byte[] Open);
}
