using System.Data.Common;
using Dapper;
using EdgeQueue.Cloud.Bookings.Offers;

namespace EdgeQueue.Cloud.Bookings;

/// <summary>
/// Places in slots. Whoever puts the row in has the place: its key is unique, so of any number of people at once, in any number of replicas,
/// one gets it. A row whose time is over is taken over by the same statement.
/// </summary>
internal static class BookingPlaces
{
    /// <summary>Of a booked place: no slot is later.</summary>
    public const long ForEver = long.MaxValue;

    /// <returns>The number of the place; null: the slot is full.</returns>
    public static async Task<long?> TakeAsync(DbTransaction transaction, OfferedService service, long startsAt, int places, long until, long now)
    {
        DbConnection connection = transaction.Connection!;
        HashSet<long> taken = [.. await connection.QueryAsync<long>(
            "select place from booking_place where branch = @BranchId and service = @Service and starts_at = @startsAt and until > @now",
            new { service.BranchId, service.Offer.Service, startsAt, now }, transaction)];
        if (taken.Count >= places)
        {
            return null;
        }

        for (long place = 1; place <= places; place++)
        {
            if (!taken.Contains(place) && await connection.ExecuteAsync(
                """
                insert into booking_place(branch, service, starts_at, place, until) values (@BranchId, @Service, @startsAt, @place, @until)
                on conflict(branch, service, starts_at, place) do update set until = excluded.until where booking_place.until <= @now
                """,
                new { service.BranchId, service.Offer.Service, startsAt, place, until, now }, transaction) == 1)
            {
                return place;
            }
        }

        return null;
    }

    /// <summary>Changes until when a held place is held.</summary>
    /// <returns>False: the time was over and somebody else has taken it.</returns>
    public static async Task<bool> ExtendAsync(DbTransaction transaction, BookingRow held, long until) => await transaction.Connection!.ExecuteAsync(
        "update booking_place set until = @until where branch = @Branch and service = @Service and starts_at = @StartsAt and place = @Place and until = @HeldUntil",
        new { until, held.Branch, held.Service, held.StartsAt, held.Place, held.HeldUntil }, transaction) == 1;

    /// <summary>Gives a booked place back.</summary>
    public static Task SetAsync(DbTransaction transaction, BookingRow booking, long until) => transaction.Connection!.ExecuteAsync(
        "update booking_place set until = @until where branch = @Branch and service = @Service and starts_at = @StartsAt and place = @Place",
        new { until, booking.Branch, booking.Service, booking.StartsAt, booking.Place }, transaction);
}
