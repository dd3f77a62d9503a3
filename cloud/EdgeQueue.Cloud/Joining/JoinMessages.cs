using System.Data.Common;
using EdgeQueue.Cloud.Bookings.Offers;
using EdgeQueue.Cloud.Sms;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Cloud;
using EdgeQueue.Core.Contracts.Messages;

namespace EdgeQueue.Cloud.Joining;

/// <summary>What people are told about their tickets: into the outbox, in the transaction of what it is about, once for each purpose.</summary>
internal sealed class JoinMessages(SmsOutbox outbox, SmsAddress address, JoinBranches branches, TimeProvider time)
{
    private const long Minute = 60_000;

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <param name="wait">As the branch said with the ticket.</param>
    public Task JoinedAsync(DbTransaction transaction, JoinTicket ticket, string label, LiveMessage? live, ExpectedWait? wait) =>
        AddAsync(transaction, ticket, "joined", "", Joined(ticket, label, live, JoinSmsWords.In(ticket.Language).Minutes(JoinBranches.Minutes(wait))), 30 * Minute);

    /// <summary>Its answer was lost; put together when it goes, from what the branch says of it then.</summary>
    public Task JoinedLaterAsync(DbTransaction transaction, JoinTicket ticket) => AddAsync(transaction, ticket, "joined", "", "", 30 * Minute);

    public Task RefusedAsync(DbTransaction transaction, JoinTicket ticket, LiveMessage? live, string code)
    {
        JoinSmsWords words = JoinSmsWords.In(ticket.Language);
        return AddAsync(transaction, ticket, "refused", "", code switch
        {
            "away" => JoinSmsWords.Say(words.Away, NameOf(ticket, live)),
            "tooLate" => words.NotTaken,
            _ => JoinSmsWords.Say(words.Refused, NameOf(ticket, live), words.WhyNot(code)),
        }, 30 * Minute);
    }

    public Task UnsureAsync(DbTransaction transaction, JoinTicket ticket, LiveMessage? live) =>
        AddAsync(transaction, ticket, "unsure", "", JoinSmsWords.Say(JoinSmsWords.In(ticket.Language).Unsure, NameOf(ticket, live)), 10 * Minute);

    public Task LeftAsync(DbTransaction transaction, JoinTicket ticket, bool? left)
    {
        JoinSmsWords words = JoinSmsWords.In(ticket.Language);
        return AddAsync(transaction, ticket, "left", ticket.LeavePress, left switch
        {
            true => JoinSmsWords.Say(words.Left, ticket.Label),
            false => JoinSmsWords.Say(words.NotLeft, ticket.Label),
            null => words.LeaveUnsure,
        }, 10 * Minute);
    }

    public Task NearAsync(DbTransaction transaction, JoinTicket ticket, LiveMessage live, LiveVisit visit)
    {
        JoinSmsWords words = JoinSmsWords.In(ticket.Language);
        return AddAsync(transaction, ticket, "near", "", JoinSmsWords.Say(words.Near, ticket.Label, NameOf(ticket, live), words.Minutes(JoinBranches.Minutes(visit.Minutes))), 10 * Minute);
    }

    /// <summary>Put together when it goes: the counter's number is the branch's to say.</summary>
    /// <param name="call">Which: somebody who did not come may be called again.</param>
    public Task CalledAsync(DbTransaction transaction, JoinTicket ticket, long call) =>
        AddAsync(transaction, ticket, "call", FormattableString.Invariant($"{call}"), "", 3 * Minute);

    /// <summary>What STATUS is answered.</summary>
    public async Task<string> StatusAsync(JoinTicket ticket, CancellationToken cancellation)
    {
        JoinSmsWords words = JoinSmsWords.In(ticket.Language);
        if (Pending(ticket, words) is { } pending)
        {
            return pending;
        }

        return await branches.PlaceAsync(ticket, cancellation) switch
        {
            (_, { Counter: { } counter }) => JoinSmsWords.Say(words.CalledNow, ticket.Label, counter),
            (_, { Ahead: { } ahead } visit) => JoinSmsWords.Say(words.Status, ticket.Label, ahead, words.Minutes(JoinBranches.Minutes(visit.Minutes))),
            _ => JoinSmsWords.Say(words.Kept, ticket.Label),
        };
    }

    /// <summary>What there is to say of a ticket while the branch has not said which it is; null: it has.</summary>
    public static string? Pending(JoinTicket ticket, JoinSmsWords words) =>
        ticket.State is JoinState.Asking or JoinState.Unsure ? ticket.LeavePress.Length > 0 ? words.LeaveLater : words.Asking : null;

    public static string NameOf(JoinTicket ticket, LiveMessage? live) => live is null ? ticket.BranchName : LanguageChoice.Pick(live.Name, ticket.Language, []);

    public string Joined(JoinTicket ticket, string label, LiveMessage? live, string wait) => JoinSmsWords.Say(
        JoinSmsWords.In(ticket.Language).Joined, label, NameOf(ticket, live), wait, address.LinkOf("/t/" + TicketSecret.Of(ticket.Press)));

    private async Task AddAsync(DbTransaction transaction, JoinTicket ticket, string purpose, string which, string text, long useful)
    {
        // On the web the page says it.
        if (ticket.Person is { } person)
        {
            await outbox.AddAsync(transaction, new(
                purpose, which.Length > 0 ? $"{ticket.Subject}:{which}" : ticket.Subject, person, ticket.Language, text, "UTC", Urgent: true, Now, Now + useful));
        }
    }
}

/// <summary>Texts that are put together when they go.</summary>
internal sealed class JoinTexts(JoinTickets tickets, JoinMessages messages, JoinBranches branches) : ISmsComposer
{
    /// <summary>Who was called so long ago by the branch's clock is not told any more.</summary>
    private const long OldCallMs = 3 * 60_000;

    public bool Knows(string subject) => subject.StartsWith("ticket:", StringComparison.Ordinal);

    public async Task<string?> ComposeAsync(string purpose, string subject, string language, CancellationToken cancellation)
    {
        if (!long.TryParse(subject.Split(':')[1], out long id) || await tickets.FindAsync(id, cancellation) is not { State: JoinState.Open } ticket
            || await branches.PlaceAsync(ticket, cancellation) is not var (live, visit))
        {
            return null;
        }

        JoinSmsWords words = JoinSmsWords.In(language);
        return purpose switch
        {
            "call" when ticket.Counter.Length > 0 && live.At - ticket.CalledAt < OldCallMs => JoinSmsWords.Say(
                words.CalledNow, ticket.Label, live.Counters.FirstOrDefault(c => c.Counter == ticket.Counter)?.Number ?? ticket.Counter),
            "joined" => messages.Joined(ticket, ticket.Label, live, words.Minutes(JoinBranches.Minutes(visit?.Minutes))),
            _ => null,
        };
    }
}
