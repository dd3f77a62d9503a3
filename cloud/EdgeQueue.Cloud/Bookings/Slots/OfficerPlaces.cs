using System.Buffers.Binary;
using System.Data.Common;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Dapper;
using EdgeQueue.Cloud.Bookings.Offers;
using EdgeQueue.Cloud.Storage;

namespace EdgeQueue.Cloud.Bookings.Slots;

/// <summary>Time of an officer that is taken.</summary>
internal sealed record OfficerTime(string Officer, long StartsAt, long Place, long BusyUntil);

/// <summary>An officer's place that somebody got.</summary>
internal readonly record struct OfficerPlace(string Officer, long Place);

/// <summary>
/// Places in officers' calendars. As of a service's slots the row's key makes two people never get one; what overlaps without beginning at the same time (another service of the same
/// officer) is looked at under one lock a branch, which is held until the transaction ends.
/// </summary>
internal sealed class OfficerPlaces(IDatabase database)
{
    private const long HalfDay = 43_200_000;

    /// <summary>All that is taken in a time.</summary>
    public static async Task<IReadOnlyList<OfficerTime>> TakenAsync(DbConnection connection, long branch, long from, long to, long now, DbTransaction? transaction = null) =>
        (await connection.QueryAsync<OfficerTime>(
            """
            select officer as Officer, starts_at as StartsAt, place as Place, busy_until as BusyUntil from booking_officer_place
            where branch = @branch and starts_at < @to and busy_until > @from and until > @now
            """,
            new { branch, from, to, now }, transaction)).AsList();

    /// <summary>Places of an officer in which nobody is in a time.</summary>
    public static IEnumerable<long> FreeOf(OfferedOfficer officer, IEnumerable<OfficerTime> taken, long from, long to) =>
        Enumerable.Range(1, officer.Offer.Capacity).Select(p => (long)p)
            .Where(p => !taken.Any(t => t.Officer == officer.Id && t.Place == p && t.StartsAt < to && t.BusyUntil > from));

    /// <summary>Takes a place of an officer; of anybody's, of the one who has the fewest around that time.</summary>
    /// <returns>Null: none is free.</returns>
    public async Task<OfficerPlace?> TakeAsync(DbTransaction transaction, OfferedService service, Slot slot, string officer, long until, long now)
    {
        await LockAsync(transaction, service.BranchId);
        long busy = service.BusyUntil(slot);
        IReadOnlyList<OfficerTime> around = await TakenAsync(transaction.Connection!, service.BranchId, slot.StartsAt - HalfDay, slot.StartsAt + HalfDay, now, transaction);
        foreach (OfferedOfficer candidate in service.OfficersFor(officer).Where(o => o.Calendar.Has(slot.StartsAt)).OrderBy(o => around.Count(t => t.Officer == o.Id)))
        {
            foreach (long place in FreeOf(candidate, around, slot.StartsAt, busy))
            {
                if (await transaction.Connection!.ExecuteAsync(
                    """
                    insert into booking_officer_place(branch, officer, starts_at, place, busy_until, until) values (@BranchId, @Id, @StartsAt, @place, @busy, @until)
                    on conflict(branch, officer, starts_at, place) do update set until = excluded.until, busy_until = excluded.busy_until where booking_officer_place.until <= @now
                    """,
                    new { service.BranchId, candidate.Id, slot.StartsAt, place, busy, until, now }, transaction) == 1)
                {
                    return new(candidate.Id, place);
                }
            }
        }

        return null;
    }

    /// <summary>Changes until when a held place is held.</summary>
    /// <returns>False: the time was over and somebody else is there.</returns>
    public async Task<bool> ExtendAsync(DbTransaction transaction, BookingRow held, long until, long now)
    {
        await LockAsync(transaction, held.Branch);
        return await transaction.Connection!.ExecuteAsync(
            """
            update booking_officer_place set until = @until where branch = @Branch and officer = @Officer and starts_at = @StartsAt and place = @OfficerPlace and until = @HeldUntil
              and not exists (select 1 from booking_officer_place o where o.branch = @Branch and o.officer = @Officer and o.place = @OfficerPlace and o.starts_at <> @StartsAt
                and o.until > @now and o.starts_at < booking_officer_place.busy_until and o.busy_until > @StartsAt)
            """,
            new { until, held.Branch, held.Officer, held.StartsAt, held.OfficerPlace, held.HeldUntil, now }, transaction) == 1;
    }

    /// <summary>Gives it back.</summary>
    public static Task SetAsync(DbTransaction transaction, long branch, string officer, long startsAt, long place, long until) => transaction.Connection!.ExecuteAsync(
        "update booking_officer_place set until = @until where branch = @branch and officer = @officer and starts_at = @startsAt and place = @place",
        new { until, branch, officer, startsAt, place }, transaction);

    private Task LockAsync(DbTransaction transaction, long branch) => database.Sql.LockAsync(
        transaction, BinaryPrimitives.ReadInt64LittleEndian(SHA256.HashData(Encoding.ASCII.GetBytes("officers " + branch.ToString(CultureInfo.InvariantCulture)))));
}
