using System.Data.Common;
using Dapper;
using EdgeQueue.Cloud.Storage;
using EdgeQueue.Cloud.Web;

namespace EdgeQueue.Cloud.Accounts;

/// <summary>Accounts in the database, and what they see.</summary>
internal sealed class AccountStore(IDatabase database, TimeProvider time)
{
    public const int Most = 5_000;

    /// <summary>Regions and branches that one account can have by themselves.</summary>
    public const int MostInScope = 500;

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    public Task<AccountRow?> FindAsync(string name, CancellationToken cancellation) => database.ReadAsync(
        c => c.QuerySingleOrDefaultAsync<AccountRow>($"select {AccountRow.Columns} from account a where a.name = @name", new { name }), cancellation);

    public Task<AccountRow?> FindAsync(long id, CancellationToken cancellation) => database.ReadAsync(
        c => c.QuerySingleOrDefaultAsync<AccountRow>($"select {AccountRow.Columns} from account a where a.id = @id", new { id }), cancellation);

    public Task<IReadOnlyList<AccountRow>> AllAsync(CancellationToken cancellation) => database.ReadAsync<IReadOnlyList<AccountRow>>(
        async c => (await c.QueryAsync<AccountRow>($"select {AccountRow.Columns} from account a order by a.disabled, a.name limit {Most}")).AsList(), cancellation);

    public Task<bool> AnyAsync(CancellationToken cancellation) => database.ReadAsync(
        async c => await c.ExecuteScalarAsync<long>("select count(*) from (select 1 as one from account where disabled = 0 limit 1) x") > 0, cancellation);

    /// <param name="password">As kept; '': none yet.</param>
    /// <returns>Its id, or why not.</returns>
    public async Task<(long Id, AccountFault? Fault)> AddAsync(
        string name, Roles role, string password, IReadOnlyList<string> regions, IReadOnlyList<string> branches, CancellationToken cancellation)
    {
        try
        {
            return await database.WriteAsync<(long, AccountFault?)>(
                async t =>
                {
                    if (await t.Connection!.ExecuteScalarAsync<long>("select count(*) from account", transaction: t) >= Most)
                    {
                        return (0, new($"There are {Most} accounts already, and there can be no more."));
                    }

                    long id = await t.Connection!.ExecuteScalarAsync<long>(
                        "insert into account(name, role, password, disabled, made_at, signed_in_at) values (@name, @role, @password, 0, @Now, 0) returning id",
                        new { name, role = RoleWords.Word(role), password, Now }, t);
                    AccountFault? fault = await PutScopeAsync(t, id, regions, branches);
                    return fault is null ? (id, null) : throw new Undone(fault);
                },
                cancellation);
        }
        catch (Undone undone)
        {
            return (0, undone.Fault);
        }
        catch (DbException fault) when (database.Sql.IsDuplicate(fault))
        {
            return (0, new($"There is an account '{name}' already."));
        }
    }

    /// <summary>Another role, other branches, disabled or not. Whoever loses something is signed out everywhere.</summary>
    public async Task<AccountFault?> ChangeAsync(long id, Roles role, bool disabled, IReadOnlyList<string> regions, IReadOnlyList<string> branches, CancellationToken cancellation)
    {
        try
        {
            return await database.WriteAsync(
                async t =>
                {
                    // One change at a time, or two of the last two accounts of head office would disable each other.
                    await database.Sql.LockAsync(t, 0x6571_6163_636f_756e);
                    await t.Connection!.ExecuteAsync(
                        "update account set role = @role, disabled = @disabled where id = @id", new { id, role = RoleWords.Word(role), disabled = disabled ? 1L : 0L }, t);
                    AccountFault? fault = await t.Connection!.ExecuteScalarAsync<long>("select count(*) from account where role = 'head-office' and disabled = 0", transaction: t) == 0
                        ? new("Somebody must be left who can do this: it is the last account of head office.")
                        : await PutScopeAsync(t, id, regions, branches);
                    if (fault is not null)
                    {
                        throw new Undone(fault);
                    }

                    await t.Connection!.ExecuteAsync("delete from session where account = @id", new { id }, t);
                    return fault;
                },
                cancellation);
        }
        catch (Undone undone)
        {
            return undone.Fault;
        }
    }

    /// <summary>Ends all sessions and links of the account, too.</summary>
    /// <param name="password">As kept.</param>
    public Task<int> SetPasswordAsync(long id, string password, CancellationToken cancellation) => database.WriteAsync(t => SetPasswordAsync(t, id, password), cancellation);

    /// <summary>Chooses a password by a link, which works once.</summary>
    /// <returns>The account; null: the link is no more.</returns>
    public Task<AccountRow?> ChooseAsync(Secret link, string password, CancellationToken cancellation) => database.WriteAsync(
        async t =>
        {
            if (await OfLinkAsync(t.Connection!, t, link) is not { } account)
            {
                return null;
            }

            await SetPasswordAsync(t, account.Id, password);
            return account;
        },
        cancellation);

    public Task<AccountRow?> OfLinkAsync(Secret link, CancellationToken cancellation) => database.ReadAsync(c => OfLinkAsync(c, null, link), cancellation);

    /// <summary>A link by which the account's owner chooses a password; the one before it is no more.</summary>
    public Task<Secret> LinkAsync(long id, TimeSpan valid, CancellationToken cancellation) => database.WriteAsync(
        async t =>
        {
            var secret = Secret.New();
            await t.Connection!.ExecuteAsync("delete from password_link where account = @id or ends_at < @Now", new { id, Now }, t);
            await t.Connection!.ExecuteAsync(
                "insert into password_link(secret_hash, account, ends_at) values (@Hash, @id, @ends)", new { secret.Hash, id, ends = Now + (long)valid.TotalMilliseconds }, t);
            return secret;
        },
        cancellation);

    /// <summary>Regions of an account, and names of its branches.</summary>
    public Task<(IReadOnlyList<string> Regions, IReadOnlyList<string> Branches)> ScopeAsync(long id, CancellationToken cancellation) => database.ReadAsync<(IReadOnlyList<string>, IReadOnlyList<string>)>(
        async c =>
        (
            (await c.QueryAsync<string>("select region from account_region where account = @id order by region", new { id })).AsList(),
            (await c.QueryAsync<string>("select b.name from account_branch x join branch b on b.id = x.branch where x.account = @id order by b.name", new { id })).AsList()
        ),
        cancellation);

    private static async Task<int> SetPasswordAsync(DbTransaction t, long id, string password)
    {
        await t.Connection!.ExecuteAsync("delete from session where account = @id", new { id }, t);
        await t.Connection!.ExecuteAsync("delete from password_link where account = @id", new { id }, t);
        return await t.Connection!.ExecuteAsync("update account set password = @password where id = @id", new { id, password }, t);
    }

    private Task<AccountRow?> OfLinkAsync(DbConnection connection, DbTransaction? t, Secret link) => connection.QuerySingleOrDefaultAsync<AccountRow>(
        $"""
        select {AccountRow.Columns} from password_link l join account a on a.id = l.account
        where l.secret_hash = @Hash and l.ends_at > @Now and a.disabled = 0{(t is null ? "" : database.Sql.ForUpdate)}
        """,
        new { link.Hash, Now }, t);

    private async Task<AccountFault?> PutScopeAsync(DbTransaction t, long id, IReadOnlyList<string> regions, IReadOnlyList<string> branches)
    {
        if (regions.Count > MostInScope || branches.Count > MostInScope)
        {
            return new($"An account has at most {MostInScope} regions and {MostInScope} branches of its own.");
        }

        await t.Connection!.ExecuteAsync("delete from account_region where account = @id", new { id }, t);
        await t.Connection!.ExecuteAsync("delete from account_branch where account = @id", new { id }, t);
        foreach (string region in regions.Distinct(StringComparer.Ordinal))
        {
            await t.Connection!.ExecuteAsync("insert into account_region(account, region) values (@id, @region)", new { id, region }, t);
        }

        foreach (string branch in branches.Distinct(StringComparer.Ordinal))
        {
            if (await t.Connection!.ExecuteAsync("insert into account_branch(account, branch) select @id, id from branch where name = @branch", new { id, branch }, t) == 0)
            {
                return new($"There is no branch '{branch}'.");
            }
        }

        return null;
    }

    /// <summary>Takes a transaction back because of something that a person can mend.</summary>
    private sealed class Undone(AccountFault fault) : Exception(fault.Sentence)
    {
        public AccountFault Fault { get; } = fault;
    }
}
