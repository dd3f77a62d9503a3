using System.Security.Cryptography;
using System.Text;
using Dapper;
using EdgeQueue.Cloud.Accounts;
using EdgeQueue.Cloud.Storage;
using EdgeQueue.Cloud.Web;

namespace EdgeQueue.Cloud.Api;

/// <summary>A key as its page shows it.</summary>
internal sealed record ApiKeyRow(long Id, string Title, string Scopes, string Region, string MadeBy, long MadeAt, long UsedAt, long Disabled);

/// <summary>Keys in the database.</summary>
internal sealed class ApiKeys(IDatabase database, TimeProvider time)
{
    public const int Most = 1_000;

    /// <summary>What a key begins with, so that whoever finds one knows what it is.</summary>
    public const string Prefix = "eqk_";

    private const long NoteEveryMs = 60_000;

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    public Task<IReadOnlyList<ApiKeyRow>> AllAsync(CancellationToken cancellation) => database.ReadAsync<IReadOnlyList<ApiKeyRow>>(
        async c => (await c.QueryAsync<ApiKeyRow>(
            $"""
            select k.id as Id, k.title as Title, k.scopes as Scopes, k.region as Region, a.name as MadeBy, k.made_at as MadeAt, k.used_at as UsedAt, k.disabled as Disabled
            from api_key k join account a on a.id = k.made_by order by k.disabled, k.title, k.id limit {Most}
            """)).AsList(), cancellation);

    /// <returns>Its id and the key, which nobody sees again; null: there are as many as there may be.</returns>
    public Task<(long Id, string Key)?> AddAsync(string title, IReadOnlyList<string> scopes, string region, long account, CancellationToken cancellation) => database.WriteAsync<(long, string)?>(
        async t =>
        {
            if (await t.Connection!.ExecuteScalarAsync<long>("select count(*) from api_key", transaction: t) >= Most)
            {
                return null;
            }

            var secret = Secret.New();
            long id = await t.Connection!.ExecuteScalarAsync<long>(
                """
                insert into api_key(title, secret_hash, scopes, region, made_by, made_at, used_at, disabled)
                values (@title, @Hash, @scopes, @region, @account, @Now, 0, 0) returning id
                """,
                new { title, secret.Hash, scopes = string.Join(' ', scopes), region, account, Now }, t);
            return (id, Prefix + secret.Text);
        },
        cancellation);

    public Task<int> DisableAsync(long id, CancellationToken cancellation) => database.WriteAsync(
        t => t.Connection!.ExecuteAsync("update api_key set disabled = 1 where id = @id", new { id }, t), cancellation);

    /// <returns>Null: it is none, or is disabled.</returns>
    public async Task<KeyInUse?> FindAsync(string key, CancellationToken cancellation)
    {
        if (!key.StartsWith(Prefix, StringComparison.Ordinal) || Secret.Of(key[Prefix.Length..]) is not { } secret)
        {
            return null;
        }

        Row? row = await database.ReadAsync(
            c => c.QuerySingleOrDefaultAsync<Row>("select id as Id, scopes as Scopes, region as Region, used_at as UsedAt from api_key where secret_hash = @Hash and disabled = 0", new { secret.Hash }),
            cancellation);
        if (row is null)
        {
            return null;
        }

        if (Now - row.UsedAt > NoteEveryMs)
        {
            await database.WriteAsync(t => t.Connection!.ExecuteAsync("update api_key set used_at = @Now where id = @Id and used_at < @Now", new { row.Id, Now }, t), cancellation);
        }

        return new(row.Id, row.Scopes.Split(' ').ToHashSet(StringComparer.Ordinal), row.Region.Length == 0 ? VisibleBranches.All : new([row.Region], [])) { Secret = secret };
    }

    private sealed record Row(long Id, string Scopes, string Region, long UsedAt);
}

/// <summary>The key that a request came with. Handlers take it as a parameter.</summary>
internal sealed record KeyInUse(long Id, IReadOnlySet<string> Scopes, VisibleBranches Sees)
{
    public required Secret Secret { private get; init; }

    /// <summary>32 bytes that only this key makes of it.</summary>
    public byte[] Derive(string of) => HMACSHA256.HashData(Encoding.ASCII.GetBytes(Secret.Text), Encoding.UTF8.GetBytes(of));

    public static ValueTask<KeyInUse?> BindAsync(HttpContext context) => ValueTask.FromResult(context.Features.Get<KeyInUse>());
}
