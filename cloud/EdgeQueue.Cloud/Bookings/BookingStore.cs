using System.Buffers.Binary;
using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using EdgeQueue.Cloud.Bookings.Offers;
using EdgeQueue.Cloud.Bookings.Slots;
using EdgeQueue.Cloud.People;
using EdgeQueue.Cloud.Storage;

namespace EdgeQueue.Cloud.Bookings;

/// <summary>Who books.</summary>
/// <param name="PhoneHash">Under the branch's key; '': it has none.</param>
internal sealed record Customer(string Name, PhoneNumber Phone, string PhoneHash);

/// <summary>Bookings in the database: each change is one transaction.</summary>
internal sealed class BookingStore(IDatabase database, FreeSlots free, PersonStore people, BookingMessages messages, BookingsSettings settings, IEnumerable<IBookingFollower> followers, TimeProvider time)
{
    private const long Minute = 60_000;

    private const long Day = 86_400_000;

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Holds a place while somebody types.</summary>
    /// <param name="chosen">The link's secret where the caller can make it again: held twice by it, it is one. Null: a new one.</param>
    /// <returns>The link's secret, or why not.</returns>
    public Task<(BookingSecret? Secret, BookingRefusal? Refusal)> HoldAsync(OfferedService service, long startsAt, string language, CancellationToken cancellation, BookingSecret? chosen = null) =>
        database.WriteAsync<(BookingSecret?, BookingRefusal?)>(
            async transaction =>
            {
                long now = Now;
                if (chosen is not null)
                {
                    await database.Sql.LockAsync(transaction, LockOf("link " + chosen.Hash));
                    if (await FindAsync(transaction, chosen) is not null)
                    {
                        return (chosen, null);
                    }
                }

                if (service.Calendar.Find(startsAt, now) is not { } slot)
                {
                    return (null, BookingRefusal.NotOffered);
                }

                int places = await free.PlacesAsync(transaction.Connection!, service, transaction);
                long until = now + (service.Offer.HoldMinutes * Minute);
                if (await BookingPlaces.TakeAsync(transaction, service, startsAt, places, until, now) is not { } place)
                {
                    return (null, BookingRefusal.SlotTaken);
                }

                BookingSecret secret = chosen ?? BookingSecret.New();
                while (await InsertAsync(transaction, service, slot, place, language, secret, until, now) == 0)
                {
                    // Another booking of the branch has this number: the next one.
                }

                return (secret, null);
            },
            cancellation);

    /// <summary>Books what is held. Sent twice it is one booking.</summary>
    public Task<BookingAnswer> BookAsync(OfferedService service, BookingSecret secret, Customer customer, CancellationToken cancellation) => database.WriteAsync(
        async transaction =>
        {
            long now = Now;
            if (await FindAsync(transaction, secret) is not { } booking)
            {
                return BookingRefusal.HoldOver;
            }

            if (booking.State != BookingState.Held)
            {
                return booking.State == BookingState.Booked ? BookingAnswer.Done : BookingRefusal.Over;
            }

            // Counted one after the other: at once, each of many would find room for itself.
            await database.Sql.LockAsync(transaction, LockOf("phone " + customer.Phone.Digits));
            if (await OpenOfAsync(transaction, service.BranchId, customer.Phone, now) >= settings.MostPerPhone)
            {
                return BookingRefusal.TooMany;
            }

            // Held too long is as good as held, as long as nobody else has taken the place meanwhile.
            if (!await BookingPlaces.ExtendAsync(transaction, booking, BookingPlaces.ForEver))
            {
                int places = await free.PlacesAsync(transaction.Connection!, service, transaction);
                if (service.Calendar.Find(booking.StartsAt, now) is null
                    || await BookingPlaces.TakeAsync(transaction, service, booking.StartsAt, places, BookingPlaces.ForEver, now) is not { } other)
                {
                    return BookingRefusal.HoldOver;
                }

                booking = booking with { Place = other };
            }

            long person = await people.AddAsync(transaction, PersonStore.ForBooking, customer.Name, customer.Phone, booking.EndsAt + (settings.KeepDays * Day));
            await transaction.Connection!.ExecuteAsync(
                """
                update booking set state = 'booked', place = @Place, person = @person, phone_hash = @PhoneHash, changed_at = @now, made_at = @now,
                  version = @version where id = @Id
                """,
                new { booking.Id, booking.Place, person, customer.PhoneHash, now, version = await RaiseAsync(transaction, service.BranchId) }, transaction);
            await messages.BookedAsync(transaction, service, secret, booking, person);
            await FollowAsync(transaction, BookingChange.Made, booking);
            return BookingAnswer.Done;
        },
        cancellation);

    /// <summary>Takes another slot of the same service and gives the old one back.</summary>
    public Task<BookingAnswer> MoveAsync(OfferedService service, BookingSecret secret, long startsAt, CancellationToken cancellation) =>
        MoveAsync(service, secret, startsAt, transaction => FindAsync(transaction, secret), cancellation);

    /// <summary>The same by an operator, who has found it by its number or its phone number.</summary>
    public Task<BookingAnswer> MoveAsync(OfferedService service, long id, long startsAt, CancellationToken cancellation) =>
        MoveAsync(service, null, startsAt, transaction => FindAsync(transaction, id), cancellation);

    private Task<BookingAnswer> MoveAsync(OfferedService service, BookingSecret? secret, long startsAt, Func<DbTransaction, Task<BookingRow?>> find, CancellationToken cancellation) => database.WriteAsync(
        async transaction =>
        {
            long now = Now;
            if (await find(transaction) is not { State: BookingState.Booked } booking || booking.StartsAt <= now)
            {
                return BookingRefusal.Over;
            }

            if (booking.StartsAt == startsAt)
            {
                return BookingAnswer.Done;
            }

            if (service.Calendar.Find(startsAt, now) is not { } slot)
            {
                return BookingRefusal.NotOffered;
            }

            int places = await free.PlacesAsync(transaction.Connection!, service, transaction);
            if (await BookingPlaces.TakeAsync(transaction, service, startsAt, places, BookingPlaces.ForEver, now) is not { } place)
            {
                return BookingRefusal.SlotTaken;
            }

            await BookingPlaces.SetAsync(transaction, booking, now + (service.Offer.FreedAfterMinutes * Minute));
            await transaction.Connection!.ExecuteAsync(
                """
                update person set expires_at = @expires where id = (select person from booking where id = @Id)
                """,
                new { booking.Id, expires = slot.EndsAt + (settings.KeepDays * Day) }, transaction);
            await transaction.Connection!.ExecuteAsync(
                """
                update booking set starts_at = @StartsAt, ends_at = @EndsAt, place = @place, moves = moves + 1, rejected = '', changed_at = @now, version = @version where id = @Id
                """,
                new { booking.Id, slot.StartsAt, slot.EndsAt, place, now, version = await RaiseAsync(transaction, service.BranchId) }, transaction);
            BookingRow moved = booking with { StartsAt = slot.StartsAt, EndsAt = slot.EndsAt, Moves = booking.Moves + 1 };
            await messages.MovedAsync(transaction, service, secret, moved);
            await FollowAsync(transaction, BookingChange.Moved, moved);
            return BookingAnswer.Done;
        },
        cancellation);

    /// <summary>Gives the place back. Said twice it is done once.</summary>
    /// <param name="service">Null: it is not offered any more.</param>
    public Task<BookingAnswer> CancelAsync(OfferedService? service, BookingSecret secret, CancellationToken cancellation) => database.WriteAsync(
        async transaction => await FindAsync(transaction, secret) is { } booking ? await CancelAsync(transaction, service, booking) : BookingRefusal.Over, cancellation);

    /// <summary>The same by an operator.</summary>
    public Task<BookingAnswer> CancelAsync(OfferedService? service, long id, CancellationToken cancellation) => database.WriteAsync(
        async transaction => await FindAsync(transaction, id) is { } booking ? await CancelAsync(transaction, service, booking) : BookingRefusal.Over, cancellation);

    public Task<BookingRow?> FindAsync(long id, CancellationToken cancellation) => database.ReadAsync(
        connection => connection.QuerySingleOrDefaultAsync<BookingRow?>($"select {BookingRow.Columns} from booking b left join person p on p.id = b.person where b.id = @id", new { id }), cancellation);

    /// <summary>Bookings by number or by phone number, at most 50, the latest slot first.</summary>
    public Task<IReadOnlyList<BookingRow>> SearchAsync(string number, PhoneNumber? phone, CancellationToken cancellation) => database.ReadAsync<IReadOnlyList<BookingRow>>(
        async connection => (await connection.QueryAsync<BookingRow>(
            $"""
            select {BookingRow.Columns} from booking b left join person p on p.id = b.person
            where b.state <> 'held' and (b.number = @number or p.phone = @digits) order by b.starts_at desc limit 50
            """,
            new { number, digits = phone?.Digits ?? "-" })).AsList(), cancellation);

    /// <summary>The same inside a transaction that has locked it.</summary>
    public async Task<BookingAnswer> CancelAsync(DbTransaction transaction, OfferedService? service, BookingRow booking)
    {
        long now = Now;
        if (booking.State is BookingState.Arrived or BookingState.Missed || (booking.State == BookingState.Booked && booking.StartsAt <= now))
        {
            return BookingRefusal.Over;
        }

        if (booking.State == BookingState.Cancelled)
        {
            return BookingAnswer.Done;
        }

        long version = 0;
        if (booking.State == BookingState.Held)
        {
            // Back at once: nobody has seen it taken for long.
            await BookingPlaces.ExtendAsync(transaction, booking, now);
        }
        else
        {
            await BookingPlaces.SetAsync(transaction, booking, now + ((service?.Offer.FreedAfterMinutes ?? 0) * Minute));
            version = await RaiseAsync(transaction, booking.Branch);
        }

        await transaction.Connection!.ExecuteAsync(
            "update booking set state = 'cancelled', changed_at = @now, version = @version where id = @Id", new { booking.Id, now, version }, transaction);
        if (booking.State == BookingState.Booked)
        {
            await FollowAsync(transaction, BookingChange.Cancelled, booking);
        }

        return BookingAnswer.Done;
    }

    /// <summary>The open bookings of a phone number, locked, the next one first.</summary>
    public async Task<IReadOnlyList<BookingRow>> OpenOfAsync(DbTransaction transaction, PhoneNumber phone)
    {
        long[] ids = [.. await transaction.Connection!.QueryAsync<long>(
            $"""
            select id from booking where state = 'booked' and starts_at > @Now and person in (select id from person where phone = @Digits and purpose = 'booking')
            order by id limit 20{database.Sql.ForUpdate}
            """,
            new { phone.Digits, Now }, transaction)];
        return ids.Length == 0 ? [] : (await transaction.Connection!.QueryAsync<BookingRow>(
            $"select {BookingRow.Columns} from booking b left join person p on p.id = b.person where {database.Sql.AnyOf("b.id", "@ids")} order by b.starts_at",
            new { ids }, transaction)).AsList();
    }

    public Task<BookingRow?> FindAsync(BookingSecret secret, CancellationToken cancellation) => database.ReadAsync(
        connection => connection.QuerySingleOrDefaultAsync<BookingRow>(
            $"select {BookingRow.Columns} from booking b left join person p on p.id = b.person where b.link_hash = @Hash", new { secret.Hash }), cancellation);

    /// <summary>The next version of a branch's bookings; the last lock of a transaction.</summary>
    internal static Task<long> RaiseAsync(DbTransaction transaction, long branch) => transaction.Connection!.ExecuteScalarAsync<long>(
        "insert into booking_version(branch, version) values (@branch, 1) on conflict(branch) do update set version = booking_version.version + 1 returning version",
        new { branch }, transaction);

    private async Task<BookingRow?> FindAsync(DbTransaction transaction, BookingSecret secret)
    {
        // The lock first, alone: PostgreSQL locks no row of an outer join.
        await transaction.Connection!.ExecuteScalarAsync<long?>($"select id from booking where link_hash = @Hash{database.Sql.ForUpdate}", new { secret.Hash }, transaction);
        return await transaction.Connection!.QuerySingleOrDefaultAsync<BookingRow>(
            $"select {BookingRow.Columns} from booking b left join person p on p.id = b.person where b.link_hash = @Hash", new { secret.Hash }, transaction);
    }

    private async Task<BookingRow?> FindAsync(DbTransaction transaction, long id)
    {
        await transaction.Connection!.ExecuteScalarAsync<long?>($"select id from booking where id = @id{database.Sql.ForUpdate}", new { id }, transaction);
        return await transaction.Connection!.QuerySingleOrDefaultAsync<BookingRow?>(
            $"select {BookingRow.Columns} from booking b left join person p on p.id = b.person where b.id = @id", new { id }, transaction);
    }

    private async Task FollowAsync(DbTransaction transaction, BookingChange change, BookingRow booking)
    {
        foreach (IBookingFollower follower in followers)
        {
            await follower.FollowAsync(transaction, change, booking);
        }
    }

    private static long LockOf(string what) => BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.ASCII.GetBytes(what)));

    private static Task<long> OpenOfAsync(DbTransaction transaction, long branch, PhoneNumber phone, long now) => transaction.Connection!.ExecuteScalarAsync<long>(
        """
        select count(*) from booking b join person p on p.id = b.person
        where p.phone = @Digits and p.purpose = 'booking' and b.branch = @branch and b.state = 'booked' and b.starts_at > @now
        """,
        new { phone.Digits, branch, now }, transaction);

    private static Task<int> InsertAsync(
        DbTransaction transaction, OfferedService service, Slot slot, long place, string language, BookingSecret secret, long until, long now) =>
        transaction.Connection!.ExecuteAsync(
            """
            insert into booking(branch, number, service, starts_at, ends_at, place, state, held_until, language, link_hash, token_hash, phone_hash, moves, version, made_at, changed_at)
            values (@BranchId, @number, @Service, @StartsAt, @EndsAt, @place, 'held', @until, @language, @Hash, @CheckInTokenHash, '', 0, 0, @now, @now)
            on conflict do nothing
            """,
            new
            {
                service.BranchId, service.Offer.Service, slot.StartsAt, slot.EndsAt, place, until, language, secret.Hash, secret.CheckInTokenHash, now,
                // Seven digits, as many as a dispenser takes: they are typed by hand, and nobody should find another's by trying.
                number = RandomNumberGenerator.GetInt32(1_000_000, 10_000_000).ToString(CultureInfo.InvariantCulture),
            },
            transaction);
}
