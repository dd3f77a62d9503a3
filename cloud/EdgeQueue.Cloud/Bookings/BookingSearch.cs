using Dapper;
using EdgeQueue.Cloud.People;
using EdgeQueue.Cloud.Storage;

namespace EdgeQueue.Cloud.Bookings;

/// <summary>Finds bookings for the people of head office.</summary>
internal sealed class BookingSearch(IDatabase database)
{
    private const long Day = 86_400_000;

    /// <summary>By number, phone number or mail address, at most 50, the latest slot first.</summary>
    /// <param name="contact">Null: by number alone.</param>
    public Task<IReadOnlyList<BookingRow>> OfAsync(string number, Contact? contact, CancellationToken cancellation) => database.ReadAsync<IReadOnlyList<BookingRow>>(
        async connection => (await connection.QueryAsync<BookingRow>(
            $"""
            select {BookingRow.Columns} from booking b left join person p on p.id = b.person
            where b.state <> 'held' and b.id in (
              select id from booking where number = @number union select id from booking where person in (select id from person where phone = @Digits or lower(mail) = @MailKey))
            order by b.starts_at desc limit 50
            """,
            new { number, Digits = contact?.Digits ?? "-", MailKey = contact?.MailKey ?? "-" })).AsList(), cancellation);

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
