using System.Data.Common;
using Dapper;
using EdgeQueue.Cloud.Storage;

namespace EdgeQueue.Cloud.Accounts.Audit;

/// <summary>
/// Writes down who did what. Written before the thing is done: a deed without a line cannot be, a line without a deed can (it failed then).
/// The table refuses changes and deletions by itself.
/// </summary>
public sealed class AuditTrail(IDatabase database, TimeProvider time)
{
    private const int LongestSubject = 300;

    private const long QuarterMs = 15 * 60_000;

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>What the signed-in person of this request is about to do.</summary>
    /// <param name="what">A word of <see cref="Deeds"/>.</param>
    /// <param name="subject">On what: <c>branch bergen</c>, <c>account 7</c>. Never a name or a number of a customer, and nothing that somebody typed without a check.</param>
    public Task NoteAsync(HttpContext context, string what, string subject) => NoteAsync(Actor.Of(context), what, subject, context.RequestAborted);

    public Task NoteAsync(Actor who, string what, string subject, CancellationToken cancellation) =>
        database.WriteAsync(t => NoteAsync(t, who, what, subject), cancellation);

    /// <summary>The same inside a transaction: with the deed or not at all.</summary>
    /// <returns>The line's id.</returns>
    public Task<long> NoteAsync(DbTransaction transaction, Actor who, string what, string subject) => transaction.Connection!.ExecuteScalarAsync<long>(
        "insert into audit(at, account, api_key, address, what, subject) values (@Now, @Account, @ApiKey, @Address, @what, @subject) returning id",
        new { Now, who.Account, who.ApiKey, who.Address, what, subject = StorableText.Of(subject.Length > LongestSubject ? subject[..LongestSubject] : subject) }, transaction);

    /// <summary>
    /// Signing in failed. Whoever guesses must not fill what nobody may delete from: of a client and what it was about there is one line in a quarter of an hour, and how many it stands for.
    /// </summary>
    /// <param name="client">See <c>ClientAddress.Bucket</c>.</param>
    public Task FailedAsync(Actor who, string client, string subject, CancellationToken cancellation) => database.WriteAsync(
        async t =>
        {
            var of = new { client, quarter = Now / QuarterMs, subject };
            if (await t.Connection!.ExecuteScalarAsync<long>(
                """
                insert into sign_in_failure(address, quarter, subject, failures, audit) values (@client, @quarter, @subject, 1, 0)
                on conflict(address, quarter, subject) do update set failures = sign_in_failure.failures + 1 returning failures
                """,
                of, t) == 1)
            {
                long audit = await NoteAsync(t, who, Deeds.SignInFailed, subject);
                await t.Connection!.ExecuteAsync(
                    "update sign_in_failure set audit = @audit where address = @client and quarter = @quarter and subject = @subject", new { audit, of.client, of.quarter, of.subject }, t);
            }

            return true;
        },
        cancellation);
}
