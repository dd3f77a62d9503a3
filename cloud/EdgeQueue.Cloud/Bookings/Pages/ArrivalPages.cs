using System.Globalization;
using EdgeQueue.Cloud.Bookings.Offers;
using EdgeQueue.Cloud.Bookings.Words;
using EdgeQueue.Cloud.Live;
using EdgeQueue.Cloud.MobileTicket;
using EdgeQueue.Cloud.Outside;
using EdgeQueue.Cloud.Pages;
using EdgeQueue.Cloud.Web;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Cloud.Bookings.Pages;

/// <summary>
/// Checking in by the booking's page: the browser says where it is, that is compared with the branch's place and forgotten, and the branch is asked for the ticket by the booking's
/// own code. The branch decides; what is looked at here is only whether it is worth asking.
/// </summary>
internal sealed class ArrivalPages(BranchCommands commands, LiveDetails live, MobileSettings mobile, TimeProvider time)
{
    private const long Minute = 60_000;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    /// <summary>Of the booking's page, with the scripts that it needs; nothing where it is switched off or the time is over.</summary>
    public (Html Section, string[] Scripts) Section(FoundBooking found, HttpContext context)
    {
        if (found.Service is null || found.Branch.Offer.CheckIn is not { } rules || Now > found.Booking.StartsAt + (rules.LateMinutes * Minute))
        {
            return (Html.Empty, []);
        }

        var words = ArrivalWords.In(found.Language);
        long opens = found.Booking.StartsAt - (rules.EarlyMinutes * Minute);
        if (Now < opens)
        {
            return (Html.Of($"<p class=\"quiet\">{string.Format(CultureInfo.InvariantCulture, words.Opens, When(found, opens))}</p>"), []);
        }

        if (!rules.Anywhere)
        {
            SecurityHeaders.AllowPlace(context);
        }

        return (Html.Of($"""
            <section class="card here"><h2>{words.Heading}</h2>
            {Html.When(!rules.Anywhere, $"<noscript><p>{words.NoScript}</p></noscript>")}
            <form method="post" action="/b/{found.Secret.Text}/here?lang={found.Language}"{Html.When(!rules.Anywhere, $" data-place hidden")}>
            <button>{words.Button}</button>{Html.When(!rules.Anywhere, $"<p class=\"quiet small\">{words.PlaceNote}</p>")}</form></section>
            """), rules.Anywhere ? [] : ["place.js"]);
    }

    public async Task<IResult> HereAsync(FoundBooking found, HttpContext context)
    {
        var words = ArrivalWords.In(found.Language);
        if (found.Branch.Offer.CheckIn is not { } rules || found.Booking.State is BookingState.Held or BookingState.Cancelled)
        {
            return Results.NotFound();
        }

        if (!context.Request.HasFormContentType)
        {
            return Results.StatusCode(415);
        }

        long opens = found.Booking.StartsAt - (rules.EarlyMinutes * Minute);
        if (Now < opens)
        {
            return Refused(found, words, string.Format(CultureInfo.InvariantCulture, words.TooEarly, When(found, opens)), 409);
        }

        if (!rules.Anywhere && FarFault(rules, await context.Request.ReadFormAsync(context.RequestAborted), words) is { } far)
        {
            return Refused(found, words, far, 409);
        }

        string branch = found.Branch.Offer.Branch;
        if (await live.OfAsync(branch, context.RequestAborted) is not var (row, _) || !row.IsThere(Now))
        {
            return Refused(found, words, words.Away, 503);
        }

        string press = PressOf(found.Secret);
        // In the language of the booking: the same press is the same command, whatever language the page has the second time.
        ReplyMessage? reply = await commands.AskAsync(
            branch, press, new CheckIn(press, CheckInBy.Token, found.Secret.CheckInToken, found.Booking.Language, default), Patience, context.RequestAborted);
        return reply switch
        {
            { Ticket: { } ticket } => Done(found, words, ticket.Label, mobile.Allows(branch) ? $"/t/{TicketSecret.Of(press)}?lang={found.Language}" : ""),
            { Refusal: { } refusal } => Refused(found, words, words.WhyNot(refusal), 409),
            _ => Refused(found, words, words.Unsure, 503),
        };
    }

    /// <summary>Null: near enough.</summary>
    internal static string? FarFault(LinkCheckIn rules, IFormCollection form, ArrivalWords words)
    {
        if (rules.Place is not { } branch || GeoPlace.Of(form["latitude"].ToString(), form["longitude"].ToString()) is not { } here)
        {
            return words.NoPlace;
        }

        return here.IsNear(branch, rules.RadiusMetres, form["accuracy"].ToString())
            ? null : string.Format(CultureInfo.InvariantCulture, words.Far, Distance(here.MetresTo(branch)));
    }

    /// <summary>As people say it: it is not exact anyway.</summary>
    private static string Distance(double metres) => metres < 1_000
        ? string.Create(CultureInfo.InvariantCulture, $"{Math.Ceiling(metres / 50) * 50:0} m") : string.Create(CultureInfo.InvariantCulture, $"{metres / 1_000:0.0} km");

    /// <summary>One for each booking, and nobody guesses it who has not the link: the ticket's own link is made from it.</summary>
    private static string PressOf(BookingSecret secret) => BranchCommands.IdOf("check-in by link " + secret.Text);

    private static Page Done(FoundBooking found, ArrivalWords words, string label, string link) => BookingFrame.Of(found.Words, found.Words.Arrived, Html.Of($"""
        {Head(found)}
        <h1>{found.Words.Arrived}</h1>
        <section class="card accent"><h2>{words.Ticket}</h2><p class="number" dir="ltr">{label}</p><p>{found.Words.ArrivedNote}</p></section>
        {Html.When(link.Length > 0, $"<div class=\"actions\"><a class=\"button\" href=\"{link}\">{words.Follow}</a></div>")}
        """));

    private static Page Refused(FoundBooking found, ArrivalWords words, string sentence, int status) => BookingFrame.Of(found.Words, words.Heading, Html.Of($"""
        {Head(found)}
        <h1>{words.Heading}</h1>
        <p class="notice" role="alert">{sentence}</p>
        <section class="card"><h2>{found.Words.Number}</h2><p class="number" dir="ltr">{found.Booking.Number}</p></section>
        <p><a class="button plain" href="/b/{found.Secret.Text}?lang={found.Language}">{words.Back}</a></p>
        """), status);

    private static Html Head(FoundBooking found) => BookingFrame.Head(found.Branch, found.Words, found.Language, $"/b/{found.Secret.Text}");

    private string When(FoundBooking found, long at)
    {
        if (found.Service is not { } service)
        {
            return "";
        }

        DateTime local = service.Calendar.LocalAt(at);
        return service.Calendar.DateAt(at) == service.Calendar.DateAt(Now) ? BookingWords.TimeOf(local) : $"{found.Words.DateOf(local)}, {BookingWords.TimeOf(local)}";
    }
}
