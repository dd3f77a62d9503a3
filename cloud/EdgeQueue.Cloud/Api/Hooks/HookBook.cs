using System.Data.Common;
using Dapper;
using EdgeQueue.Cloud.Storage;
using EdgeQueue.Cloud.Web;

namespace EdgeQueue.Cloud.Api.Hooks;

/// <summary>The web hooks of programs: a program sees and changes those of its own key.</summary>
internal sealed class HookBook(IDatabase database, TimeProvider time)
{
    public const int MostOfKey = 20;

    /// <summary>What a secret begins with, so that whoever finds one knows what it is.</summary>
    public const string Prefix = "eqh_";

    public const int GivenUpAtOnce = 100;

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <returns>Null: the key has as many as it may.</returns>
    public Task<AddedHook?> AddAsync(long key, string url, IReadOnlyList<string> kinds, CancellationToken cancellation) => database.WriteAsync<AddedHook?>(
        async t =>
        {
            // Counted one after the other.
            await t.Connection!.ExecuteScalarAsync<long?>($"select id from api_key where id = @key{database.Sql.ForUpdate}", new { key }, t);
            if (await t.Connection!.ExecuteScalarAsync<long>("select count(*) from api_hook where api_key = @key", new { key }, t) >= MostOfKey)
            {
                return null;
            }

            string secret = Prefix + Secret.New().Text;
            long id = await t.Connection!.ExecuteScalarAsync<long>(
                """
                insert into api_hook(api_key, url, kinds, secret, made_at, disabled, failures, failing_since, fault, next_at, busy_until, told, lost)
                values (@key, @url, @kinds, @secret, @Now, '', 0, 0, '', 0, 0, 0, 0) returning id
                """,
                new { key, url, kinds = string.Join(' ', kinds), secret, Now }, t);
            return new AddedHook(id, url, kinds, secret);
        },
        cancellation);

    /// <param name="key">Null: of all programs.</param>
    public Task<IReadOnlyList<HookItem>> ListAsync(long? key, CancellationToken cancellation) => database.ReadAsync<IReadOnlyList<HookItem>>(
        async c => [.. (await c.QueryAsync<Row>(
            $"""
            select h.id as Id, h.url as Url, h.kinds as Kinds, h.made_at as MadeAt, h.told as Told,
              (select count(*) from notice n where n.hook = h.id and n.state = 'waiting') as Waiting,
              (select count(*) from notice n where n.hook = h.id and n.state in ('failed', 'dropped')) as GivenUp,
              h.lost as Lost, h.failing_since as FailingSince, h.fault as Fault, h.disabled as Disabled
            from api_hook h where @key < 0 or h.api_key = @key order by h.id
            """,
            new { key = key ?? -1 })).Select(r => r.Item())], cancellation);

    /// <summary>What was given up, the latest first.</summary>
    /// <param name="before">Id of the last of the part before.</param>
    /// <returns>Null: it is no hook of this key.</returns>
    public Task<IReadOnlyList<GivenUp>?> GivenUpAsync(long key, long id, long before, CancellationToken cancellation) => database.ReadAsync<IReadOnlyList<GivenUp>?>(
        async c => await c.ExecuteScalarAsync<long?>("select id from api_hook where id = @id and api_key = @key", new { id, key }) is null ? null : (await c.QueryAsync<GivenUp>(
            $"""
            select id as Id, key as Key, subject as Kind, made_at as MadeAt, tries as Tries, fault as Fault from notice
            where hook = @id and state in ('failed', 'dropped') and id < @before order by id desc limit {GivenUpAtOnce + 1}
            """,
            new { id, before })).AsList(), cancellation);

    /// <summary>Takes it away with all that waits for it.</summary>
    public Task<bool> RemoveAsync(long key, long id, CancellationToken cancellation) => database.WriteAsync(
        async t =>
        {
            if (await t.Connection!.ExecuteAsync("delete from api_hook where id = @id and api_key = @key", new { id, key }, t) == 0)
            {
                return false;
            }

            await t.Connection!.ExecuteAsync("delete from notice where hook = @id", new { id }, t);
            return true;
        },
        cancellation);

    /// <summary>Somebody has mended it: it is told again what happens from now on.</summary>
    public Task<bool> EnableAsync(long key, long id, CancellationToken cancellation) => database.WriteAsync(
        async t => await t.Connection!.ExecuteAsync(
            "update api_hook set disabled = '', failures = 0, failing_since = 0, fault = '', next_at = 0 where id = @id and api_key = @key", new { id, key }, t) > 0, cancellation);

    /// <summary>Those that are on, of keys that are, in the order of their ids.</summary>
    public static async Task<IReadOnlyList<OpenHook>> OpenAsync(DbTransaction transaction) => (await transaction.Connection!.QueryAsync<OpenHook>(
        "select h.id as Id, h.url as Url, h.kinds as Kinds, k.region as Region from api_hook h join api_key k on k.id = h.api_key where h.disabled = '' and k.disabled = 0 order by h.id",
        transaction: transaction)).AsList();

    internal sealed record GivenUp(long Id, string Key, string Kind, long MadeAt, long Tries, string Fault);

    private sealed record Row(long Id, string Url, string Kinds, long MadeAt, long Told, long Waiting, long GivenUp, long Lost, long FailingSince, string Fault, string Disabled)
    {
        public HookItem Item() => new(
            Id, Url, Kinds.Split(' '), DateTimeOffset.FromUnixTimeMilliseconds(MadeAt), Told, Waiting, GivenUp, Lost,
            FailingSince == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(FailingSince), Fault.Length == 0 ? null : Fault, Disabled.Length == 0 ? null : Disabled);
    }
}

/// <summary>A web hook that wants to be told.</summary>
/// <param name="Region">''; all branches; else those of this region.</param>
internal sealed record OpenHook(long Id, string Url, string Kinds, string Region)
{
    private readonly HashSet<string> _kinds = [.. Kinds.Split(' ')];

    public bool Wants(string kind, string region) => _kinds.Contains(kind) && (Region.Length == 0 || Region == region);
}
