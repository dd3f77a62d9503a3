using System.Data.Common;
using Dapper;
using EdgeQueue.Cloud.Bookings.Offers;
using EdgeQueue.Cloud.Storage;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Cloud.Bookings.Hub;

/// <summary>
/// What a hub is to be told, from what it holds. Each change of a booking is a version of its branch, so changes are told in their order, at most
/// <see cref="Most"/> at a time; a message is a part of the way, and the hub's answer asks for the next. No name, no phone number: hashes.
/// </summary>
internal sealed class BookingsMessages(IDatabase database, OfferBook offers, TimeProvider time)
{
    /// <summary>Bookings in one message: some 40 kB.</summary>
    public const int Most = 200;

    private const long Day = 86_400_000;

    /// <param name="held">That the hub says; less than 0: it needs the whole set.</param>
    /// <param name="toldBefore">It held this version of this database's, until now; null: never one.</param>
    /// <returns>Null: it holds everything.</returns>
    public async Task<BookingsMessage?> NextAsync(long branch, long held, long? toldBefore, CancellationToken cancellation)
    {
        bool beside = toldBefore is not null || await offers.FindAsync(branch, cancellation) is { Offer.Beside: true };
        return await FromAsync(branch, held, beside, toldBefore ?? 0, cancellation);
    }

    private Task<BookingsMessage?> FromAsync(long branch, long held, bool beside, long toldBefore, CancellationToken cancellation) => database.WriteAsync(
        async transaction =>
        {
            DbConnection connection = transaction.Connection!;
            long version = await connection.ExecuteScalarAsync<long?>(
                $"select version from booking_version where branch = @branch{database.Sql.ForUpdate}", new { branch }, transaction) ?? 0;
            if (version == 0 && await connection.ExecuteScalarAsync<long>("select count(*) from booking_offer where branch = @branch", new { branch }, transaction) == 0)
            {
                // Nothing was ever offered here: the branch's bookings come from somewhere else (a file), and are not this database's to take away.
                return null;
            }

            if (held > version)
            {
                // The hub has heard more than this database knows: an older copy was put back, or bookings came by a file. What it was not told goes beyond it;
                // what it was told it has as it was then, or as it was changed in the time that this database has lost.
                version = await ShiftAsync(transaction, branch, held, toldBefore);
                // Where it has bookings from elsewhere too, it is told ours beside them; and those that only the hub still knows have a confirmation in somebody's hand.
                held = beside ? held : -1;
            }

            if (held == version)
            {
                return null;
            }

            bool whole = held <= 0;
            List<Row> rows = (await connection.QueryAsync<Row>(
                """
                select number as Number, service as Service, starts_at as StartsAt, state as State, language as Language, token_hash as TokenHash,
                  phone_hash as PhoneHash, case when officer_chosen = 1 then officer else '' end as Operator, version as Version
                from booking where branch = @branch and version > @held and starts_at > @from and (state = 'booked' or (state = 'cancelled' and @whole = 0))
                order by version limit @Most
                """,
                new { branch, held = Math.Max(0, held), from = time.GetUtcNow().ToUnixTimeMilliseconds() - Day, whole = whole ? 1L : 0L, Most }, transaction)).AsList();
            return new BookingsMessage(
                1, rows.Count < Most ? version : rows[^1].Version, whole ? null : held,
                [.. rows.Where(r => r.State == BookingState.Booked).Select(r => r.Told())],
                whole ? null : [.. rows.Where(r => r.State == BookingState.Cancelled).Select(r => r.Number)]);
        },
        cancellation);

    private static async Task<long> ShiftAsync(DbTransaction transaction, long branch, long held, long toldBefore)
    {
        DbConnection connection = transaction.Connection!;
        await connection.ExecuteAsync("update booking set version = version + @held where branch = @branch and version > @toldBefore", new { branch, held, toldBefore }, transaction);
        return await connection.ExecuteScalarAsync<long>(
            """
            insert into booking_version(branch, version) values (@branch, @first)
            on conflict(branch) do update set version = booking_version.version + @first returning version
            """,
            new { branch, first = held + 1 }, transaction);
    }

    private sealed record Row(string Number, string Service, long StartsAt, string State, string Language, string TokenHash, string PhoneHash, string Operator, long Version)
    {
        public Booking Told() => new(Number, Service, StartsAt, PhoneHash.Length > 0 ? PhoneHash : null, TokenHash: TokenHash, Language: Language, Operator: Operator.Length > 0 ? Operator : null);
    }
}
