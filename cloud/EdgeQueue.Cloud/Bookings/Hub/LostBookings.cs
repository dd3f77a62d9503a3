using System.Data.Common;
using Dapper;
using EdgeQueue.Cloud.Bookings.Offers;
using EdgeQueue.Cloud.Ingest;
using EdgeQueue.Cloud.Web;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Cloud.Bookings.Hub;

/// <summary>
/// Bookings that a branch holds and this database does not know: it was put back from a backup, and the journal comes again. Their places are not given away a second time, and what
/// becomes of them is counted. They are nobody's here, have no link, and are not told to the hub, which has them whole (version 0).
/// </summary>
internal sealed class LostBookings(TimeProvider time) : IEventFollower
{
    public IReadOnlySet<string> Types { get; } = new HashSet<string>(StringComparer.Ordinal)
    {
        EventJson.TypeOf(new BookingPlaced(new("", "", 0), default)), EventJson.TypeOf(new BookingWithdrawn("", default)),
    };

    public async Task FollowAsync(DbTransaction transaction, IReadOnlyList<StoredEvent> events)
    {
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        Dictionary<long, OfferedBranch?> offers = [];
        foreach (StoredEvent stored in events.OrderBy(e => e.Branch).ThenBy(e => e.Seq))
        {
            if (stored.Happened is BookingPlaced { Booking: { } placed } && placed.SlotUtcMs > now)
            {
                await PlacedAsync(transaction, stored.Branch, placed, offers, now);
            }
            else if (stored.Happened is BookingWithdrawn withdrawn && await FindAsync(transaction, stored.Branch, withdrawn.Booking) is { IsLost: true } lost)
            {
                await GiveBackAsync(transaction, stored.Branch, lost);
                await transaction.Connection!.ExecuteAsync("update booking set state = 'cancelled', changed_at = @now where id = @Id", new { lost.Id, now }, transaction);
            }
        }
    }

    private static async Task PlacedAsync(DbTransaction transaction, long branch, Booking placed, Dictionary<long, OfferedBranch?> offers, long now)
    {
        if (await FindAsync(transaction, branch, placed.Id) is { } known)
        {
            // Moved before it was lost.
            if (known.IsLost && (known.StartsAt != placed.SlotUtcMs || known.Service != placed.Service))
            {
                await GiveBackAsync(transaction, branch, known);
                await transaction.Connection!.ExecuteAsync("delete from booking where id = @Id", new { known.Id }, transaction);
            }
            else
            {
                return;
            }
        }

        if (!offers.TryGetValue(branch, out OfferedBranch? offered))
        {
            offers[branch] = offered = await OfferBook.FindAsync(transaction, branch);
        }

        // Where bookings come from elsewhere too, one that is not known was never ours.
        if (offered is null || offered.Offer.Beside || offered.Service(placed.Service) is not { } service)
        {
            return;
        }

        // A number of its own: nobody had to be turned away for it, and whatever is booked beside it counts.
        long place = await transaction.Connection!.ExecuteScalarAsync<long>(
            """
            insert into booking_place(branch, service, starts_at, place, until)
            select @branch, @Service, @SlotUtcMs, coalesce(max(place), 0) + 1, @until from booking_place where branch = @branch and service = @Service and starts_at = @SlotUtcMs returning place
            """,
            new { branch, placed.Service, placed.SlotUtcMs, until = BookingPlaces.ForEver }, transaction);
        await transaction.Connection!.ExecuteAsync(
            """
            insert into booking(branch, number, service, starts_at, ends_at, place, state, held_until, person, language, link_hash, token_hash, phone_hash, moves, version, made_at, changed_at)
            values (@branch, @Id, @Service, @SlotUtcMs, @ends, @place, 'booked', 0, null, @language, @nobody, @token, '', 0, 0, @now, @now)
            """,
            new
            {
                branch, placed.Id, placed.Service, placed.SlotUtcMs, ends = service.Calendar.Slot(placed.SlotUtcMs)?.EndsAt ?? placed.SlotUtcMs + (service.Offer.Minutes * 60_000L), place,
                language = placed.Language ?? "", nobody = Secret.New().Hash, token = placed.TokenHash ?? "", now,
            },
            transaction);
    }

    /// <summary>At once: whoever was meant had given it up.</summary>
    private static Task GiveBackAsync(DbTransaction transaction, long branch, Known lost) => transaction.Connection!.ExecuteAsync(
        "delete from booking_place where branch = @branch and service = @Service and starts_at = @StartsAt and place = @Place", new { branch, lost.Service, lost.StartsAt, lost.Place }, transaction);

    private static Task<Known?> FindAsync(DbTransaction transaction, long branch, string number) => transaction.Connection!.QuerySingleOrDefaultAsync<Known?>(
        "select id as Id, service as Service, starts_at as StartsAt, place as Place, state as State, version as Version from booking where branch = @branch and number = @number", new { branch, number }, transaction);

    private sealed record Known(long Id, string Service, long StartsAt, long Place, string State, long Version)
    {
        public bool IsLost => Version == 0 && State == BookingState.Booked;
    }
}
