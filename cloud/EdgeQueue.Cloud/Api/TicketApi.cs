using EdgeQueue.Cloud.Accounts.Audit;
using EdgeQueue.Cloud.Bookings.Offers;
using EdgeQueue.Cloud.Live;
using EdgeQueue.Cloud.Outside;
using EdgeQueue.Core.Contracts.Cloud;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Cloud.Api;

/// <summary>A ticket taken by a program, and given up again. The branch decides.</summary>
internal sealed class TicketApi(BranchApi branches, BranchCommands commands, AuditTrail audit, TimeProvider time)
{
    /// <summary>New for each ticket, chosen by the program; sent again, it is the same ticket.</summary>
    public const string Header = "Idempotency-Key";

    public const int LongestIdempotencyKey = 100;

    /// <summary>A program waits so long; afterwards the hub refuses what comes.</summary>
    private static readonly TimeSpan Wanted = TimeSpan.FromSeconds(8);

    public async Task<IResult> TakeAsync(KeyInUse key, string branch, string? chosen, TakeTicket body, HttpContext context)
    {
        if (IdOf(key, "take " + branch, chosen) is not { } id)
        {
            return NoKey;
        }

        if (await branches.FindAsync(key, branch, context.RequestAborted) is not var (row, live))
        {
            return ApiFault.NoBranch;
        }

        if (FaultOf(body, live) is { } fault)
        {
            return ApiFault.Wrong(fault);
        }

        if (!row.IsThere(time.GetUtcNow().ToUnixTimeMilliseconds()))
        {
            return ApiFault.Refused("notConnected", "The branch is not connected just now. Nothing was done.");
        }

        await audit.NoteAsync(context, Deeds.Changed, $"branch {branch}, a ticket taken");
        ReplyMessage? reply = await commands.AskAsync(branch, id, new IssueTicket(id, body.Service!, null, body.Language, null, default), Wanted, context.RequestAborted);
        return reply switch
        {
            null => NotKnown,
            { Refusal: { } refusal } => ApiFault.ByBranch(refusal),
            { Ticket: { } ticket } => TypedResults.Created(
                $"/api/v1/branches/{branch}/tickets/{Uri.EscapeDataString(ticket.Label)}",
                new TakenTicket(branch, ticket.Visit, ticket.Label, ticket.Service, ticket.Ahead, ticket.ExpectedMinutes?.P50, ticket.ExpectedMinutes?.P90, ticket.Link)),
            _ => NotKnown,
        };
    }

    public async Task<IResult> LeaveAsync(KeyInUse key, string branch, long visit, string? chosen, HttpContext context)
    {
        if (IdOf(key, FormattableString.Invariant($"leave {branch} {visit}"), chosen) is not { } id)
        {
            return NoKey;
        }

        if (await branches.FindAsync(key, branch, context.RequestAborted) is not var (row, _))
        {
            return ApiFault.NoBranch;
        }

        if (!row.IsThere(time.GetUtcNow().ToUnixTimeMilliseconds()))
        {
            return ApiFault.Refused("notConnected", "The branch is not connected just now. Nothing was done.");
        }

        await audit.NoteAsync(context, Deeds.Changed, FormattableString.Invariant($"branch {branch}, visit {visit} leaves"));
        ReplyMessage? reply = await commands.AskAsync(branch, id, new CancelVisit(visit, "left", default), Wanted, context.RequestAborted);
        return reply switch
        {
            null => NotKnown,
            { Refusal: { } refusal } => ApiFault.ByBranch(refusal),
            _ => Results.NoContent(),
        };
    }

    /// <returns>Null: nothing is wrong with it.</returns>
    internal static string? FaultOf(TakeTicket body, LiveMessage live)
    {
        string[] languages = [.. live.Name.Keys.Concat(live.Services.SelectMany(s => s.Names.Keys)).Distinct()];
        return live.Services.Count == 0 ? "The branch has no services just now."
            : live.Services.All(s => s.Service != body.Service) ? $"'service' is one of: {string.Join(", ", live.Services.Select(s => s.Service))}."
            : body.Language is { } language && languages.Length > 0 && !LanguageChoice.Speaks(languages, language) ? $"'language' is one of: {string.Join(", ", languages)}; or it is left out."
            : null;
    }

    private static IResult NoKey => ApiFault.Wrong($"The header {Header} is needed: 1 to {LongestIdempotencyKey} characters that are new for each ticket. Sent again, it is the same ticket.");

    /// <summary>It may have had its effect.</summary>
    private static IResult NotKnown => Results.Problem(
        "The branch did not answer in time, so nobody knows whether it was done. Send the same again, with the same Idempotency-Key: it is done once at most.", statusCode: 504, title: "Not known");

    /// <summary>
    /// The hub knows commands by 128 bits, and makes a ticket's link of them: an HMAC by the API key itself, which nobody else has, of what is asked for and what the program chose.
    /// </summary>
    internal static string? IdOf(KeyInUse key, string what, string? chosen) =>
        chosen is { Length: > 0 and <= LongestIdempotencyKey }
            ? Convert.ToHexStringLower(key.Derive($"{what}\n{chosen}").AsSpan(0, 16)) : null;
}
