using Dapper;
using EdgeQueue.Cloud.Storage;
using EdgeQueue.Cloud.Web;

namespace EdgeQueue.Cloud.Accounts;

/// <summary>Who is signed in. In the database, so that every replica knows, and so that what is ended is ended at once.</summary>
internal sealed class Sessions(IDatabase database, AccountsSettings settings, TimeProvider time)
{
    /// <summary>Using a session is written down so often at most: as often as that it does not end too early.</summary>
    private readonly long _noteEveryMs = settings.IdleMinutes * 3_000L;

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private long Earliest => Now - (settings.SessionHours * 3_600_000L);

    private long Quiet => Now - (settings.IdleMinutes * 60_000L);

    public Task<Secret> BeginAsync(long account, string address, CancellationToken cancellation) => database.WriteAsync(
        async t =>
        {
            var secret = Secret.New();
            await t.Connection!.ExecuteAsync("delete from session where made_at < @Earliest or seen_at < @Quiet", new { Earliest, Quiet }, t);
            await t.Connection!.ExecuteAsync("insert into session(token_hash, account, made_at, seen_at) values (@Hash, @account, @Now, @Now)", new { secret.Hash, account, Now }, t);
            await t.Connection!.ExecuteAsync("update account set signed_in_at = @Now where id = @account", new { account, Now }, t);
            await t.Connection!.ExecuteAsync(
                "insert into account_address(account, address, last_at) values (@account, @address, @Now) on conflict(account, address) do update set last_at = excluded.last_at",
                new { account, address, Now }, t);
            return secret;
        },
        cancellation);

    /// <returns>Null: there is no such session (any more).</returns>
    public async Task<SignedIn?> FindAsync(Secret secret, CancellationToken cancellation)
    {
        (SignedIn? found, long seen) = await database.ReadAsync(
            async c =>
            {
                if (await c.QuerySingleOrDefaultAsync<Row>(
                    """
                    select s.account as Account, a.name as Name, a.role as Role, s.seen_at as SeenAt from session s join account a on a.id = s.account
                    where s.token_hash = @Hash and s.made_at >= @Earliest and s.seen_at >= @Quiet and a.disabled = 0
                    """,
                    new { secret.Hash, Earliest, Quiet }) is not { } row)
                {
                    return ((SignedIn?)null, 0L);
                }

                Roles role = RoleWords.Of(row.Role);
                VisibleBranches sees = role is Roles.HeadOffice or Roles.Auditor ? VisibleBranches.All : new(
                    await c.QueryAsync<string>("select region from account_region where account = @Account", new { row.Account }),
                    await c.QueryAsync<long>("select branch from account_branch where account = @Account", new { row.Account }));
                return (new SignedIn(row.Account, row.Name, role, sees, secret.Hash), row.SeenAt);
            },
            cancellation);
        if (found is not null)
        {
            await NoteAsync(secret.Hash, seen, cancellation);
        }

        return found;
    }

    /// <summary>Whether it still is; for streams that outlive their request's beginning. Watching is using it.</summary>
    public async Task<bool> IsOpenAsync(SignedIn who, CancellationToken cancellation)
    {
        long seen = await database.ReadAsync(
            c => c.ExecuteScalarAsync<long?>(
                "select s.seen_at from session s join account a on a.id = s.account where s.token_hash = @Session and s.made_at >= @Earliest and s.seen_at >= @Quiet and a.disabled = 0",
                new { who.Session, Earliest, Quiet }),
            cancellation) ?? 0;
        if (seen > 0)
        {
            await NoteAsync(who.Session, seen, cancellation);
        }

        return seen > 0;
    }

    public Task<int> EndAsync(SignedIn who, CancellationToken cancellation) => database.WriteAsync(
        t => t.Connection!.ExecuteAsync("delete from session where token_hash = @Session", new { who.Session }, t), cancellation);

    private async Task NoteAsync(string hash, long seen, CancellationToken cancellation)
    {
        if (Now - seen > _noteEveryMs)
        {
            await database.WriteAsync(t => t.Connection!.ExecuteAsync("update session set seen_at = @Now where token_hash = @hash and seen_at < @Now", new { hash, Now }, t), cancellation);
        }
    }

    private sealed record Row(long Account, string Name, string Role, long SeenAt);
}
