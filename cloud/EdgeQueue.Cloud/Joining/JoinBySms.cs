using System.Data.Common;
using EdgeQueue.Cloud.Ingest;
using EdgeQueue.Cloud.People;

namespace EdgeQueue.Cloud.Joining;

/// <summary>What is known before an inbound message is dealt with: what it means, and the ticket that its sender has.</summary>
/// <param name="Wish">Null: it is no JOIN.</param>
/// <param name="Status">Of the ticket, in words; ''.</param>
internal sealed record JoinKnown(JoinWish? Wish, string Language, JoinTicket? Ticket, string Status, long BranchId, string BranchName);

/// <summary>JOIN, STATUS and CANCEL of people who write to us, as far as they are about tickets.</summary>
internal sealed class JoinBySms(JoinSettings settings, JoinTickets tickets, JoinBranches branches, JoinMessages messages, BranchBook book, TimeProvider time)
{
    /// <summary>Outside of any transaction: it looks at how branches stand.</summary>
    /// <param name="join">What stands after JOIN; null: something else was written.</param>
    public async Task<JoinKnown?> LookAsync(PhoneNumber from, string? join, string? language, CancellationToken cancellation)
    {
        if (!settings.On)
        {
            return null;
        }

        JoinTicket? ticket = await tickets.OpenOfAsync(from, cancellation);
        string spoken = language ?? ticket?.Language ?? "en";
        JoinWish? wish = join is null ? null : await branches.UnderstandAsync(join, spoken, cancellation);
        (JoinBranch, Core.Contracts.Cloud.LiveMessage Live, bool)? found = wish is { Branch.Length: > 0 } ? await branches.FindAsync(wish.Branch, cancellation) : null;
        return new(
            wish, spoken, ticket, ticket is null ? "" : await messages.StatusAsync(ticket, cancellation), wish is { Branch.Length: > 0 } ? await book.BranchAsync(wish.Branch, cancellation) : 0,
            found is var (_, live, _) ? Bookings.Offers.LanguageChoice.Pick(live.Name, spoken, []) : wish?.Branch ?? "");
    }

    /// <returns>What to answer at once; null: the branch is asked, and its answer is the answer.</returns>
    public async Task<string?> JoinAsync(DbTransaction transaction, JoinKnown known, PhoneNumber from)
    {
        JoinSmsWords words = JoinSmsWords.In(known.Language);
        JoinWish wish = known.Wish!;
        // Asked again inside: two messages of one person may come at once.
        if (await tickets.OpenOfAsync(transaction, from) is { } has)
        {
            return JoinMessages.Pending(has, words) ?? JoinSmsWords.Say(words.Has, has.Label);
        }

        if (wish.Away)
        {
            return JoinSmsWords.Say(words.Away, known.BranchName);
        }

        if (wish.Service.Length == 0)
        {
            return wish.Choice.Count == 0 ? words.NoBranch : JoinSmsWords.Say(wish.Branch.Length == 0 ? words.ChooseBranch : words.ChooseService, string.Join(", ", wish.Choice));
        }

        return await tickets.WantAsync(transaction, known.BranchId, wish.Service, known.Language, from) is null ? words.Full : null;
    }

    /// <returns>What to answer at once; null: the branch is asked.</returns>
    public async Task<string?> LeaveAsync(DbTransaction transaction, JoinTicket ticket)
    {
        JoinSmsWords words = JoinSmsWords.In(ticket.Language);
        return await JoinTickets.LeaveAsync(transaction, ticket, time.GetUtcNow().ToUnixTimeMilliseconds()) switch
        {
            JoinState.Leaving => null,
            // Which ticket it is only the branch can say: it is given up as soon as it has.
            JoinState.Asking or JoinState.Unsure => words.LeaveLater,
            _ => ticket.State is JoinState.Asking or JoinState.Unsure ? words.LeaveLater : words.Asking,
        };
    }
}
