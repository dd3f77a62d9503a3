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

    /// <summary>What the signed-in person of this request is about to do.</summary>
    /// <param name="what">A word of <see cref="Deeds"/>.</param>
    /// <param name="subject">On what: <c>branch bergen</c>, <c>account 7</c>. Never a name or a number of a customer, and nothing that somebody typed without a check.</param>
    public Task NoteAsync(HttpContext context, string what, string subject) => NoteAsync(Actor.Of(context), what, subject, context.RequestAborted);

    public Task NoteAsync(Actor who, string what, string subject, CancellationToken cancellation) =>
        database.WriteAsync(t => NoteAsync(t, who, what, subject), cancellation);

    /// <summary>The same inside a transaction: with the deed or not at all.</summary>
    public Task<int> NoteAsync(DbTransaction transaction, Actor who, string what, string subject) => transaction.Connection!.ExecuteAsync(
        "insert into audit(at, account, api_key, address, what, subject) values (@at, @Account, @ApiKey, @Address, @what, @subject)",
        new
        {
            at = time.GetUtcNow().ToUnixTimeMilliseconds(), who.Account, who.ApiKey, who.Address, what,
            subject = StorableText.Of(subject.Length > LongestSubject ? subject[..LongestSubject] : subject),
        },
        transaction);
}
