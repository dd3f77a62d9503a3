using System.Data.Common;
using Dapper;
using EdgeQueue.Cloud.People;
using EdgeQueue.Cloud.Storage;

namespace EdgeQueue.Cloud.Sms;

/// <summary>What was, or is to be, written to somebody's phone. Not the text: it may hold a secret link, and goes when it has left.</summary>
internal sealed class KeptMessages : IKeptAbout
{
    public async Task<IReadOnlyList<KeptFact>> OfAsync(DbConnection connection, Dialect sql, Contact contact) =>
        [.. (await connection.QueryAsync<Row>(
            $"""
            select person as Person, purpose as Purpose, subject as Subject, language as Language, state as State, fault as Fault, parts as Parts, made_at as MadeAt, changed_at as ChangedAt
            from sms where {IKeptAbout.OfTheirs} order by id
            """, contact)).Select(r => new KeptFact("sms", r.Person, KeptFact.Instant(r.MadeAt), KeptFact.Instant(r.ChangedAt + SmsOutbox.KeptFor), new Dictionary<string, string>
        {
            ["purpose"] = r.Purpose, ["about"] = r.Subject, ["language"] = r.Language, ["state"] = r.State, ["why"] = r.Fault, ["parts"] = FormattableString.Invariant($"{r.Parts}"),
            ["changedAt"] = KeptFact.Written(r.ChangedAt),
        }))];

    /// <remarks>The farewell hangs on the number that stays, for the wish; the wish is all that is kept of it.</remarks>
    public async Task<int> EraseAsync(DbTransaction transaction, Dialect sql, Contact contact)
    {
        await transaction.Connection!.ExecuteAsync($"update sms set person = null where {IKeptAbout.OfTheirs}", contact, transaction);
        return 0;
    }

    private sealed record Row(long Person, string Purpose, string Subject, string Language, string State, string Fault, long Parts, long MadeAt, long ChangedAt);
}
