using System.Data.Common;
using System.Globalization;
using System.Text;
using Dapper;
using EdgeQueue.Cloud.Bookings.Offers;
using EdgeQueue.Cloud.Bookings.Words;
using EdgeQueue.Cloud.Mail;
using EdgeQueue.Cloud.Sms;
using EdgeQueue.Cloud.Storage;

namespace EdgeQueue.Cloud.Bookings;

/// <summary>Words of the key of a mail about a booking: <c>booking:17:moved:2</c>.</summary>
internal static class LetterPurpose
{
    public const string Confirmed = "confirmed";

    public const string Moved = "moved";

    public const string Cancelled = "cancelled";

    public const string Reminder = "reminder";

    public const string Rejected = "rejected";
}

/// <summary>
/// Mails about a booking: into the outbox in its own transaction, without name and address. What has a secret link in it is put together at once, because the link is in no
/// table, and the outbox forgets it when it has left; a reminder when it is sent.
/// </summary>
internal sealed class BookingLetters(IDatabase database, OfferBook offers, NoticeOutbox outbox, MailSettings settings, SmsAddress address, TimeProvider time) : ILetterComposer
{
    private const string FileName = "booking.ics";

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    public bool On => settings.On;

    /// <param name="secret">Null: nobody knows it here.</param>
    public Task AddAsync(DbTransaction transaction, string purpose, OfferedService service, BookingSecret? secret, BookingRow booking, long person)
    {
        Letter letter = Of(purpose, service, booking, secret is null ? "" : address.LinkOf($"/b/{secret.Text}"));
        return AddAsync(transaction, purpose, booking, person, letter, Now);
    }

    /// <summary>Put together when it is sent: one of a booking that was moved or cancelled since says nothing.</summary>
    public Task RemindAsync(DbTransaction transaction, BookingRow booking, long person, long at) =>
        AddAsync(transaction, LetterPurpose.Reminder, booking, person, new("", "", "", []), at);

    public bool Knows(string key) => key.StartsWith("booking:", StringComparison.Ordinal);

    public async Task<Letter?> ComposeAsync(string key, CancellationToken cancellation)
    {
        if (key.Split(':') is not ["booking", var id, LetterPurpose.Reminder, var moves] || !long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out long number))
        {
            return null;
        }

        BookingRow? booking = await database.ReadAsync(c => c.QuerySingleOrDefaultAsync<BookingRow>(
            $"select {BookingRow.Columns} from booking b left join person p on p.id = b.person where b.id = @number", new { number }), cancellation);
        return booking is { State: BookingState.Booked } && moves == booking.Moves.ToString(CultureInfo.InvariantCulture)
            && (await offers.FindAsync(booking.Branch, cancellation))?.Service(booking.Service) is { } service ? Of(LetterPurpose.Reminder, service, booking, "") : null;
    }

    /// <summary>In the language of the booking.</summary>
    public static Letter Of(string purpose, OfferedService service, BookingRow booking, string link)
    {
        var words = BookingWords.In(booking.Language);
        var mail = MailWords.In(booking.Language);
        string branch = LanguageChoice.Pick(service.Branch.Name, booking.Language, service.Branch.Languages);
        DateTime local = service.Calendar.LocalAt(booking.StartsAt);
        string headline = purpose switch
        {
            LetterPurpose.Confirmed => mail.Confirmed,
            LetterPurpose.Moved => mail.Moved,
            LetterPurpose.Cancelled => mail.Cancelled,
            LetterPurpose.Reminder => mail.Reminder,
            _ => mail.Rejected,
        };
        string officer = service.NameOfOfficer(booking, booking.Language);
        bool comes = purpose is LetterPurpose.Confirmed or LetterPurpose.Moved or LetterPurpose.Reminder;
        string notes = service.NotesIn(booking.Language);
        var text = new StringBuilder();
        Part(text, headline);
        Part(text, purpose == LetterPurpose.Rejected ? mail.RejectedNote : "");
        Part(text, $"{words.DateOf(local)}, {BookingWords.TimeOf(local)}\n{service.NameIn(booking.Language)}{(officer.Length > 0 ? "\n" + words.Say(words.With, officer) : "")}\n{branch}\n{LanguageChoice.Pick(service.Branch.Address, booking.Language, service.Branch.Languages)}".TrimEnd());
        Part(text, $"{words.Number}: {booking.Number}" + (comes ? "\n" + words.AtTheBranch : ""));
        Part(text, comes && notes.Length > 0 ? $"{words.ToPrepare}:\n{notes}" : "");
        Part(text, link.Length > 0 ? $"{mail.Link}\n{link}" : comes ? mail.OldLink : purpose == LetterPurpose.Cancelled ? words.CancelledNote : "");
        Part(text, $"{words.Say(words.TimeZoneNote, service.Branch.TimeZone)}\n{words.Say(mail.Foot, branch)}");
        // Where a booking was refused nothing belongs into a calendar.
        return purpose == LetterPurpose.Rejected
            ? new(Subject(), text.ToString().TrimEnd(), "", [])
            : new(Subject(), text.ToString().TrimEnd(), FileName, Encoding.UTF8.GetBytes(BookingCalendar.Of(service.Branch, service, booking, booking.Language, link)));

        string Subject() => $"{headline}: {words.DateOf(local)}, {BookingWords.TimeOf(local)}, {branch}";
    }

    private static void Part(StringBuilder text, string part)
    {
        if (part.Length > 0)
        {
            text.Append(part.ReplaceLineEndings("\n")).Append("\n\n");
        }
    }

    private Task AddAsync(DbTransaction transaction, string purpose, BookingRow booking, long person, Letter letter, long at) => outbox.AddAsync(transaction, new(
        FormattableString.Invariant($"booking:{booking.Id}:{purpose}:{booking.Moves}"), "person", "", letter.Subject, letter.Body, letter.FileName, letter.File, at, booking.StartsAt, Quiet: false, person));
}
