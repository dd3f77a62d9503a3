using System.Data.Common;
using Dapper;
using EdgeQueue.Cloud.Mail;
using EdgeQueue.Cloud.Storage;

namespace EdgeQueue.Cloud.People;

/// <summary>What is kept about somebody, and until when (milliseconds since 1970 UTC).</summary>
public sealed record PersonRow(long Id, string Purpose, string Name, string Phone, string Mail, long CreatedAt, long ExpiresAt);

/// <summary>The one table with names, phone numbers and mail addresses (DESIGN §2, law 12).</summary>
internal sealed class PersonStore(IDatabase database, TimeProvider time)
{
    public const string ForBooking = "booking";

    /// <summary>This number wants no SMS.</summary>
    public const string ForStop = "stop";

    /// <summary>Of emptying the log after an erasure, two seconds each.</summary>
    private const int MostTries = 5;

    private const string Theirs = "(phone = @Digits or lower(mail) = @MailKey)";

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    public async Task<long> AddAsync(DbTransaction transaction, string purpose, string name, Contact contact, long expiresAt) =>
        await transaction.Connection!.ExecuteScalarAsync<long>(
            "insert into person(purpose, name, phone, mail, created_at, expires_at) values (@purpose, @name, @phone, @mail, @Now, @expiresAt) returning id",
            new { purpose, name, phone = contact.Phone?.Digits ?? "", mail = contact.Mail?.Text ?? "", Now, expiresAt }, transaction);

    /// <summary>One that nothing points at.</summary>
    public static Task<int> RemoveAsync(DbTransaction transaction, long person) =>
        transaction.Connection!.ExecuteAsync("delete from person where id = @person", new { person }, transaction);

    /// <summary>All that is kept about a number or an address: an export has to be complete.</summary>
    public Task<IReadOnlyList<PersonRow>> OfAsync(Contact contact, CancellationToken cancellation) => database.ReadAsync<IReadOnlyList<PersonRow>>(
        async connection => (await connection.QueryAsync<PersonRow>(
            $"""
            select id as Id, purpose as Purpose, name as Name, phone as Phone, mail as Mail, created_at as CreatedAt, expires_at as ExpiresAt from person where {Theirs}
            union all select id, 'notice', '', '', target, made_at, changed_at + @kept from notice where channel = 'mail' and lower(target) = @MailKey
            order by 2, 1
            """,
            new { contact.Digits, contact.MailKey, kept = NoticeOutbox.KeptAddressDays * 86_400_000L })).AsList(), cancellation);

    /// <summary>Deletes what is kept about a number or an address; its bookings stay as slots of nobody. A wish for no more SMS stays: without it they would come again.</summary>
    /// <returns>How many rows.</returns>
    public async Task<int> EraseAsync(Contact contact, CancellationToken cancellation)
    {
        int rows = await database.WriteAsync(transaction => EraseAsync(transaction, contact), cancellation);
        // A report that somebody draws just now ends; then the log goes.
        for (int tries = 1; !await database.SettleAsync(cancellation) && tries < MostTries; tries++)
        {
        }

        return rows;
    }

    private async Task<int> EraseAsync(DbTransaction transaction, Contact contact)
    {
        // The keyed hash at the booking goes too: it was made from the number.
        const string OfTheirs = $"person in (select id from person where {Theirs})";
        var who = new { contact.Digits, contact.MailKey };
        await transaction.Connection!.ExecuteAsync($"update booking set phone_hash = '' where {OfTheirs}", who, transaction);
        // And at the hubs, which are told each booking whose version is beyond what they hold.
        foreach (long branch in (await transaction.Connection!.QueryAsync<long>(
            $"select distinct branch from booking where {OfTheirs} and version > 0 and state = 'booked' order by branch", who, transaction)).AsList())
        {
            long version = await transaction.Connection!.ExecuteScalarAsync<long>(
                "insert into booking_version(branch, version) values (@branch, 1) on conflict(branch) do update set version = booking_version.version + 1 returning version",
                new { branch }, transaction);
            await transaction.Connection!.ExecuteAsync(
                $"update booking set version = @version where branch = @branch and version > 0 and state = 'booked' and {OfTheirs}", new { branch, version, contact.Digits, contact.MailKey }, transaction);
        }

        int notices = contact.Mail is null ? 0 : await NoticeOutbox.EraseAsync(transaction, contact.MailKey, Now);
        return notices + await transaction.Connection!.ExecuteAsync(
            $"delete from person where {Theirs} and purpose <> @ForStop", new { contact.Digits, contact.MailKey, ForStop }, transaction);
    }

    /// <summary>Deletes what has expired, and the keyed hashes that were made from it.</summary>
    public Task<int> ForgetAsync(CancellationToken cancellation) => database.WriteAsync(
        async transaction =>
        {
            long now = Now;
            await transaction.Connection!.ExecuteAsync(
                "update booking set phone_hash = '' where person in (select id from person where expires_at <= @now)", new { now }, transaction);
            return await transaction.Connection!.ExecuteAsync("delete from person where expires_at <= @now", new { now }, transaction);
        },
        cancellation);
}
