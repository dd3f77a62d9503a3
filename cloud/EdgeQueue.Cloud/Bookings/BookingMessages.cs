using System.Data.Common;
using Dapper;
using EdgeQueue.Cloud.Bookings.Offers;
using EdgeQueue.Cloud.Bookings.Words;
using EdgeQueue.Cloud.Sms;
using EdgeQueue.Cloud.Storage;

namespace EdgeQueue.Cloud.Bookings;

/// <summary>Which messages a booking makes: they go into the outbox in its own transaction.</summary>
internal sealed class BookingMessages(SmsOutbox outbox, SmsSettings settings, SmsAddress address, TimeProvider time)
{
    private const long Hour = 3_600_000;

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    public async Task BookedAsync(DbTransaction transaction, OfferedService service, BookingSecret secret, BookingRow booking, long person)
    {
        string text = BookingTexts.Fill(SmsWords.In(booking.Language).Confirmation, service, booking, address.LinkOf($"/b/{secret.Text}"));
        await outbox.AddAsync(transaction, new(
            SmsPurpose.Confirmation, $"booking:{booking.Id}", person, booking.Language, text, service.Branch.TimeZone, Urgent: true, Now, booking.StartsAt));
        await RemindAsync(transaction, service, booking, person);
    }

    /// <summary>The branch cannot hold it: whoever has its confirmation must know.</summary>
    /// <param name="service">Null: it is not offered any more; then nobody can say when it was, and head office calls.</param>
    public async Task RejectedAsync(DbTransaction transaction, OfferedService? service, BookingRow booking)
    {
        if (service is not null && await transaction.Connection!.ExecuteScalarAsync<long?>("select person from booking where id = @Id", new { booking.Id }, transaction) is { } person)
        {
            await outbox.AddAsync(transaction, new(
                "rejected", FormattableString.Invariant($"booking:{booking.Id}:{booking.Moves}"), person, booking.Language, BookingTexts.Fill(SmsWords.In(booking.Language).Rejected, service, booking),
                service.Branch.TimeZone, Urgent: false, Now, booking.StartsAt));
        }
    }

    /// <param name="secret">Null: an operator moved it, who does not know the link; it stays as it is.</param>
    public async Task MovedAsync(DbTransaction transaction, OfferedService service, BookingSecret? secret, BookingRow booking)
    {
        if (await transaction.Connection!.ExecuteScalarAsync<long?>("select person from booking where id = @Id", new { booking.Id }, transaction) is not { } person)
        {
            return;
        }

        string text = BookingTexts.Fill(SmsWords.In(booking.Language).Moved, service, booking, secret is null ? "" : address.LinkOf($"/b/{secret.Text}")).TrimEnd();
        await outbox.AddAsync(transaction, new(
            SmsPurpose.Moved, $"booking:{booking.Id}:{booking.Moves}", person, booking.Language, text, service.Branch.TimeZone, Urgent: true, Now, booking.StartsAt));
        await RemindAsync(transaction, service, booking, person);
    }

    /// <summary>A reminder is put together when it is sent: one of a booking that was moved or cancelled since says nothing.</summary>
    private async Task RemindAsync(DbTransaction transaction, OfferedService service, BookingRow booking, long person)
    {
        long at = booking.StartsAt - (settings.ReminderHours * Hour);
        // Who has just booked for soon needs none.
        if (settings.ReminderHours > 0 && at > Now + Hour)
        {
            await outbox.AddAsync(transaction, new(
                SmsPurpose.Reminder, $"booking:{booking.Id}:{booking.Moves}", person, booking.Language, "", service.Branch.TimeZone, Urgent: false, at, booking.StartsAt));
        }
    }
}

/// <summary>Texts of messages about a booking, from what holds when they are sent.</summary>
internal sealed class BookingTexts(IDatabase database, OfferBook offers) : ISmsComposer
{
    public bool Knows(string subject) => subject.StartsWith("booking:", StringComparison.Ordinal);

    public async Task<string?> ComposeAsync(string purpose, string subject, string language, CancellationToken cancellation)
    {
        string[] parts = subject.Split(':');
        if (parts is not ["booking", var id, ..] || !long.TryParse(id, out long number))
        {
            return null;
        }

        BookingRow? booking = await database.ReadAsync(c => c.QuerySingleOrDefaultAsync<BookingRow>(
            $"select {BookingRow.Columns} from booking b left join person p on p.id = b.person where b.id = @number", new { number }), cancellation);
        // A reminder of before a move is none: there is another one.
        if (booking is not { State: BookingState.Booked } || (parts is [_, _, var moves] && moves != FormattableString.Invariant($"{booking.Moves}"))
            || await offers.FindAsync(booking.Branch, cancellation) is not { } branch || branch.Service(booking.Service) is not { } service)
        {
            return null;
        }

        SmsWords words = SmsWords.In(language);
        return Fill(purpose == SmsPurpose.Reminder ? words.Reminder : words.Status, service, booking with { Language = language });
    }

    public static string Fill(string text, OfferedService service, BookingRow booking, string link = "")
    {
        DateTime local = service.Calendar.LocalAt(booking.StartsAt);
        BookingWords words = BookingWords.In(booking.Language);
        return words.Say(text, LanguageChoice.Pick(service.Branch.Name, booking.Language, service.Branch.Languages), words.DateOf(local), BookingWords.TimeOf(local), booking.Number, link);
    }
}
