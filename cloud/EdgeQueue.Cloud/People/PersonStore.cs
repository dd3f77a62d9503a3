using System.Data.Common;
using Dapper;
using EdgeQueue.Cloud.Storage;

namespace EdgeQueue.Cloud.People;

/// <summary>Who, why, and until when.</summary>
public sealed record PersonEntry(long Id, string Purpose, string Name, string Phone, string Mail, DateTimeOffset Since, DateTimeOffset DeletedAt)
{
    internal static PersonEntry Of(PersonRow row) => new(row.Id, row.Purpose, row.Name, row.Phone, row.Mail, KeptFact.Instant(row.CreatedAt), KeptFact.Instant(row.ExpiresAt));
}

/// <summary>All that is kept about somebody.</summary>
/// <param name="Entries">Of the one table with names and addresses.</param>
/// <param name="Facts">What hangs on them elsewhere, the oldest first.</param>
public sealed record KeptAbout(IReadOnlyList<PersonEntry> Entries, IReadOnlyList<KeptFact> Facts)
{
    public bool IsNothing => Entries.Count + Facts.Count == 0;
}

/// <summary>As it lies in the table: milliseconds since 1970 UTC.</summary>
internal sealed record PersonRow(long Id, string Purpose, string Name, string Phone, string Mail, long CreatedAt, long ExpiresAt);

/// <summary>The one table with names, phone numbers and mail addresses (DESIGN §2, law 12).</summary>
internal sealed class PersonStore(IDatabase database, IEnumerable<IKeptAbout> rooms, TimeProvider time)
{
    public const string ForBooking = "booking";

    /// <summary>This number wants no SMS.</summary>
    public const string ForStop = "stop";

    /// <summary>Of emptying the log after an erasure, two seconds each.</summary>
    private const int MostTries = 5;

    /// <summary>For SQL over the table <c>person</c>, with the parameters of <see cref="Contact"/>.</summary>
    public const string Theirs = "(phone = @Digits or lower(mail) = @MailKey)";

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    public async Task<long> AddAsync(DbTransaction transaction, string purpose, string name, Contact contact, long expiresAt) =>
        await transaction.Connection!.ExecuteScalarAsync<long>(
            "insert into person(purpose, name, phone, mail, created_at, expires_at) values (@purpose, @name, @phone, @mail, @Now, @expiresAt) returning id",
            new { purpose, name, phone = contact.Phone?.Digits ?? "", mail = contact.Mail?.Text ?? "", Now, expiresAt }, transaction);

    /// <summary>One that nothing points at.</summary>
    public static Task<int> RemoveAsync(DbTransaction transaction, long person) =>
        transaction.Connection!.ExecuteAsync("delete from person where id = @person", new { person }, transaction);

    /// <summary>All that is kept about a number or an address, here and in the other rooms: an export has to be complete.</summary>
    public Task<KeptAbout> OfAsync(Contact contact, CancellationToken cancellation) => database.ReadAsync(
        async connection =>
        {
            IEnumerable<PersonRow> entries = await connection.QueryAsync<PersonRow>(
                $"select id as Id, purpose as Purpose, name as Name, phone as Phone, mail as Mail, created_at as CreatedAt, expires_at as ExpiresAt from person where {Theirs} order by purpose, id", contact);
            List<KeptFact> facts = [];
            foreach (IKeptAbout room in rooms)
            {
                facts.AddRange(await room.OfAsync(connection, database.Sql, contact));
            }

            return new KeptAbout([.. entries.Select(PersonEntry.Of)], [.. facts.OrderBy(f => f.At)]);
        },
        cancellation);

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
        int others = 0;
        foreach (IKeptAbout room in rooms)
        {
            others += await room.EraseAsync(transaction, database.Sql, contact);
        }

        return others + await transaction.Connection!.ExecuteAsync(
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
