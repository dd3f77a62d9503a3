using System.Data.Common;
using Dapper;
using EdgeQueue.Cloud.Bookings;
using EdgeQueue.Cloud.Bookings.Offers;
using EdgeQueue.Cloud.Joining;
using EdgeQueue.Cloud.People;
using EdgeQueue.Cloud.Storage;

namespace EdgeQueue.Cloud.Sms;

/// <summary>
/// What people write to us. A gateway that was not answered tells it again with the same id: what it asks for, and the answer in the outbox, are one
/// transaction with that id, so it is done once.
/// </summary>
internal sealed class SmsInbox(IDatabase database, SmsOutbox outbox, BookingStore bookings, PersonStore people, OfferBook offers, JoinBySms joins, TimeProvider time)
{
    private const long Day = 86_400_000;

    /// <summary>A wish for no more messages is kept so long, unless it is taken back.</summary>
    public const long StopFor = 5 * 365 * Day;

    /// <returns>False: it was there already.</returns>
    public async Task<bool> TakeAsync(string id, PhoneNumber from, string text, CancellationToken cancellation)
    {
        var command = SmsCommand.Of(text);
        // Outside: offers and how branches stand come from connections of their own.
        IReadOnlyList<BookingRow> open = await database.WriteAsync(t => bookings.OpenOfAsync(t, from), cancellation);
        OfferedBranch? branch = open.Count > 0 ? await offers.FindAsync(open[0].Branch, cancellation) : null;
        JoinKnown? known = await joins.LookAsync(from, command.Wish == SmsWish.Join ? command.Argument : null, SmsCommand.LanguageOf(text), cancellation);
        return await database.WriteAsync(
            async transaction =>
            {
                long now = time.GetUtcNow().ToUnixTimeMilliseconds();
                if (await transaction.Connection!.ExecuteAsync(
                    "insert into sms_inbound(id, word, at) values (@id, @Word, @now) on conflict(id) do nothing", new { id, command.Word, now }, transaction) == 0)
                {
                    return false;
                }

                // In which language somebody wrote or was written to hangs on a row with the number: after STOP on the one that is kept, so that START is answered in it, too.
                string? language = SmsCommand.LanguageOf(text) ?? await SmsOutbox.LastLanguageAsync(transaction, from.Digits);
                (string? answer, string purpose, string spoken) = await AnswerAsync(transaction, command, from, branch, known, language, now);
                if (answer is not null)
                {
                    long person = command.Wish == SmsWish.Stop
                        ? await people.AddAsync(transaction, PersonStore.ForStop, "", from, now + StopFor)
                        : await people.AddAsync(transaction, "sms", "", from, now + JoinTickets.NumberKeptFor);
                    await outbox.AddAsync(transaction, new(
                        purpose, $"inbound:{id}", person, spoken, answer, branch?.Offer.TimeZone ?? "UTC", Urgent: true, now, now + Day));
                }

                return true;
            },
            cancellation);
    }

    /// <returns>No answer: it comes when the branch has answered.</returns>
    private async Task<(string? Answer, string Purpose, string Language)> AnswerAsync(
        DbTransaction transaction, SmsCommand command, PhoneNumber from, OfferedBranch? branch, JoinKnown? known, string? language, long now)
    {
        IReadOnlyList<BookingRow> open = await bookings.OpenOfAsync(transaction, from);
        BookingRow? next = open.FirstOrDefault();
        string spoken = language ?? next?.Language ?? known?.Language ?? "en";
        SmsWords words = SmsWords.In(spoken);
        OfferedService? service = next is null || next.Branch != branch?.Id ? null : branch?.Service(next.Service);
        bool stopped = await SmsOutbox.IsStoppedAsync(transaction, from.Digits);
        // After STOP a farewell alone leaves; that a cancellation was done is said with it.
        string done = stopped ? SmsPurpose.Farewell : SmsPurpose.Reply;
        switch (command.Wish)
        {
            case SmsWish.Stop:
                await transaction.Connection!.ExecuteAsync("delete from person where phone = @Digits and purpose = 'stop'", new { from.Digits }, transaction);
                return (words.Stopped, SmsPurpose.Farewell, spoken);
            case SmsWish.Start:
                await transaction.Connection!.ExecuteAsync("delete from person where phone = @Digits and purpose = 'stop'", new { from.Digits }, transaction);
                return (words.Started, SmsPurpose.Reply, spoken);
            // A ticket whose number nobody is told is a customer who is called in vain.
            case SmsWish.Join or SmsWish.Status when stopped:
                return (words.Stopped, SmsPurpose.Farewell, spoken);
            // A ticket is today's: it goes before a booking.
            case SmsWish.Status when known is { Ticket: not null }:
                return (known.Status, SmsPurpose.Reply, known.Ticket.Language);
            case SmsWish.Cancel when known is { Ticket: { } ticket }:
                return (await joins.LeaveAsync(transaction, ticket) ?? (stopped ? words.Stopped : null), done, ticket.Language);
            case SmsWish.Status:
                return (next is null || service is null ? words.NoBooking : BookingTexts.Fill(words.Status, service, next), SmsPurpose.Reply, spoken);
            case SmsWish.Cancel when open.Count > 1:
                return (words.SeveralBookings, done, spoken);
            case SmsWish.Cancel:
                return (next is not null && (await bookings.CancelAsync(transaction, service, next)).Refusal is null ? words.Cancelled : words.NoBooking, done, spoken);
            case SmsWish.Join:
                return (known is null ? JoinSmsWords.In("en").NoBranch : await joins.JoinAsync(transaction, known, from), SmsPurpose.Reply, spoken);
            default:
                return (words.NotUnderstood, SmsPurpose.Reply, spoken);
        }
    }
}
