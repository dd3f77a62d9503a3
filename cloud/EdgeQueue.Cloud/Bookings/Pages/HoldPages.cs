using System.Globalization;
using EdgeQueue.Cloud.Bookings.Offers;
using EdgeQueue.Cloud.Bookings.Slots;
using EdgeQueue.Cloud.Bookings.Words;
using EdgeQueue.Cloud.Pages;
using EdgeQueue.Cloud.People;
using EdgeQueue.Cloud.Web;

namespace EdgeQueue.Cloud.Bookings.Pages;

/// <summary>From a chosen slot to a booking: it is held while somebody types.</summary>
internal sealed class HoldPages(OfferBook offers, FreeSlots free, BookingStore bookings, PhoneKeys keys, ClientBounds bounds, BookingLetters letters, BookingsSettings settings)
{
    private const int LongestName = 80;

    private const int NextShown = 6;

    public async Task<IResult> HoldAsync(string branch, string service, HttpContext context)
    {
        if (await offers.FindAsync(branch, context.RequestAborted) is not { } offered || offered.Service(service) is not { } chosen)
        {
            return Results.NotFound();
        }

        if (!context.Request.HasFormContentType)
        {
            return Results.StatusCode(415);
        }

        IFormCollection form = await context.Request.ReadFormAsync(context.RequestAborted);
        string language = offered.LanguageFor(form["lang"], context.Request.Headers.AcceptLanguage.ToString());
        _ = long.TryParse(form["slot"], NumberStyles.None, CultureInfo.InvariantCulture, out long startsAt);
        string officer = chosen.Officer(form["officer"].ToString()) is { Offer.Shown: true } with ? with.Id : "";
        if (bounds.TryHold(ClientAddress.Bucket(context), chosen.Offer.HoldMinutes) is not { } hold)
        {
            return await OtherTimesAsync(offered, chosen, language, startsAt, BookingRefusal.TooManyFromHere, context, null, officer);
        }

        (BookingSecret? secret, BookingRefusal? refusal) = await bookings.HoldAsync(chosen, startsAt, language, context.RequestAborted, officer: officer);
        if (secret is null)
        {
            bounds.Release(hold);
            return await OtherTimesAsync(offered, chosen, language, startsAt, refusal!.Value, context, null, officer);
        }

        bounds.Name(hold, secret.Hash);
        return SeeOther(context, $"/b/{secret.Text}");
    }

    /// <summary>The form for a held slot.</summary>
    public IResult Form(OfferedBranch branch, OfferedService service, BookingRow booking, string secret, string language, BookingRefusal? fault = null, Typed? typed = null)
    {
        typed ??= new("", "", "");
        bool either = letters.On && branch.Offer.MailInsteadOfPhone;
        BookingWords words = BookingWords.In(language);
        return BookingFrame.Of(
            words, words.AlmostThere, Html.Of($"""
            {BookingFrame.Head(branch, words, language, $"/b/{secret}")}
            <h1>{words.AlmostThere}</h1>
            <section class="card accent">{BookingFrame.Summary(branch, service, words, language, booking.StartsAt, booking.Service, service.NameOfOfficer(booking, language))}
            <p class="quiet">{words.Say(words.HeldUntil, BookingWords.TimeOf(service.Calendar.LocalAt(booking.HeldUntil)))}</p></section>
            {BookingFrame.Notice(words, fault)}
            <section class="card"><form method="post" action="/b/{secret}/book">
            <input type="hidden" name="lang" value="{language}">
            <label>{words.YourName}<input name="name" value="{typed.Name}" autocomplete="name" required maxlength="{LongestName}"></label>
            <label>{words.YourPhone}<input name="phone" value="{typed.Phone}" type="tel" autocomplete="tel"{Html.When(!either, $" required")} maxlength="40" dir="ltr"><span class="hint">{words.PhoneHint}{Html.When(either, $" {words.EitherHint}")}</span></label>
            {Html.When(letters.On, $"<label>{words.YourMail}<input name=\"mail\" value=\"{typed.Mail}\" type=\"email\" autocomplete=\"email\" maxlength=\"{MailboxAddress.Longest}\" dir=\"ltr\"><span class=\"hint\">{(words.MailHint)}</span></label>")}
            <label class="check"><input type="checkbox" name="consent" value="yes" required><span>{words.Say(words.Consent, branch.NameIn(language), settings.KeepDays)} <a href="/book/{branch.Offer.Branch}/privacy?lang={language}">{PrivacyWords.In(language).Title}</a></span></label>
            <button>{words.Book}</button>
            <button class="plain" formaction="/b/{secret}/cancel" formnovalidate>{words.GiveBack}</button>
            </form></section>
            """), fault is null ? 200 : 422);
    }

    public async Task<IResult> BookAsync(OfferedBranch branch, OfferedService service, BookingRow booking, BookingSecret secret, HttpContext context)
    {
        IFormCollection form = await context.Request.ReadFormAsync(context.RequestAborted);
        string language = branch.LanguageFor(form["lang"], booking.Language);
        string name = PersonName.Of(form["name"], LongestName) ?? "";
        var typed = new Typed(Short(form["name"].ToString(), LongestName), Short(form["phone"].ToString().Trim(), LongestName), letters.On ? Short(form["mail"].ToString().Trim(), MailboxAddress.Longest + 1) : "");
        var phone = PhoneNumber.Of(typed.Phone, branch.Offer.CountryCode, branch.Offer.TrunkPrefix);
        var mail = MailboxAddress.Of(typed.Mail);
        bool either = letters.On && branch.Offer.MailInsteadOfPhone;
        BookingRefusal? fault =
            name.Length == 0 ? BookingRefusal.NameMissing
            : either && typed is { Phone: "", Mail: "" } ? BookingRefusal.ReachMissing
            : phone is null && (typed.Phone.Length > 0 || !either) ? BookingRefusal.PhoneWrong
            : mail is null && typed.Mail.Length > 0 ? BookingRefusal.MailWrong
            : form["consent"] != "yes" ? BookingRefusal.ConsentMissing
            : null;
        if (fault is not null)
        {
            return Form(branch, service, booking, secret.Text, language, fault, typed);
        }

        string client = ClientAddress.Bucket(context);
        if (!bounds.TryBook(client))
        {
            return Form(branch, service, booking, secret.Text, language, BookingRefusal.TooManyFromHere, typed);
        }

        var customer = new Customer(name, new(phone, mail), phone is null ? "" : keys.HashOf(branch.Offer.Branch, phone));
        BookingAnswer answer = await bookings.BookAsync(service, secret, customer, context.RequestAborted);
        if (answer.Refusal is null)
        {
            bounds.Ended(secret.Hash);
        }
        else
        {
            bounds.NotBooked(client);
        }

        return answer.Refusal switch
        {
            null => SeeOther(context, $"/b/{secret.Text}?lang={language}"),
            BookingRefusal.TooMany => Form(branch, service, booking, secret.Text, language, BookingRefusal.TooMany, typed),
            { } refusal => await OtherTimesAsync(branch, service, language, booking.StartsAt, refusal, context, null, booking.Chosen == 1 ? booking.Officer : ""),
        };
    }

    /// <summary>What somebody gets whose slot is gone: a sentence and the next ones that are free.</summary>
    public async Task<IResult> OtherTimesAsync(
        OfferedBranch branch, OfferedService service, string language, long startsAt, BookingRefusal refusal, HttpContext context, string? action = null, string officer = "")
    {
        BookingWords words = BookingWords.In(language);
        string path = $"/book/{branch.Offer.Branch}/{service.Offer.Service}";
        IReadOnlyList<Slot> next = await free.NextAsync(service, startsAt, NextShown, context.RequestAborted, officer);
        return BookingFrame.Of(words, words.Title, Html.Of($"""
            {BookingFrame.Head(branch, words, language, path)}
            <h1>{service.NameIn(language)}</h1>
            {BookingFrame.Notice(words, refusal)}
            {BookingFrame.Next(words, next, language, action ?? $"{path}/hold", service.Officers.Any(o => o.Offer.Shown) ? officer : null)}
            <p><a class="button plain" href="{path}?lang={language}">{words.ChooseDay}</a></p>
            """), 409);
    }

    /// <summary>After a form: a reload does not send it again.</summary>
    public static IResult SeeOther(HttpContext context, string path)
    {
        context.Response.Headers.Location = path;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    private static string Short(string text, int most) => text.Length > most ? text[..most] : text;

    /// <summary>What stood in the form.</summary>
    internal sealed record Typed(string Name, string Phone, string Mail);
}
