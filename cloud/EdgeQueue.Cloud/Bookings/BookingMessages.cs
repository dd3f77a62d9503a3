using System.Data.Common;
using Dapper;
using EdgeQueue.Cloud.Bookings.Offers;
using EdgeQueue.Cloud.Bookings.Words;
using EdgeQueue.Cloud.Sms;
using EdgeQueue.Cloud.Storage;

namespace EdgeQueue.Cloud.Bookings;

/// <summary>
/// Which messages a booking makes: they go into the outboxes in its own transaction. By SMS to who gave a number; by mail to who gave an address. A reminder comes once, by mail
/// only where none goes to a phone: there is no number, or its owner wants no SMS.
/// </summary>
internal sealed class BookingMessages(SmsOutbox outbox, BookingLetters letters, SmsSettings settings, SmsAddress address, TimeProvider time)
{
    private const long Hour = 3_600_000;

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    public async Task BookedAsync(DbTransaction transaction, OfferedService service, BookingSecret secret, BookingRow booking)
    {
        Reach reach = await ReachAsync(transaction, booking);
        if (reach.Phone is { } phone)
        {
            string text = BookingTexts.Fill(SmsWords.In(booking.Language).Confirmation, service, booking, address.LinkOf($"/b/{secret.Text}"));
            await outbox.AddAsync(transaction, new(
                SmsPurpose.Confirmation, $"booking:{booking.Id}", phone, booking.Language, text, service.Branch.TimeZone, Urgent: true, Now, booking.StartsAt));
        }

        await WriteAsync(transaction, LetterPurpose.Confirmed, service, secret, booking, reach);
        await RemindAsync(transaction, service, booking, reach);
    }

    /// <summary>The branch cannot hold it: whoever has its confirmation must know.</summary>
    /// <param name="service">Null: it is not offered any more; then nobody can say when it was, and head office calls.</param>
    public async Task RejectedAsync(DbTransaction transaction, OfferedService? service, BookingRow booking)
    {
        if (service is null)
        {
            return;
        }

        Reach reach = await ReachAsync(transaction, booking);
        if (reach.Phone is { } phone)
        {
            await outbox.AddAsync(transaction, new(
                "rejected", FormattableString.Invariant($"booking:{booking.Id}:{booking.Moves}"), phone, booking.Language, BookingTexts.Fill(SmsWords.In(booking.Language).Rejected, service, booking),
                service.Branch.TimeZone, Urgent: false, Now, booking.StartsAt));
        }

        await WriteAsync(transaction, LetterPurpose.Rejected, service, null, booking, reach);
    }

    /// <param name="secret">Null: an operator moved it, who does not know the link; it stays as it is.</param>
    public async Task MovedAsync(DbTransaction transaction, OfferedService service, BookingSecret? secret, BookingRow booking)
    {
        Reach reach = await ReachAsync(transaction, booking);
        if (reach.Phone is { } phone)
        {
            string text = BookingTexts.Fill(SmsWords.In(booking.Language).Moved, service, booking, secret is null ? "" : address.LinkOf($"/b/{secret.Text}")).TrimEnd();
            await outbox.AddAsync(transaction, new(
                SmsPurpose.Moved, $"booking:{booking.Id}:{booking.Moves}", phone, booking.Language, text, service.Branch.TimeZone, Urgent: true, Now, booking.StartsAt));
        }

        await WriteAsync(transaction, LetterPurpose.Moved, service, secret, booking, reach);
        await RemindAsync(transaction, service, booking, reach);
    }

    /// <summary>By mail only: who cancels by SMS has an answer, and who cancels by the link sees it.</summary>
    public async Task CancelledAsync(DbTransaction transaction, OfferedService? service, BookingRow booking)
    {
        if (service is not null)
        {
            await WriteAsync(transaction, LetterPurpose.Cancelled, service, null, booking, await ReachAsync(transaction, booking));
        }
    }

    private Task WriteAsync(DbTransaction transaction, string purpose, OfferedService service, BookingSecret? secret, BookingRow booking, Reach reach) =>
        reach.Mail is { } mail ? letters.AddAsync(transaction, purpose, service, secret, booking, mail) : Task.CompletedTask;

    /// <summary>A reminder is put together when it is sent: one of a booking that was moved or cancelled since says nothing.</summary>
    private async Task RemindAsync(DbTransaction transaction, OfferedService service, BookingRow booking, Reach reach)
    {
        long at = booking.StartsAt - (settings.ReminderHours * Hour);
        // Who has just booked for soon needs none.
        if (settings.ReminderHours == 0 || at <= Now + Hour)
        {
            return;
        }

        if (settings.On && reach.Phone is { } phone && !(reach.WantsNoSms && reach.Mail is not null))
        {
            await outbox.AddAsync(transaction, new(
                SmsPurpose.Reminder, $"booking:{booking.Id}:{booking.Moves}", phone, booking.Language, "", service.Branch.TimeZone, Urgent: false, at, booking.StartsAt));
        }
        else if (reach.Mail is { } mail)
        {
            await letters.RemindAsync(transaction, booking, mail, at);
        }
    }

    /// <summary>The person's row, by each way on which there is an address.</summary>
    private async Task<Reach> ReachAsync(DbTransaction transaction, BookingRow booking)
    {
        (long id, string phone, string mail) = await transaction.Connection!.QuerySingleOrDefaultAsync<(long, string?, string?)>(
            "select id, phone, mail from person where id = (select person from booking where id = @Id)", new { booking.Id }, transaction) is { Item2: { } p, Item3: { } m } found ? (found.Item1, p, m) : (0, "", "");
        return new(phone.Length > 0 ? id : null, mail.Length > 0 && letters.On ? id : null, phone.Length > 0 && await SmsOutbox.IsStoppedAsync(transaction, phone));
    }

    private readonly record struct Reach(long? Phone, long? Mail, bool WantsNoSms);
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
        string branch = LanguageChoice.Pick(service.Branch.Name, booking.Language, service.Branch.Languages);
        string officer = service.NameOfOfficer(booking, booking.Language);
        return words.Say(text, officer.Length > 0 ? $"{branch}, {officer}" : branch, words.DateOf(local), BookingWords.TimeOf(local), booking.Number, link);
    }
}
