using System.Data.Common;
using Dapper;
using EdgeQueue.Cloud.People;
using EdgeQueue.Cloud.Start;
using EdgeQueue.Cloud.Storage;

namespace EdgeQueue.Cloud.Bookings;

/// <summary>Forgets what is over: holds of people who went away, places of slots that have passed, and persons whose time has come.</summary>
internal sealed class BookingHousekeeping(IDatabase database, PersonStore people, TimeProvider time, ILogger<BookingHousekeeping> log)
    : Housekeeping("holds, places and persons whose time has come", TimeSpan.FromMinutes(1), time, log)
{
    private const long Hour = 3_600_000;

    private const long Day = 24 * Hour;

    /// <summary>What was booked is kept so long, without a person: how many stay away is learned from it.</summary>
    public const long KeptFor = 400 * Day;

    protected override async Task ForgetAsync(CancellationToken cancellation)
    {
        await people.ForgetAsync(cancellation);
        await database.WriteAsync(ForgetAsync, cancellation);
    }

    private async Task<int> ForgetAsync(DbTransaction transaction)
    {
        long now = Time.GetUtcNow().ToUnixTimeMilliseconds();
        DbConnection connection = transaction.Connection!;
        // A form that lies open for an hour may still be sent, and books when the place is still free.
        int holds = await connection.ExecuteAsync("delete from booking where state = 'held' and held_until < @before", new { before = now - Hour }, transaction);
        int places = await connection.ExecuteAsync("delete from booking_place where starts_at < @before", new { before = now - Day }, transaction);
        places += await connection.ExecuteAsync("delete from booking_officer_place where starts_at < @before", new { before = now - Day }, transaction);
        int old = await connection.ExecuteAsync("delete from booking where starts_at < @before", new { before = now - KeptFor }, transaction);
        return holds + places + old;
    }
}
