using EdgeQueue.Cloud.Bookings.Offers;
using EdgeQueue.Cloud.Bookings.Words;
using EdgeQueue.Cloud.Pages;
using EdgeQueue.Cloud.People;
using EdgeQueue.Cloud.Start;

namespace EdgeQueue.Cloud.Bookings.Pages;

/// <summary>What a booking's link leads to: the form while it is held, then the booking with all that can be done with it.</summary>
internal sealed class BookingPages(OfferBook offers, BookingStore bookings, HoldPages holds, ChoosePages choices, ArrivalPages arrivals, ClientBounds bounds, PrivacyPage privacy, CloudSettings cloud, TimeProvider time)
{
    public Task<IResult> ShowAsync(string secret, HttpContext context) => WithAsync(secret, context, (found, _) => Task.FromResult(
        found.Booking.State == BookingState.Held && found.Service is not null
            ? holds.Form(found.Branch, found.Service, found.Booking, found.Secret.Text, found.Language)
            : Show(found, context)));

    /// <summary>"I am here."</summary>
    public Task<IResult> HereAsync(string secret, HttpContext context) => WithAsync(secret, context, (found, _) => arrivals.HereAsync(found, context));

    public Task<IResult> BookAsync(string secret, HttpContext context) => WithAsync(secret, context, async (found, _) =>
        found.Service is null || !context.Request.HasFormContentType ? Results.StatusCode(415)
        : found.Booking.State == BookingState.Held ? await holds.BookAsync(found.Branch, found.Service, found.Booking, found.Secret, context)
        : HoldPages.SeeOther(context, $"/b/{found.Secret.Text}"));

    public Task<IResult> AskCancelAsync(string secret, HttpContext context) => WithAsync(secret, context, (found, words) => Task.FromResult(
        !found.CanChange(Now) ? Show(found, context) : BookingFrame.Of(words, words.CancelTitle, Html.Of($"""
            {BookingFrame.Head(found.Branch, words, found.Language, $"/b/{found.Secret.Text}/cancel")}
            <h1>{words.CancelTitle}</h1>
            <section class="card accent">{BookingFrame.Summary(found.Branch, found.Service, words, found.Language, found.Booking.StartsAt, found.Booking.Service, With(found))}</section>
            <p>{words.CancelAsk}</p>
            <form method="post" action="/b/{found.Secret.Text}/cancel"><input type="hidden" name="lang" value="{found.Language}"><button class="danger">{words.CancelYes}</button>
            <a class="button plain" href="/b/{found.Secret.Text}?lang={found.Language}">{words.Keep}</a></form>
            """))));

    public Task<IResult> CancelAsync(string secret, HttpContext context) => WithAsync(secret, context, async (found, words) =>
    {
        if ((await bookings.CancelAsync(found.Service, found.Secret, context.RequestAborted)).Refusal is { } refusal)
        {
            return BookingFrame.Of(words, words.CancelTitle, Html.Of($"{BookingFrame.Notice(words, refusal)}{Back(found)}"), 409);
        }

        bounds.Ended(found.Secret.Hash);
        return HoldPages.SeeOther(context, $"/b/{found.Secret.Text}?lang={found.Language}");
    });

    public Task<IResult> AskMoveAsync(string secret, HttpContext context) => WithAsync(secret, context, async (found, words) =>
        found.Service is null || !found.CanChange(Now)
            ? Show(found, context)
            : BookingFrame.Of(words, words.MoveTitle, Html.Of($"""
                {BookingFrame.Head(found.Branch, words, found.Language, $"/b/{found.Secret.Text}/move")}
                <h1>{words.MoveTitle}</h1>
                <p>{words.Say(words.MoveNote, When(found, words))}</p>
                {await choices.TimesAsync(found.Service, words, found.Language, context, $"/b/{found.Secret.Text}/move", $"/b/{found.Secret.Text}/move", Chosen(found.Booking))}
                {Keep(found, words)}
                """)));

    public Task<IResult> MoveAsync(string secret, HttpContext context) => WithAsync(secret, context, async (found, words) =>
    {
        if (found.Service is null || !context.Request.HasFormContentType)
        {
            return Results.StatusCode(415);
        }

        IFormCollection form = await context.Request.ReadFormAsync(context.RequestAborted);
        _ = long.TryParse(form["slot"], System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out long startsAt);
        // Officers whose names are not shown are not chosen here; without a choice it stays as it is.
        string? officer = !form.ContainsKey("officer") ? null : found.Service.Officer(form["officer"].ToString()) is { Offer.Shown: true } with ? with.Id : "";
        return (await bookings.MoveAsync(found.Service, found.Secret, startsAt, context.RequestAborted, officer)).Refusal switch
        {
            null => HoldPages.SeeOther(context, $"/b/{found.Secret.Text}?lang={found.Language}"),
            BookingRefusal.Over => BookingFrame.Of(words, words.MoveTitle, Html.Of($"{BookingFrame.Notice(words, BookingRefusal.Over)}{Back(found)}"), 409),
            { } refusal => await holds.OtherTimesAsync(
                found.Branch, found.Service, found.Language, startsAt, refusal, context, $"/b/{found.Secret.Text}/move", officer ?? Chosen(found.Booking)),
        };
    });

    /// <summary>For people's own calendars.</summary>
    public Task<IResult> CalendarAsync(string secret, HttpContext context) => WithAsync(secret, context, (found, _) => Task.FromResult<IResult>(
        found.Booking.State == BookingState.Held ? Results.NotFound() : Results.Text(
            BookingCalendar.Of(found.Branch.Offer, found.Service, found.Booking, found.Language, $"{cloud.PublicUrl}/b/{found.Secret.Text}"), "text/calendar; charset=utf-8")));

    /// <summary>What is kept about people.</summary>
    public async Task<IResult> PrivacyAsync(string branch, HttpContext context)
    {
        if (await offers.FindAsync(branch, context.RequestAborted) is not { } offered)
        {
            return Results.NotFound();
        }

        (string language, BookingWords words) = ChoosePages.LanguageOf(offered, context);
        var kept = PrivacyWords.In(language);
        return BookingFrame.Of(words, kept.Title, Html.Of($"""
            {BookingFrame.Head(offered, words, language, $"/book/{branch}/privacy")}
            <h1>{kept.Title}</h1>
            {privacy.Body(kept)}
            """));
    }

    private long Now => time.GetUtcNow().ToUnixTimeMilliseconds();

    private IResult Show(FoundBooking found, HttpContext context)
    {
        BookingWords words = found.Words;
        BookingRow booking = found.Booking;
        Html head = BookingFrame.Head(found.Branch, words, found.Language, $"/b/{found.Secret.Text}");
        Html summary = BookingFrame.Summary(found.Branch, found.Service, words, found.Language, booking.StartsAt, booking.Service, With(found));
        if (booking.State != BookingState.Booked || found.IsPast(Now))
        {
            (string heading, string note) = booking.State switch
            {
                BookingState.Cancelled => (words.Cancelled, words.CancelledNote),
                BookingState.Arrived => (words.Arrived, words.ArrivedNote),
                _ => (words.Missed, words.MissedNote),
            };
            return BookingFrame.Of(words, heading, Html.Of($"""
                {head}<h1>{heading}</h1><section class="card">{summary}</section><p>{note}</p>
                {Html.When(booking.State != BookingState.Arrived, $"<p><a class=\"button\" href=\"/book/{found.Branch.Offer.Branch}?lang={found.Language}\">{words.BookAnother}</a></p>")}
                """));
        }

        string notes = found.Service?.NotesIn(found.Language) ?? "";
        (Html here, string[] scripts) = arrivals.Section(found, context);
        return BookingFrame.Of(words, words.Booked, Html.Of($"""
            {head}
            <h1>{words.Booked}</h1>
            <section class="card accent">{summary}{Html.When(booking.Name is not null, $"<p class=\"quiet\">{booking.Name}</p>")}</section>
            {here}
            <section class="card pass"><div><h2>{words.Number}</h2><p class="number" dir="ltr">{booking.Number}</p><p class="quiet">{words.AtTheBranch}</p></div>
            {QrPicture.Of(found.Secret.CheckInToken, words.CodeAlt)}</section>
            {Html.When(notes.Length > 0, $"<section class=\"card\"><h2>{words.ToPrepare}</h2><p class=\"lines\">{notes}</p></section>")}
            <div class="actions"><a class="button" href="/b/{found.Secret.Text}/booking.ics">{words.AddToCalendar}</a>
            {Html.When(found.Service is not null && found.CanChange(Now), $"<a class=\"button plain\" href=\"/b/{found.Secret.Text}/move?lang={found.Language}\">{words.Move}</a>")}
            {Html.When(found.CanChange(Now), $"<a class=\"button plain\" href=\"/b/{found.Secret.Text}/cancel?lang={found.Language}\">{words.Cancel}</a>")}</div>
            <p class="quiet small">{words.KeepLink}</p>
            <p class="foot"><a href="/book/{found.Branch.Offer.Branch}/privacy?lang={found.Language}">{PrivacyWords.In(found.Language).Title}</a></p>
            """), scripts: scripts);
    }

    private static string With(FoundBooking found) => found.Service?.NameOfOfficer(found.Booking, found.Language) ?? "";

    private static string Chosen(BookingRow booking) => booking.Chosen == 1 ? booking.Officer : "";

    private static string When(FoundBooking found, BookingWords words) =>
        found.Service?.Calendar.LocalAt(found.Booking.StartsAt) is { } local ? $"{words.DateOf(local)} {BookingWords.TimeOf(local)}" : "";

    private static Html Back(FoundBooking found) =>
        Html.Of($"<p><a class=\"button plain\" href=\"/b/{found.Secret.Text}?lang={found.Language}\">{ArrivalWords.In(found.Language).Back}</a></p>");

    private static Html Keep(FoundBooking found, BookingWords words) =>
        Html.Of($"<p><a class=\"button plain\" href=\"/b/{found.Secret.Text}?lang={found.Language}\">{words.Keep}</a></p>");

    private async Task<IResult> WithAsync(string text, HttpContext context, Func<FoundBooking, BookingWords, Task<IResult>> answer)
    {
        if (BookingSecret.Of(text) is not { } secret
            || await bookings.FindAsync(secret, context.RequestAborted) is not { } booking
            || await offers.FindAsync(booking.Branch, context.RequestAborted) is not { } branch)
        {
            BookingWords words = BookingWords.In(LanguageChoice.Of(["en", "nb", "uk", "ar"], context.Request.Query["lang"], context.Request.Headers.AcceptLanguage.ToString()));
            return Page.Message(404, words.NotFound, words.NotFoundNote, language: words.Language);
        }

        string language = branch.LanguageFor(Asked(context), booking.Language);
        var found = new FoundBooking(secret, booking, branch, branch.Service(booking.Service), language, BookingWords.In(language));
        return await answer(found, found.Words);
    }

    /// <summary>The language that the page was in: the address says it, or its form.</summary>
    private static string Asked(HttpContext context) =>
        context.Request.Query["lang"].ToString() is { Length: > 0 } said ? said
        : HttpMethods.IsPost(context.Request.Method) && context.Request.HasFormContentType ? context.Request.Form["lang"].ToString()
        : "";
}
