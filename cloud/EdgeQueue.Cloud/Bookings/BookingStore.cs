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

/// <summary>Bookings in the database: each change is one transaction.</summary>
internal sealed class BookingStore(IDatabase database, SlotPlaces places, PersonStore people, BookingMessages messages, BookingsSettings settings, IEnumerable<IBookingFollower> followers, TimeProvider time)
{
    private const long Minute = 60_000;

    private const long Day = 86_400_000;

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Holds a place while somebody types.</summary>
    /// <param name="chosen">The link's secret where the caller can make it again: held twice by it, it is one. Null: a new one.</param>
    /// <param name="officer">'': with anybody.</param>
    /// <returns>The link's secret, or why not.</returns>
    public Task<(BookingSecret? Secret, BookingRefusal? Refusal)> HoldAsync(
        OfferedService service, long startsAt, string language, CancellationToken cancellation, BookingSecret? chosen = null, string officer = "") =>
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

                if (service.Find(startsAt, now, officer) is not { } slot)
                {
                    return (null, BookingRefusal.NotOffered);
                }

                long until = now + (service.Offer.HoldMinutes * Minute);
                if (await places.TakeAsync(transaction, service, slot, officer, until, now) is not { } taken)
                {
                    return (null, BookingRefusal.SlotTaken);
                }

                BookingSecret secret = chosen ?? BookingSecret.New();
                while (await InsertAsync(transaction, service, slot, taken, officer.Length > 0, language, secret, until, now) == 0)
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
            await OpenBookings.LockAsync(database.Sql, transaction, customer.Contact);
            if (await OpenBookings.CountAsync(transaction, service.BranchId, customer.Contact, now) >= settings.MostPerPhone)
            {
                return BookingRefusal.TooMany;
            }

            // Held too long is as good as held, as long as nobody else has taken the place meanwhile.
            if (!await places.ExtendAsync(transaction, booking, BookingPlaces.ForEver, now))
            {
                string wanted = booking.Chosen == 1 ? booking.Officer : "";
                if (service.Find(booking.StartsAt, now, wanted) is not { } slot || await places.TakeAsync(transaction, service, slot, wanted, BookingPlaces.ForEver, now) is not { } other)
                {
                    return BookingRefusal.HoldOver;
                }

                booking = booking with { Place = other.Place, Officer = other.Officer, OfficerPlace = other.OfficerPlace };
            }

            long person = await people.AddAsync(transaction, PersonStore.ForBooking, customer.Name, customer.Contact, booking.EndsAt + (settings.KeepDays * Day));
            await transaction.Connection!.ExecuteAsync(
                """
                update booking set state = 'booked', place = @Place, officer = @Officer, officer_place = @OfficerPlace, person = @person, phone_hash = @PhoneHash, changed_at = @now, made_at = @now,
                  version = @version where id = @Id
                """,
                new { booking.Id, booking.Place, booking.Officer, booking.OfficerPlace, person, customer.PhoneHash, now, version = await RaiseAsync(transaction, service.BranchId) }, transaction);
            await messages.BookedAsync(transaction, service, secret, booking with { State = BookingState.Booked, MadeAt = now, ChangedAt = now });
            await FollowAsync(transaction, BookingChange.Made, booking);
            return BookingAnswer.Done;
        },
        cancellation);

    /// <summary>Takes another slot of the same service, or the same one with another officer, and gives the old one back.</summary>
    /// <param name="officer">'': with anybody; null: as before.</param>
    public Task<BookingAnswer> MoveAsync(OfferedService service, BookingSecret secret, long startsAt, CancellationToken cancellation, string? officer = null) =>
        MoveAsync(service, secret, startsAt, officer, transaction => FindAsync(transaction, secret), cancellation);

    /// <summary>The same by an operator, who has found it by its number or its phone number.</summary>
    public Task<BookingAnswer> MoveAsync(OfferedService service, long id, long startsAt, CancellationToken cancellation, string? officer = null) =>
        MoveAsync(service, null, startsAt, officer, transaction => FindAsync(transaction, id), cancellation);

    private Task<BookingAnswer> MoveAsync(
        OfferedService service, BookingSecret? secret, long startsAt, string? officer, Func<DbTransaction, Task<BookingRow?>> find, CancellationToken cancellation) => database.WriteAsync(
        async transaction =>
        {
            long now = Now;
            if (await find(transaction) is not { State: BookingState.Booked } booking || booking.StartsAt <= now)
            {
                return BookingRefusal.Over;
            }

            string before = booking.Chosen == 1 && service.Officer(booking.Officer) is not null ? booking.Officer : "";
            string wanted = service.Officers.Count == 0 ? "" : officer ?? before;
            if (booking.StartsAt == startsAt && wanted == before)
            {
                return BookingAnswer.Done;
            }

            // To another officer it may be redirected when it is too soon for a new booking.
            bool redirected = booking.StartsAt == startsAt && service.OfficersFor(wanted).Any();
            if ((redirected ? service.OfficersFor(wanted).Select(o => o.Calendar.Slot(startsAt)).FirstOrDefault(s => s is not null) : service.Find(startsAt, now, wanted)) is not { } slot)
            {
                return BookingRefusal.NotOffered;
            }

            TakenSlot? taken = redirected && (wanted.Length == 0 || wanted == booking.Officer) ? new(booking.Place, booking.Officer, booking.OfficerPlace)
                : redirected ? await places.RedirectAsync(transaction, service, booking, slot, wanted, now)
                : await places.TakeAsync(transaction, service, slot, wanted, BookingPlaces.ForEver, now);
            if (taken is null)
            {
                return BookingRefusal.SlotTaken;
            }

            long again = now + (service.Offer.FreedAfterMinutes * Minute);
            if (!redirected)
            {
                await SlotPlaces.FreeAsync(transaction, booking, again);
            }
            else if (taken.Officer != booking.Officer)
            {
                await SlotPlaces.FreeOfficerAsync(transaction, booking, again);
            }

            booking = booking with
            {
                StartsAt = slot.StartsAt, EndsAt = slot.EndsAt, Place = taken.Place, Officer = taken.Officer, OfficerPlace = taken.OfficerPlace, Chosen = wanted.Length > 0 ? 1 : 0,
                Moves = booking.Moves + 1, ChangedAt = now,
            };
            await transaction.Connection!.ExecuteAsync(
                "update person set expires_at = @expires where id = (select person from booking where id = @Id)",
                new { booking.Id, expires = slot.EndsAt + (settings.KeepDays * Day) }, transaction);
            await transaction.Connection!.ExecuteAsync(
                """
                update booking set starts_at = @StartsAt, ends_at = @EndsAt, place = @Place, officer = @Officer, officer_place = @OfficerPlace, officer_chosen = @Chosen, moves = @Moves,
                  rejected = '', changed_at = @now, version = @version where id = @Id
                """,
                new
                {
                    booking.Id, booking.StartsAt, booking.EndsAt, booking.Place, booking.Officer, booking.OfficerPlace, booking.Chosen, booking.Moves, now,
                    version = await RaiseAsync(transaction, service.BranchId),
                },
                transaction);
            await messages.MovedAsync(transaction, service, secret, booking);
            await FollowAsync(transaction, BookingChange.Moved, booking);
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
            await places.ExtendAsync(transaction, booking, now, now);
        }
        else
        {
            await SlotPlaces.FreeAsync(transaction, booking, now + ((service?.Offer.FreedAfterMinutes ?? 0) * Minute));
            version = await RaiseAsync(transaction, booking.Branch);
        }

        await transaction.Connection!.ExecuteAsync(
            "update booking set state = 'cancelled', changed_at = @now, version = @version where id = @Id", new { booking.Id, now, version }, transaction);
        if (booking.State == BookingState.Booked)
        {
            await messages.CancelledAsync(transaction, service, booking with { State = BookingState.Cancelled, ChangedAt = now });
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

    private static Task<int> InsertAsync(
        DbTransaction transaction, OfferedService service, Slot slot, TakenSlot taken, bool chosen, string language, BookingSecret secret, long until, long now) =>
        transaction.Connection!.ExecuteAsync(
            """
            insert into booking(branch, number, service, starts_at, ends_at, place, state, held_until, language, link_hash, token_hash, phone_hash, moves, version, made_at, changed_at,
              officer, officer_place, officer_chosen)
            values (@BranchId, @number, @Service, @StartsAt, @EndsAt, @Place, 'held', @until, @language, @Hash, @CheckInTokenHash, '', 0, 0, @now, @now, @Officer, @OfficerPlace, @chosen)
            on conflict do nothing
            """,
            new
            {
                service.BranchId, service.Offer.Service, slot.StartsAt, slot.EndsAt, taken.Place, taken.Officer, taken.OfficerPlace, chosen = chosen ? 1L : 0L, until, language, secret.Hash, secret.CheckInTokenHash, now,
                // Seven digits, as many as a dispenser takes: they are typed by hand, and nobody should find another's by trying.
                number = RandomNumberGenerator.GetInt32(1_000_000, 10_000_000).ToString(CultureInfo.InvariantCulture),
            },
            transaction);
}
