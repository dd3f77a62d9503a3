using System.Data.Common;
using Dapper;
using EdgeQueue.Cloud.Bookings.Offers;
using EdgeQueue.Cloud.Storage;

namespace EdgeQueue.Cloud.Bookings.Slots;

/// <summary>A slot and how many can still come.</summary>
internal sealed record FreeSlot(Slot Slot, int Free);

/// <summary>A day and its slots that can be booked, taken ones too.</summary>
internal sealed record FreeDay(DateOnly Day, IReadOnlyList<FreeSlot> Slots)
{
    public int Free => Slots.Sum(s => s.Free);
}

/// <summary>Which slots are free.</summary>
internal sealed class FreeSlots(IDatabase database, TimeProvider time)
{
    private const int DaysAtOnce = 14;

    /// <summary>What people of this long ago did is what was learned.</summary>
    private const long Learning = 90L * 86_400_000;

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    public Task<IReadOnlyList<FreeDay>> DaysAsync(OfferedService service, DateOnly first, int count, CancellationToken cancellation) =>
        database.ReadAsync(connection => DaysAsync(connection, service, first, count), cancellation);

    /// <summary>The first ones that are free, from an instant on.</summary>
    public Task<IReadOnlyList<Slot>> NextAsync(OfferedService service, long after, int count, CancellationToken cancellation) =>
        database.ReadAsync<IReadOnlyList<Slot>>(
            async connection =>
            {
                var found = new List<Slot>();
                DateOnly last = service.Calendar.LastDay(Now);
                for (DateOnly day = service.Calendar.DateAt(Math.Clamp(after, Now, Now + (366L * 86_400_000))); day <= last && found.Count < count; day = day.AddDays(DaysAtOnce))
                {
                    found.AddRange((await DaysAsync(connection, service, day, DaysAtOnce)).SelectMany(d => d.Slots)
                        .Where(s => s.Free > 0 && s.Slot.StartsAt >= after).Select(s => s.Slot).Take(count - found.Count));
                }

                return found;
            },
            cancellation);

    /// <summary>How many may come to one slot.</summary>
    public async Task<int> PlacesAsync(DbConnection connection, OfferedService service, DbTransaction? transaction = null)
    {
        if (service.Offer.OverbookPercent == 0)
        {
            return service.Offer.Capacity;
        }

        (long arrived, long missed) = await connection.QuerySingleAsync<(long, long)>(
            """
            select count(*) filter (where state = 'arrived'), count(*) filter (where state = 'missed') from booking
            where branch = @BranchId and service = @Service and starts_at between @From and @Now
            """,
            new { service.BranchId, service.Offer.Service, From = Now - Learning, Now }, transaction);
        return Overbooking.Places(service.Offer.Capacity, service.Offer.OverbookPercent, arrived, missed);
    }

    private async Task<IReadOnlyList<FreeDay>> DaysAsync(DbConnection connection, OfferedService service, DateOnly first, int count)
    {
        long now = Now;
        FreeDay[] days = [.. Enumerable.Range(0, count).Select(first.AddDays).Select(
            day => new FreeDay(day, [.. service.Calendar.OfferedOn(day, now).Select(s => new FreeSlot(s, 0))]))];
        Slot[] all = [.. days.SelectMany(d => d.Slots).Select(s => s.Slot)];
        if (all.Length == 0)
        {
            return days;
        }

        int places = await PlacesAsync(connection, service);
        Dictionary<long, long> taken = (await connection.QueryAsync<(long StartsAt, long Taken)>(
            """
            select starts_at, count(*) from booking_place
            where branch = @BranchId and service = @Service and starts_at between @From and @To and until > @now group by starts_at
            """,
            new { service.BranchId, service.Offer.Service, From = all[0].StartsAt, To = all[^1].StartsAt, now })).ToDictionary(r => r.StartsAt, r => r.Taken);
        return [.. days.Select(d => d with
        {
            Slots = [.. d.Slots.Select(s => s with { Free = (int)Math.Max(0, places - taken.GetValueOrDefault(s.Slot.StartsAt)) })],
        })];
    }
}
