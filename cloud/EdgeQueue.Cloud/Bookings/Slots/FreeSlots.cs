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

    public Task<IReadOnlyList<FreeDay>> DaysAsync(OfferedService service, DateOnly first, int count, CancellationToken cancellation, string officer = "") =>
        database.ReadAsync(connection => DaysAsync(connection, service, first, count, officer), cancellation);

    /// <summary>The first ones that are free, from an instant on.</summary>
    public Task<IReadOnlyList<Slot>> NextAsync(OfferedService service, long after, int count, CancellationToken cancellation, string officer = "") =>
        database.ReadAsync<IReadOnlyList<Slot>>(
            async connection =>
            {
                var found = new List<Slot>();
                DateOnly last = service.Calendar.LastDay(Now);
                for (DateOnly day = service.Calendar.DateAt(Math.Clamp(after, Now, Now + (366L * 86_400_000))); day <= last && found.Count < count; day = day.AddDays(DaysAtOnce))
                {
                    found.AddRange((await DaysAsync(connection, service, day, DaysAtOnce, officer)).SelectMany(d => d.Slots)
                        .Where(s => s.Free > 0 && s.Slot.StartsAt >= after).Select(s => s.Slot).Take(count - found.Count));
                }

                return found;
            },
            cancellation);

    /// <summary>How many may come to one slot.</summary>
    public async Task<int> PlacesAsync(DbConnection connection, OfferedService service, long startsAt, DbTransaction? transaction = null) => service.Officers.Count > 0
        ? service.OfficersAt(startsAt).Sum(o => o.Offer.Capacity) : await PlacesAsync(connection, service, transaction);

    private async Task<int> PlacesAsync(DbConnection connection, OfferedService service, DbTransaction? transaction = null)
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

    private async Task<IReadOnlyList<FreeDay>> DaysAsync(DbConnection connection, OfferedService service, DateOnly first, int count, string officer)
    {
        long now = Now;
        FreeDay[] days = [.. Enumerable.Range(0, count).Select(first.AddDays).Select(
            day => new FreeDay(day, [.. service.OfferedOn(day, now, officer).Select(s => new FreeSlot(s, 0))]))];
        Slot[] all = [.. days.SelectMany(d => d.Slots).Select(s => s.Slot)];
        if (all.Length == 0)
        {
            return days;
        }

        int places = service.Officers.Count == 0 ? await PlacesAsync(connection, service) : 0;
        Dictionary<long, long> taken = (await connection.QueryAsync<(long StartsAt, long Taken)>(
            """
            select starts_at, count(*) from booking_place
            where branch = @BranchId and service = @Service and starts_at between @From and @To and until > @now group by starts_at
            """,
            new { service.BranchId, service.Offer.Service, From = all[0].StartsAt, To = all[^1].StartsAt, now })).ToDictionary(r => r.StartsAt, r => r.Taken);
        // Each calendar is worked out once, not once for each slot.
        ILookup<long, OfferedOfficer> there = service.Officers.SelectMany(o => days.SelectMany(d => o.Calendar.Of(d.Day)), (o, s) => (s.StartsAt, Officer: o)).ToLookup(x => x.StartsAt, x => x.Officer);
        ILookup<string, OfficerTime> busy = (service.Officers.Count == 0 ? [] : await OfficerPlaces.TakenAsync(connection, service.BranchId, all[0].StartsAt, service.BusyUntil(all[^1]), now))
            .ToLookup(t => t.Officer, StringComparer.Ordinal);
        return [.. days.Select(d => d with
        {
            Slots = [.. d.Slots.Select(s => s with { Free = (int)Math.Max(0, Free(s.Slot)) })],
        })];

        // Bookings of before the service had officers count too: they have places of the service.
        long Free(Slot slot)
        {
            long left = places - taken.GetValueOrDefault(slot.StartsAt);
            if (service.Officers.Count == 0)
            {
                return left;
            }

            return Math.Min(
                there[slot.StartsAt].Sum(o => o.Offer.Capacity) - taken.GetValueOrDefault(slot.StartsAt),
                there[slot.StartsAt].Where(o => officer.Length == 0 || o.Id == officer).Sum(o => OfficerPlaces.FreeOf(o, busy[o.Id], slot.StartsAt, service.BusyUntil(slot)).Count()));
        }
    }
}
