using System.Data.Common;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using EdgeQueue.Cloud.Storage;

namespace EdgeQueue.Cloud.Accounts;

/// <summary>
/// How often somebody may try to sign in, counted in the database: a restart forgets nothing, and replicas share it. A try is counted
/// before its password is looked at, so a thousand at once are a thousand. After some free tries each one has to wait twice as long as the one before.
/// </summary>
/// <remarks>
/// Counted for the address (up to a quarter of an hour), and for the name (up to a minute: a stranger who guesses slows the owner down and
/// never shuts them out). From an address that the owner has signed in from within a month, only what failed there counts. Names are
/// counted alike whether there is such an account or not.
/// </remarks>
internal sealed class SignInThrottle(IDatabase database, TimeProvider time)
{
    public const int FreeForName = 5;

    public const int FreeForAddress = 20;

    private const long ForgetAfterMs = 24 * 3_600_000L;

    private const long KnownForMs = 30 * 24 * 3_600_000L;

    private const long LongestForName = 60_000;

    private const long LongestForAddress = 15 * 60_000;

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Counts a try, unless it comes too soon.</summary>
    /// <param name="account">0: there is no such name.</param>
    /// <returns>What to say when it succeeded; or how long to wait first, in ms.</returns>
    public Task<(Try? Counted, long WaitMs)> CountAsync(string name, long account, string address, CancellationToken cancellation) => database.WriteAsync<(Try?, long)>(
        async t =>
        {
            long now = Now;
            bool known = await t.Connection!.ExecuteScalarAsync<long>(
                "select count(*) from account_address where account = @account and address = @address and last_at > @since", new { account, address, since = now - KnownForMs }, t) > 0;
            // A name that somebody typed may be a password in the wrong field: only its hash is kept.
            string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16));
            (string Subject, int Free, long Longest)[] counted =
            [
                ("address " + address, FreeForAddress, LongestForAddress),
                known ? ($"name {hash} {address}", FreeForName, LongestForAddress) : ($"name {hash}", FreeForName, LongestForName),
            ];
            var rows = new Row[counted.Length];
            for (int i = 0; i < counted.Length; i++)
            {
                // In one order, so that two tries never wait for each other.
                rows[i] = await LockedAsync(t, counted[i].Subject);
            }

            long wait = rows.Max(r => r.NextAt - now);
            if (wait > 0)
            {
                return (null, wait);
            }

            for (int i = 0; i < counted.Length; i++)
            {
                long failures = (rows[i].LastAt < now - ForgetAfterMs ? 0 : rows[i].Failures) + 1;
                await t.Connection!.ExecuteAsync(
                    "update sign_in_try set failures = @failures, last_at = @now, next_at = @next where subject = @Subject",
                    new { counted[i].Subject, failures, now, next = now + Delay(failures, counted[i].Free, counted[i].Longest) }, t);
            }

            return (new Try(counted[0].Subject, counted[1].Subject), 0);
        },
        cancellation);

    /// <summary>It was the right password: the name's failures are forgotten, and this try was none of the address's.</summary>
    public Task<int> SucceededAsync(Try counted, CancellationToken cancellation) => database.WriteAsync(
        async t =>
        {
            await t.Connection!.ExecuteAsync("update sign_in_try set failures = failures - 1, next_at = @Now where subject = @Address and failures > 0", new { counted.Address, Now }, t);
            return await t.Connection!.ExecuteAsync("delete from sign_in_try where subject = @Name", new { counted.Name }, t);
        },
        cancellation);

    /// <summary>Forgets what is long over.</summary>
    public Task<int> ForgetAsync(CancellationToken cancellation) => database.WriteAsync(
        async t =>
            await t.Connection!.ExecuteAsync("delete from sign_in_try where last_at < @before", new { before = Now - ForgetAfterMs }, t)
            + await t.Connection!.ExecuteAsync("delete from account_address where last_at < @before", new { before = Now - KnownForMs }, t),
        cancellation);

    /// <returns>Milliseconds: none while tries are free, then a second, doubling.</returns>
    public static long Delay(long failures, int free, long longest) => failures < free ? 0 : Math.Min(longest, 1000L << (int)Math.Min(failures - free, 30));

    private async Task<Row> LockedAsync(DbTransaction t, string subject)
    {
        await t.Connection!.ExecuteAsync("insert into sign_in_try(subject, failures, last_at, next_at) values (@subject, 0, @Now, 0) on conflict(subject) do nothing", new { subject, Now }, t);
        return await t.Connection!.QuerySingleAsync<Row>(
            $"select failures as Failures, last_at as LastAt, next_at as NextAt from sign_in_try where subject = @subject{database.Sql.ForUpdate}", new { subject }, t);
    }

    /// <summary>A try that was counted: what for.</summary>
    internal sealed record Try(string Address, string Name);

    private sealed record Row(long Failures, long LastAt, long NextAt);
}
