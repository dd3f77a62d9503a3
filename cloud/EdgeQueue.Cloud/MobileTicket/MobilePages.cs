using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using EdgeQueue.Cloud.Bookings.Offers;
using EdgeQueue.Cloud.Pages;
using EdgeQueue.Cloud.People;
using EdgeQueue.Cloud.Web;

namespace EdgeQueue.Cloud.MobileTicket;

/// <summary>A ticket on somebody's phone: the place, the expected wait, the call. Without scripts it loads itself again.</summary>
internal sealed class MobilePages(MobileTickets tickets, TicketPiece piece, TicketFeeds feeds, TicketWishes wishes, TicketStreams streams, TimeProvider time)
{
    /// <summary>A stream of a secret that nobody knows ends after so long; a browser may open it again.</summary>
    private static readonly TimeSpan UnknownFor = TimeSpan.FromMinutes(5);

    public async Task<IResult> ShowAsync(string secret, HttpContext context)
    {
        if (MobileTickets.HashOf(secret) is not { } hash)
        {
            return Results.NotFound();
        }

        MobileTicketRow? ticket = await tickets.FindAsync(hash, context.RequestAborted);
        MobileWords words = WordsFor(ticket, context);
        string title = ticket?.Label ?? words.NotYet;
        if (ticket is { Ended.Length: > 0 })
        {
            return new Page(title, Ended(secret, ticket, words), Audience.Customer, words.Language);
        }

        return new Page(title, Html.Of($"""
            {TicketWishes.Notice(context.Request.Query["said"].ToString(), words)}
            <div class="live" data-live="/t/{secret}/live?lang={words.Language}">{await piece.OfAsync(ticket, words.Language, context.RequestAborted)}</div>
            <noscript><meta http-equiv="refresh" content="15"></noscript>
            {(context.Request.Query["said"] == "left" ? Html.Empty : await wishes.ButtonsAsync(ticket, secret, words, context.RequestAborted))}
            <p class="bell"><button class="plain" data-bell hidden aria-pressed="false">{words.Sound}</button></p>
            {PrivacyPage.Link(words.Language)}
            """), Audience.Customer, words.Language, null, 200, "live.js", "ticket.js");
    }

    public IResult Live(string secret, HttpContext context)
    {
        if (MobileTickets.HashOf(secret) is not { } hash)
        {
            return Results.NotFound();
        }

        string client = ClientAddress.Bucket(context);
        if (!streams.TryOpen(client))
        {
            return Results.Problem("Too many phones follow their tickets here; the page loads itself again.", statusCode: 503);
        }

        // Also when the answer is never begun.
        context.Response.OnCompleted(() =>
        {
            streams.Close(client);
            return Task.CompletedTask;
        });
        return TypedResults.ServerSentEvents(WatchAsync(hash, context, context.RequestAborted));
    }

    public async Task<IResult> AnswerAsync(string secret, HttpContext context)
    {
        if (MobileTickets.HashOf(secret) is not { } hash || await tickets.FindAsync(hash, context.RequestAborted) is not { Ended: "Finished" } ticket)
        {
            return Results.NotFound();
        }

        if (!context.Request.HasFormContentType)
        {
            return Results.StatusCode(415);
        }

        IFormCollection form = await context.Request.ReadFormAsync(context.RequestAborted);
        if (int.TryParse(form["score"], NumberStyles.None, CultureInfo.InvariantCulture, out int score) && score is >= 1 and <= 5)
        {
            string comment = string.Concat(form["comment"].ToString().Trim().Where(c => !char.IsControl(c) || c == '\n'));
            await tickets.AnswerAsync(hash, ticket, score, comment, context.RequestAborted);
        }

        context.Response.Headers.Location = form["lang"].ToString() is { Length: > 0 } language ? $"/t/{secret}?lang={MobileWords.In(language).Language}" : $"/t/{secret}";
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    /// <summary>"I leave", or "I need more time".</summary>
    public async Task<IResult> WishAsync(string secret, bool leave, HttpContext context)
    {
        if (MobileTickets.HashOf(secret) is not { } hash || await tickets.FindAsync(hash, context.RequestAborted) is not { } ticket)
        {
            return Results.NotFound();
        }

        if (!context.Request.HasFormContentType)
        {
            return Results.StatusCode(415);
        }

        IFormCollection form = await context.Request.ReadFormAsync(context.RequestAborted);
        string press = form["press"].ToString();
        string said = ticket.Ended.Length > 0 ? "no" : leave ? await wishes.LeaveAsync(ticket, hash) : press.Length is > 0 and <= 64 ? await wishes.MoreTimeAsync(ticket, press) : "no";
        context.Response.Headers.Location = $"/t/{secret}?said={said}&lang={MobileWords.In(form["lang"].ToString()).Language}";
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    private async IAsyncEnumerable<SseItem<string>> WatchAsync(string hash, HttpContext context, [EnumeratorCancellation] CancellationToken gone)
    {
        MobileTicketRow? ticket = await tickets.FindAsync(hash, gone);
        string language = WordsFor(ticket, context).Language;
        TicketFeed feed = feeds.Enter(hash, language, ticket);
        try
        {
            long began = time.GetTimestamp();
            for (string seen = ""; !gone.IsCancellationRequested && (feed.Ticket is not null || time.GetElapsedTime(began) < UnknownFor);)
            {
                (string now, Task next) = feeds.Look(feed);
                if (now != seen && now.Length > 0)
                {
                    seen = now;
                    yield return new SseItem<string>(now, "piece");
                }

                if (feed.IsOver && now.Contains("data-over", StringComparison.Ordinal))
                {
                    yield break;
                }

                await next.WaitAsync(UnknownFor, time, gone).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
        finally
        {
            feeds.Leave(feed);
        }
    }

    private static Html Ended(string secret, MobileTicketRow ticket, MobileWords words) => Html.Of($"""
        <section class="card myticket over"><p class="label big" dir="ltr">{ticket.Label}</p><h1>{TicketPiece.Heading(ticket, words)}</h1>{Html.When(ticket.Answered > 0, $"<p role=\"status\">{words.Thanks}</p>")}</section>
        {Html.When(ticket.Ended == "Finished" && ticket.Answered == 0, $"""<section class="card"><form method="post" action="/t/{secret}/survey"><input type="hidden" name="lang" value="{words.Language}"><fieldset class="scale"><legend>{words.Ask}</legend>{Enumerable.Range(1, 5).Select(n => Html.Of($"<label><input type=\"radio\" name=\"score\" value=\"{n}\" required><span>{n}</span></label>"))}</fieldset><p class="ends quiet small"><span>{words.Worst}</span><span>{words.Best}</span></p><label>{words.Comment}<textarea name="comment" maxlength="500" rows="3"></textarea></label><button>{words.Send}</button></form></section>""")}
        {PrivacyPage.Link(words.Language)}
        """);

    /// <summary>The language of the ticket, unless the link says another one; the browser's while nobody knows the ticket.</summary>
    private static MobileWords WordsFor(MobileTicketRow? ticket, HttpContext context) => MobileWords.In(
        context.Request.Query["lang"].ToString() is { Length: > 0 } asked ? asked
        : ticket?.Language ?? LanguageChoice.Of(["en", "nb", "uk", "ar"], null, context.Request.Headers.AcceptLanguage.ToString()));
}
