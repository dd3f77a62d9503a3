using Dapper;
using EdgeQueue.Cloud.Bookings.Offers;
using EdgeQueue.Cloud.Storage;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Cloud.Bookings.Hub;

/// <summary>A booking for which its customer has a confirmation, and which the hub does not take.</summary>
internal sealed record RejectedBooking(long Id, string Branch, string Number, string Service, long StartsAt, string Why);

/// <summary>
/// What hubs cannot hold (a service that is not in the branch's configuration, too many bookings): head office sees it until it is cancelled or over, and the customer is told once that
/// no dispenser will know the number.
/// </summary>
internal sealed class BookingRejections(IDatabase database, OfferBook offers, BookingMessages messages, TimeProvider time)
{
    private const int MostShown = 100;

    private const int LongestWhy = 300;

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    public async Task TakeAsync(long branch, IReadOnlyList<BookingFault> rejected, CancellationToken cancellation)
    {
        OfferedBranch? offered = await offers.FindAsync(branch, cancellation);
        await database.WriteAsync(
            async transaction =>
            {
                foreach (BookingFault fault in rejected)
                {
                    string why = StorableText.Of(fault.Sentence.Length > LongestWhy ? fault.Sentence[..LongestWhy] : fault.Sentence);
                    BookingRow? booking = await transaction.Connection!.QuerySingleOrDefaultAsync<BookingRow?>(
                        $"select {BookingRow.Columns} from booking b left join person p on p.id = b.person where b.branch = @branch and b.number = @number and b.state = 'booked' and b.rejected = ''",
                        new { branch, number = fault.Booking }, transaction);
                    if (booking is null || await transaction.Connection!.ExecuteAsync(
                        "update booking set rejected = @why where id = @Id and rejected = ''", new { booking.Id, why = why.Length > 0 ? why : "?" }, transaction) == 0)
                    {
                        continue;
                    }

                    await messages.RejectedAsync(transaction, offered?.Service(booking.Service), booking);
                }

                return 0;
            },
            cancellation);
    }

    /// <summary>Those of the days ahead, the next first.</summary>
    public Task<IReadOnlyList<RejectedBooking>> OpenAsync(CancellationToken cancellation) => database.ReadAsync<IReadOnlyList<RejectedBooking>>(
        async connection => (await connection.QueryAsync<RejectedBooking>(
            $"""
            select k.id as Id, b.name as Branch, k.number as Number, k.service as Service, k.starts_at as StartsAt, k.rejected as Why from booking k join branch b on b.id = k.branch
            where k.rejected <> '' and k.state = 'booked' and k.starts_at > @from order by k.starts_at limit {MostShown}
            """,
            new { from = Now - 3_600_000 })).AsList(), cancellation);
}
