using System.Data.Common;
using Dapper;
using EdgeQueue.Cloud.People;
using EdgeQueue.Cloud.Storage;

namespace EdgeQueue.Cloud.Mail;

/// <summary>What was, or is to be, written to somebody's mailbox: of a customer by the row of their address, of head office by the address itself. Not the text, as of messages.</summary>
internal sealed class KeptMails(TimeProvider time) : IKeptAbout
{
    private const long Day = 86_400_000;

    public async Task<IReadOnlyList<KeptFact>> OfAsync(DbConnection connection, Dialect sql, Contact contact) =>
        [.. (await connection.QueryAsync<Row>(
            $"""
            select person as Person, key as Key, subject as Subject, state as State, fault as Fault, made_at as MadeAt, changed_at as ChangedAt from notice
            where {IKeptAbout.OfTheirs} or (channel = 'mail' and lower(target) = @MailKey) order by id
            """, contact)).Select(r => new KeptFact(
            "mail", r.Person, KeptFact.Instant(r.MadeAt), KeptFact.Instant(r.ChangedAt + ((r.Person is null ? NoticeOutbox.KeptAddressDays : NoticeOutbox.KeptDays) * Day)), new Dictionary<string, string>
        {
            ["about"] = r.Key, ["subject"] = r.Subject, ["state"] = r.State, ["why"] = r.Fault, ["changedAt"] = KeptFact.Written(r.ChangedAt),
        }))];

    public Task<int> EraseAsync(DbTransaction transaction, Dialect sql, Contact contact) =>
        contact.Mail is null ? Task.FromResult(0) : NoticeOutbox.EraseAsync(transaction, contact.MailKey, time.GetUtcNow().ToUnixTimeMilliseconds());

    private sealed record Row(long? Person, string Key, string Subject, string State, string Fault, long MadeAt, long ChangedAt);
}
