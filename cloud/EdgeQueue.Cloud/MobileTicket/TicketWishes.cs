using EdgeQueue.Cloud.Live;
using EdgeQueue.Cloud.Outside;
using EdgeQueue.Cloud.Pages;
using EdgeQueue.Core.Contracts.Cloud;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Cloud.MobileTicket;

/// <summary>"I leave" and "I need more time" on a ticket's page: the branch is asked, and what came of it is said.</summary>
internal sealed class TicketWishes(BranchCommands commands, LiveDetails details, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    /// <summary>What can be said of it, as it stands in the link afterwards.</summary>
    public static readonly IReadOnlyList<string> Said = ["left", "more", "away", "unknown", "called", "had", "no"];

    /// <returns>One of <see cref="Said"/>.</returns>
    public async Task<string> LeaveAsync(MobileTicketRow ticket, string hash) =>
        await AskAsync(ticket, BranchCommands.IdOf("leave " + hash), new CancelVisit(ticket.Visit, "left by phone", default, ticket.Label), "left");

    /// <param name="press">Of the page: pressed twice it is one wish.</param>
    public async Task<string> MoreTimeAsync(MobileTicketRow ticket, string press) =>
        await AskAsync(ticket, BranchCommands.IdOf(FormattableString.Invariant($"more {ticket.Branch} {ticket.Visit} {press}")), new Postpone(ticket.Visit, default, ticket.Label), "more");

    /// <summary>The two buttons, while they are of use.</summary>
    public async Task<Html> ButtonsAsync(MobileTicketRow? ticket, string secret, MobileWords words, CancellationToken cancellation)
    {
        if (ticket is not { Ended: "" } || await details.OfAsync(ticket.BranchName, cancellation) is not var (_, live))
        {
            return Html.Empty;
        }

        return Html.Of($"""
            <div class="wishes">{Html.When(live.MoreMinutes is not null, $"<form method=\"post\" action=\"/t/{secret}/more\"><input type=\"hidden\" name=\"lang\" value=\"{words.Language}\"><input type=\"hidden\" name=\"press\" value=\"{BranchCommands.NewId()}\"><button class=\"plain\">{TicketPiece.Say(words.MoreTime, live.MoreMinutes ?? 0)}</button></form>")}
            <details><summary>{words.Leave}</summary><form method="post" action="/t/{secret}/leave"><input type="hidden" name="lang" value="{words.Language}"><p class="small">{words.LeaveNote}</p><button class="danger">{words.LeaveYes}</button></form></details></div>
            """);
    }

    public static Html Notice(string said, MobileWords words) => said switch
    {
        "left" => Html.Of($"<p class=\"notice good\" role=\"status\">{words.Left}</p>"),
        "more" => Html.Of($"<p class=\"notice good\" role=\"status\">{words.MoreDone}</p>"),
        "away" => Html.Of($"<p class=\"notice\" role=\"alert\">{words.WishAway}</p>"),
        "unknown" => Html.Of($"<p class=\"notice\" role=\"alert\">{words.WishUnknown}</p>"),
        "called" => Html.Of($"<p class=\"notice\" role=\"alert\">{words.WishCalled}</p>"),
        "had" => Html.Of($"<p class=\"notice\" role=\"alert\">{words.WishHad}</p>"),
        "no" => Html.Of($"<p class=\"notice\" role=\"alert\">{words.WishNo}</p>"),
        _ => Html.Empty,
    };

    private async Task<string> AskAsync(MobileTicketRow ticket, string id, Command command, string done)
    {
        if (await details.OfAsync(ticket.BranchName, CancellationToken.None) is not var (row, _) || !row.IsThere(time.GetUtcNow().ToUnixTimeMilliseconds()))
        {
            return "away";
        }

        // Whoever goes away now has asked all the same.
        return await commands.AskAsync(ticket.BranchName, id, command, Patience, CancellationToken.None) switch
        {
            null => "unknown",
            { Refusal: null } => done,
            { Refusal.Code: "atCounter" or "notWaiting" } => "called",
            { Refusal.Code: "hadMoreTime" } => "had",
            _ => "no",
        };
    }
}
