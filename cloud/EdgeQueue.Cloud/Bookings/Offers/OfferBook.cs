using System.Collections.Concurrent;
using System.Data.Common;
using System.Text.Json;
using Dapper;
using EdgeQueue.Cloud.Storage;
using EdgeQueue.Core.Contracts;

namespace EdgeQueue.Cloud.Bookings.Offers;

/// <summary>What branches offer, from the database. A change is seen by every replica within <see cref="Fresh"/>.</summary>
internal sealed class OfferBook(IDatabase database, TimeProvider time)
{
    public const int MostListed = 50;

    private const int MostKept = 5_000;

    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<string, (DateTimeOffset Read, OfferedBranch Branch)> _kept = new(StringComparer.Ordinal);

    /// <param name="branch">As in MQTT.</param>
    /// <returns>Null: nothing can be booked there.</returns>
    public async Task<OfferedBranch?> FindAsync(string branch, CancellationToken cancellation)
    {
        DateTimeOffset now = time.GetUtcNow();
        if (_kept.TryGetValue(branch, out var kept) && now - kept.Read < Fresh)
        {
            return kept.Branch;
        }

        if (!Topics.IsName(branch))
        {
            return null;
        }

        OfferRow? row = await database.ReadAsync(
            connection => connection.QuerySingleOrDefaultAsync<OfferRow>(
                "select o.branch as Branch, o.revision as Revision, o.document as Document from booking_offer o join branch b on b.id = o.branch where b.name = @branch",
                new { branch }), cancellation);
        if (row is null)
        {
            _kept.TryRemove(branch, out _);
            return null;
        }

        // The same revision is the same document: only its age is new.
        OfferedBranch found = kept.Branch is { } before && before.Offer.Revision == row.Revision ? before : row.Read();
        if (_kept.Count >= MostKept)
        {
            _kept.Clear();
        }

        _kept[branch] = (now, found);
        return found;
    }

    public async Task<OfferedBranch?> FindAsync(long branch, CancellationToken cancellation) =>
        await database.ReadAsync(c => c.ExecuteScalarAsync<string?>("select name from branch where id = @branch", new { branch }), cancellation) is { } name
            ? await FindAsync(name, cancellation) : null;

    /// <summary>As it stands in a transaction, on its own connection.</summary>
    public static async Task<OfferedBranch?> FindAsync(DbTransaction transaction, long branch) => (await transaction.Connection!.QuerySingleOrDefaultAsync<OfferRow>(
        "select branch as Branch, revision as Revision, document as Document from booking_offer where branch = @branch", new { branch }, transaction))?.Read();

    /// <summary>The first ones by name whose names contain a text.</summary>
    public Task<IReadOnlyList<OfferedBranch>> SearchAsync(string text, CancellationToken cancellation) => database.ReadAsync<IReadOnlyList<OfferedBranch>>(
        async connection => [.. (await connection.QueryAsync<OfferRow>(
            $"select branch as Branch, revision as Revision, document as Document from booking_offer where words like @like escape '!' order by words limit {MostListed}",
            new { like = Like(text) })).Select(r => r.Read())], cancellation);

    /// <summary>Takes what is newer than what is there.</summary>
    /// <returns>Names of the branches whose offer changed.</returns>
    public Task<IReadOnlyList<string>> ApplyAsync(OfferDocument document, CancellationToken cancellation) => database.WriteAsync<IReadOnlyList<string>>(
        async transaction =>
        {
            var changed = new List<string>();
            foreach (BranchOffer offer in document.Branches.OrderBy(b => b.Branch, StringComparer.Ordinal))
            {
                long id = await transaction.Connection!.ExecuteScalarAsync<long>(
                    "insert into branch(name, created_at) values (@Branch, @Now) on conflict(name) do update set name = excluded.name returning id",
                    new { offer.Branch, Now = time.GetUtcNow().ToUnixTimeMilliseconds() }, transaction);
                int rows = await transaction.Connection!.ExecuteAsync(
                    """
                    insert into booking_offer(branch, revision, document, words) values (@id, @Revision, @document, @words)
                    on conflict(branch) do update set revision = excluded.revision, document = excluded.document, words = excluded.words
                    where booking_offer.revision < excluded.revision
                    """,
                    new
                    {
                        id, offer.Revision, document = JsonSerializer.Serialize(offer, OfferJson.Default.BranchOffer),
                        words = string.Join('\n', offer.Name.Values.Concat(offer.Address.Values).Append(offer.Branch)).ToLowerInvariant(),
                    },
                    transaction);
                if (rows > 0)
                {
                    changed.Add(offer.Branch);
                }
            }

            return changed;
        },
        cancellation);

    private static string Like(string text) =>
        "%" + text.ToLowerInvariant().Replace("!", "!!", StringComparison.Ordinal).Replace("%", "!%", StringComparison.Ordinal).Replace("_", "!_", StringComparison.Ordinal) + "%";

    private sealed record OfferRow(long Branch, long Revision, string Document)
    {
        public OfferedBranch Read() => new(Branch, JsonSerializer.Deserialize(Document, OfferJson.Default.BranchOffer)!);
    }
}
