using Dapper;
using EdgeQueue.Cloud.People;
using EdgeQueue.Cloud.Storage;

namespace EdgeQueue.Cloud.Bookings;

/// <summary>Finds bookings for the people of head office.</summary>
internal sealed class BookingSearch(IDatabase database)
{
    private const long Day = 86_400_000;

    /// <summary>By number or by phone number, at most 50, the latest slot first.</summary>
    public Task<IReadOnlyList<BookingRow>> OfAsync(string number, PhoneNumber? phone, CancellationToken cancellation) => database.ReadAsync<IReadOnlyList<BookingRow>>(
        async connection => (await connection.QueryAsync<BookingRow>(
            $"""
            select {BookingRow.Columns} from booking b left join person p on p.id = b.person
            where b.state <> 'held' and (b.number = @number or p.phone = @digits) order by b.starts_at desc limit 50
            """,
            new { number, digits = phone?.Digits ?? "-" })).AsList(), cancellation);

    /// <summary>Of a branch and a time, without those that were cancelled, in order.</summary>
    /// <param name="from">At most two days before <paramref name="to"/>.</param>
    public Task<IReadOnlyList<BookingRow>> BetweenAsync(long branch, long from, long to, CancellationToken cancellation) => database.ReadAsync<IReadOnlyList<BookingRow>>(
        async connection => (await connection.QueryAsync<BookingRow>(
            $"""
            select {BookingRow.Columns} from booking b left join person p on p.id = b.person
            where b.branch = @branch and b.starts_at >= @from and b.starts_at < @to and b.state in ('booked', 'arrived', 'missed') order by b.starts_at, b.number
            """,
            new { branch, from = Math.Max(from, to - (2 * Day)), to })).AsList(), cancellation);
}
