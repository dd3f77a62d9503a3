using System.Data.Common;
using Dapper;
using EdgeQueue.Cloud.People;
using EdgeQueue.Cloud.Storage;

namespace EdgeQueue.Cloud.Bookings;

/// <summary>Forgets what is over: holds of people who went away, places of slots that have passed, and persons whose time has come. Every replica may do it.</summary>
internal sealed class BookingHousekeeping(IDatabase database, PersonStore people, TimeProvider time, ILogger<BookingHousekeeping> log) : BackgroundService
{
    private const long Hour = 3_600_000;

    private const long Day = 24 * Hour;

    /// <summary>What was booked is kept so long, without a person: how many stay away is learned from it.</summary>
    private const long KeptFor = 400 * Day;

    private static readonly TimeSpan Period = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Period, time);
        do
        {
            try
            {
                await people.ForgetAsync(stoppingToken);
                await database.WriteAsync(ForgetAsync, stoppingToken);
            }
            catch (DbException fault)
            {
                BookingLog.Waiting(log, "forgetting what is over", fault.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    private async Task<int> ForgetAsync(DbTransaction transaction)
    {
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        DbConnection connection = transaction.Connection!;
        // A form that lies open for an hour may still be sent, and books when the place is still free.
        int holds = await connection.ExecuteAsync("delete from booking where state = 'held' and held_until < @before", new { before = now - Hour }, transaction);
        int places = await connection.ExecuteAsync("delete from booking_place where starts_at < @before", new { before = now - Day }, transaction);
        int old = await connection.ExecuteAsync("delete from booking where starts_at < @before", new { before = now - KeptFor }, transaction);
        return holds + places + old;
    }
}
