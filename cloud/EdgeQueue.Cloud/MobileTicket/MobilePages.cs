using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using EdgeQueue.Cloud.Bookings.Offers;
using EdgeQueue.Cloud.Live;
using EdgeQueue.Cloud.Pages;
using EdgeQueue.Cloud.Web;
using EdgeQueue.Core.Contracts.Cloud;

namespace EdgeQueue.Cloud.MobileTicket;

/// <summary>A ticket on somebody's phone: the place, the expected wait, the call. Without scripts it loads itself again.</summary>
internal sealed class MobilePages(MobileTickets tickets, LiveDetails details, TicketStreams streams, TimeProvider time)
{
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    /// <summary>A secret that nobody knows (yet) is looked up so seldom, and so often before its stream ends; a browser may open it again.</summary>
    private static readonly TimeSpan UnknownPeriod = TimeSpan.FromSeconds(10);

    private const int UnknownLooks = 30;

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
            <div class="live" data-live="/t/{secret}/live?lang={words.Language}">{await PieceAsync(ticket, words, context.RequestAborted)}</div>
            <noscript><meta http-equiv="refresh" content="15"></noscript>
            <p class="bell"><button class="plain" data-bell hidden aria-pressed="false">{words.Sound}</button></p>
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

        context.Response.Headers.Location = $"/t/{secret}";
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    private async IAsyncEnumerable<SseItem<string>> WatchAsync(string hash, HttpContext context, [EnumeratorCancellation] CancellationToken gone)
    {
        string seen = "";
        MobileTicketRow? ticket = null;
        for (int looks = 0; !gone.IsCancellationRequested && (ticket is not null || looks < UnknownLooks); looks++)
        {
            // The live message is in memory; the row only says that it is over, and need not be read each second.
            if (ticket is null || looks % 3 == 0)
            {
                ticket = await tickets.FindAsync(hash, gone);
            }

            MobileWords words = WordsFor(ticket, context);
            bool over = ticket is { Ended.Length: > 0 };
            string now = over
                ? Html.Of($"<section class=\"card turn over\" data-over><p class=\"label big\">{ticket!.Label}</p><h1>{Heading(ticket, words)}</h1></section>").ToString()
                : (await PieceAsync(ticket, words, gone)).ToString();
            if (now != seen)
            {
                seen = now;
                yield return new SseItem<string>(now, "piece");
            }

            if (over)
            {
                // The page loads itself again, with the question.
                yield break;
            }

            await Task.Delay(ticket is null ? UnknownPeriod : Period, time, gone).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<Html> PieceAsync(MobileTicketRow? ticket, MobileWords words, CancellationToken cancellation)
    {
        if (ticket is null || await details.OfAsync(ticket.BranchName, cancellation) is not { } found)
        {
            return Html.Of($"""<section class="card myticket"><h1>{words.NotYet}</h1><p class="quiet">{words.NotYetNote}</p></section>""");
        }

        (LiveRow row, LiveMessage live) = found;
        LiveVisit? visit = live.Visits.FirstOrDefault(v => v.Visit == ticket.Visit);
        string service = live.Services.FirstOrDefault(s => s.Service == ticket.Service) is { } offered
            ? LanguageChoice.Pick(offered.Names, words.Language, []) : ticket.Service;
        bool there = row.IsThere(time.GetUtcNow().ToUnixTimeMilliseconds());
        Html place = visit switch
        {
            { Counter: { } counter, Serving: true } => Html.Of($"<h1>{Say(words.Serving, counter)}</h1>"),
            { Counter: { } counter } => Html.Of($"<h1 data-called>{Say(words.Called, counter)}</h1>"),
            { Ahead: { } ahead } => Html.Of($"<h1>{(ahead == 0 ? words.Next : Say(words.Ahead, ahead))}</h1><p>{Wait(visit, words)}</p>"),
            _ => Html.Of($"<p>{words.Elsewhere}</p>"),
        };
        return Html.Of($"""
            <section class="card myticket{Html.When(visit is { Counter: not null, Serving: false }, $" called")}" role="status">
            <p class="quiet">{words.YourTicket}</p><p class="label big" dir="ltr">{ticket.Label}</p><p class="quiet">{service}</p>{place}</section>
            {Html.When(!there, $"<p class=\"notice\">{words.Away}</p>")}
            """);
    }

    private static Html Ended(string secret, MobileTicketRow ticket, MobileWords words) => Html.Of($"""
        <section class="card myticket over"><p class="label big" dir="ltr">{ticket.Label}</p><h1>{Heading(ticket, words)}</h1>{Html.When(ticket.Answered > 0, $"<p role=\"status\">{words.Thanks}</p>")}</section>
        {Html.When(ticket.Ended == "Finished" && ticket.Answered == 0, $"""<section class="card"><form method="post" action="/t/{secret}/survey"><fieldset class="scale"><legend>{words.Ask}</legend>{Enumerable.Range(1, 5).Select(n => Html.Of($"<label><input type=\"radio\" name=\"score\" value=\"{n}\" required><span>{n}</span></label>"))}</fieldset><p class="ends quiet small"><span>{words.Worst}</span><span>{words.Best}</span></p><label>{words.Comment}<textarea name="comment" maxlength="500" rows="3"></textarea></label><button>{words.Send}</button></form></section>""")}
        """);

    private static string Heading(MobileTicketRow ticket, MobileWords words) => ticket.Ended switch
    {
        "Finished" => words.Over,
        "NoShow" => words.Missed,
        _ => words.Gone,
    };

    private static string Wait(LiveVisit visit, MobileWords words) => visit.Minutes switch
    {
        { P90: 0 } => words.Soon,
        { } wait => Say(words.Minutes, wait.P50, Math.Max(wait.P90, wait.P50 + 1)),
        null => words.NoTime,
    };

    private static string Say(string text, params object[] values) => string.Format(CultureInfo.InvariantCulture, text, values);

    /// <summary>The language of the ticket, unless the link says another one; the browser's while nobody knows the ticket.</summary>
    private static MobileWords WordsFor(MobileTicketRow? ticket, HttpContext context) => MobileWords.In(
        context.Request.Query["lang"].ToString() is { Length: > 0 } asked ? asked
        : ticket?.Language ?? LanguageChoice.Of(["en", "nb", "uk", "ar"], null, context.Request.Headers.AcceptLanguage.ToString()));
}
