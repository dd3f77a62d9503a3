using EdgeQueue.Cloud.Bookings.Offers;
using EdgeQueue.Cloud.Bookings.Words;
using EdgeQueue.Cloud.Ingest;
using EdgeQueue.Cloud.Outside;
using EdgeQueue.Cloud.Pages;
using EdgeQueue.Cloud.People;
using EdgeQueue.Cloud.Web;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Cloud;
using EdgeQueue.Core.Contracts.Messages;

namespace EdgeQueue.Cloud.Joining;

/// <summary>A ticket on the web without paper: the branch's services, one press, and the page that follows it.</summary>
internal sealed class JoinPages(JoinSettings settings, JoinBranches branches, JoinTickets tickets, JoinDesk desk, JoinBounds bounds, BranchBook book)
{
    private const string Cookie = "eq-join";

    private const long WantedMs = 10_000;

    /// <summary>The note in the browser, milliseconds.</summary>
    public const long CookieFor = 24 * 3_600_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(6);

    public async Task<IResult> ShowAsync(string branch, HttpContext context)
    {
        if (settings.Of(branch) is not { Web: true } || !Topics.IsName(branch))
        {
            return Results.NotFound();
        }

        (JoinBranch Rules, LiveMessage Live, bool There)? found = await branches.FindAsync(branch, context.RequestAborted);
        JoinPageWords words = WordsFor(found?.Live, context);
        if (found is not { There: true } there)
        {
            return Away(branch, found?.Live, words);
        }

        if (SessionOf(context) is not { } session)
        {
            context.Response.Cookies.Append(Cookie, Secret.New(Secret.ShortBytes).Text, new CookieOptions
            {
                HttpOnly = true, Secure = context.Request.IsHttps, SameSite = SameSiteMode.Lax, Path = "/join", MaxAge = TimeSpan.FromMilliseconds(CookieFor), IsEssential = true,
            });
        }
        else if (await tickets.OfSessionAsync(session, branch, context.RequestAborted) is { State: not (JoinState.Refused or JoinState.Over) })
        {
            return See($"/join/{branch}/ticket?lang={words.Language}", context);
        }

        return Choice(context, branch, there.Rules, there.Live, words, null);
    }

    public async Task<IResult> TakeAsync(string branch, HttpContext context)
    {
        if (settings.Of(branch) is not { Web: true } || !Topics.IsName(branch))
        {
            return Results.NotFound();
        }

        if (!context.Request.HasFormContentType)
        {
            return Results.StatusCode(415);
        }

        IFormCollection form = await context.Request.ReadFormAsync(context.RequestAborted);
        (JoinBranch Rules, LiveMessage Live, bool There)? found = await branches.FindAsync(branch, context.RequestAborted);
        JoinPageWords words = WordsFor(found?.Live, context, form["lang"].ToString());
        if (found is not { There: true } there)
        {
            return Away(branch, found?.Live, words);
        }

        string? fault = there.Live.Services.Any(s => s.Service == form["service"] && there.Rules.Offers(s.Service)) ? FarFault(there.Rules, form, words) : words.Nothing;
        if (fault is null && SessionOf(context) is null)
        {
            fault = words.Cookie;
        }

        if (fault is not null)
        {
            return Choice(context, branch, there.Rules, there.Live, words, fault, 409);
        }

        string session = SessionOf(context)!;
        if (await tickets.OfSessionAsync(session, branch, context.RequestAborted) is not { State: not (JoinState.Refused or JoinState.Over) })
        {
            if (!bounds.TryTake(ClientAddress.Bucket(context)))
            {
                return Choice(context, branch, there.Rules, there.Live, words, words.TooMany, 429);
            }

            if (await tickets.WantAsync(branch, await book.BranchAsync(branch, context.RequestAborted), form["service"].ToString(), words.Language, session, WantedMs, context.RequestAborted) is not { } ticket)
            {
                return Choice(context, branch, there.Rules, there.Live, words, words.Full, 409);
            }

            // Whoever goes away now has asked all the same: it is finished without them.
            await desk.AskAsync(ticket, Patience, CancellationToken.None);
        }

        return See($"/join/{branch}/ticket?lang={words.Language}", context);
    }

    /// <summary>Where the browser's ticket is, until there is one to follow.</summary>
    public async Task<IResult> TicketAsync(string branch, HttpContext context)
    {
        if (!Topics.IsName(branch) || SessionOf(context) is not { } session || await tickets.OfSessionAsync(session, branch, context.RequestAborted) is not { } ticket)
        {
            return Topics.IsName(branch) ? See($"/join/{branch}", context) : Results.NotFound();
        }

        LiveMessage? live = (await branches.FindAsync(branch, context.RequestAborted))?.Live;
        JoinPageWords words = WordsFor(live, context);
        return ticket.State switch
        {
            JoinState.Open or JoinState.Leaving or JoinState.Over when ticket.Visit >= 0 => See($"/t/{TicketSecret.Of(ticket.Press)}?lang={words.Language}", context),
            JoinState.Refused => new Page(words.Refused, Html.Of($"""
                {Head(branch, live, words)}<section class="card message"><h1>{words.Refused}</h1><p>{Why(ticket, words)}</p><p><a class="button" href="/join/{branch}?lang={words.Language}">{words.Again}</a></p></section>
                """), Audience.Customer, words.Language),
            _ => new Page(words.Asking, Html.Of($"""
                {Head(branch, live, words)}<section class="card message" role="status"><h1>{words.Asking}</h1><p>{(ticket.State == JoinState.Unsure ? words.Unsure : words.AskingNote)}</p></section>
                <meta http-equiv="refresh" content="3">
                """), Audience.Customer, words.Language),
        };
    }

    private static string Why(JoinTicket ticket, JoinPageWords words) => ticket.Reason switch
    {
        "away" => words.AwayNote,
        "tooLate" => words.TooLate,
        _ => JoinSmsWords.In(words.Language).WhyNot(ticket.Reason),
    };

    private static Page Choice(HttpContext context, string branch, JoinBranch rules, LiveMessage live, JoinPageWords words, string? fault, int status = 200)
    {
        if (rules.Radius > 0)
        {
            SecurityHeaders.AllowPlace(context);
        }

        LiveService[] services = [.. live.Services.Where(s => rules.Offers(s.Service))];
        return new(words.Title, Html.Of($"""
            {Head(branch, live, words)}
            <h1>{words.Choose}</h1>
            {Html.When(fault is not null, $"<p class=\"notice\" role=\"alert\">{fault}</p>")}
            {(services.Length == 0 ? Html.Of($"<section class=\"card empty\"><p>{words.Nothing}</p></section>") : Html.Of($"""
            <form method="post" action="/join/{branch}"{Html.When(rules.Radius > 0, $" data-place")}><input type="hidden" name="lang" value="{words.Language}">
            <div class="list">{services.Select(s => Html.Of($"<button class=\"card row take\" name=\"service\" value=\"{s.Service}\"><b>{LanguageChoice.Pick(s.Names, words.Language, [])}</b><span class=\"quiet\">{Wait(s, words)}</span></button>"))}</div></form>
            """))}
            <p class="quiet small">{words.Note}</p>
            {PrivacyPage.Link(words.Language)}
            """), Audience.Customer, words.Language, null, status, rules.Radius > 0 ? ["place.js"] : []);
    }

    private static string Wait(LiveService service, JoinPageWords words) => (JoinBranches.Minutes(service.Minutes), service.Waiting) switch
    {
        ({ To: > 1 } wait, _) => JoinSmsWords.Say(words.Wait, wait.From, wait.To),
        ({ }, _) => words.Soon,
        (null, 0) => words.NotKnown,
        (null, var waiting) => JoinSmsWords.Say(words.Waiting, waiting),
    };

    private static Page Away(string branch, LiveMessage? live, JoinPageWords words) => new(
        words.Away, Html.Of($"{Head(branch, live, words)}<section class=\"card message\"><h1>{words.Away}</h1><p>{words.AwayNote}</p></section>"), Audience.Customer, words.Language, Status: 503);

    private static Html Head(string branch, LiveMessage? live, JoinPageWords words) => Html.Of($"""
        <header class="place"><p><a href="/join/{branch}?lang={words.Language}">{(live is null ? branch : LanguageChoice.Pick(live.Name, words.Language, []))}</a></p>
        {Html.When(live?.Name.Count > 1, $"<nav class=\"languages\" aria-label=\"{words.LanguageName}\">{Spoken(live).Select(l => Html.Of($"<a href=\"/join/{branch}?lang={l}\" hreflang=\"{l}\" lang=\"{l}\"{Html.When(l == words.Language, $" aria-current=\"true\"")}>{BookingWords.NameOf(l)}</a>"))}</nav>")}</header>
        """);

    /// <summary>Null: near enough, or it does not matter. The place is compared and not kept.</summary>
    private static string? FarFault(JoinBranch rules, IFormCollection form, JoinPageWords words) => rules is not { Radius: > 0, Place: { } place } ? null
        : GeoPlace.Of(form["latitude"].ToString(), form["longitude"].ToString()) is not { } here ? words.Where
        : here.MetresTo(place) > rules.Radius ? words.Far
        : null;

    /// <summary>Null: the browser has none (yet).</summary>
    private static string? SessionOf(HttpContext context) => Secret.Of(context.Request.Cookies[Cookie], Secret.ShortBytes)?.Hash;

    private static IEnumerable<string> Spoken(LiveMessage? live) => live is { Name.Count: > 0 } ? live.Name.Keys : ["en"];

    private static JoinPageWords WordsFor(LiveMessage? live, HttpContext context, string asked = "") => JoinPageWords.In(LanguageChoice.Of(
        [.. Spoken(live)], asked.Length > 0 ? asked : context.Request.Query["lang"].ToString(), context.Request.Headers.AcceptLanguage.ToString()));

    private static IResult See(string path, HttpContext context)
    {
        context.Response.Headers.Location = path;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }
}
