using EdgeQueue.Cloud.Bookings;
using EdgeQueue.Cloud.Bookings.Offers;
using EdgeQueue.Cloud.Bookings.Words;
using EdgeQueue.Cloud.Joining;
using EdgeQueue.Cloud.Mail;
using EdgeQueue.Cloud.MobileTicket;
using EdgeQueue.Cloud.Pages;
using EdgeQueue.Cloud.Sms;

namespace EdgeQueue.Cloud.People;

/// <summary>The page that says what is kept: each purpose for which this cloud is set up, with the times that are really used.</summary>
internal sealed class PrivacyPage(BookingsSettings bookings, SmsSettings sms, JoinSettings joining, MobileSettings mobile, MailSettings mail)
{
    private const long Hour = 3_600_000;

    private const long Day = 24 * Hour;

    public Page Show(HttpContext context)
    {
        string language = LanguageChoice.Of(PrivacyWords.Languages, context.Request.Query["lang"], context.Request.Headers.AcceptLanguage.ToString());
        PrivacyWords words = PrivacyWords.In(language);
        return new(words.Title, Html.Of($"""
            <header class="place"><nav class="languages" aria-label="{words.LanguageName}">{PrivacyWords.Languages.Select(l =>
                Html.Of($"<a href=\"/privacy?lang={l}\" hreflang=\"{l}\" lang=\"{l}\"{Html.When(l == language, $" aria-current=\"true\"")}>{BookingWords.NameOf(l)}</a>"))}</nav></header>
            <h1>{words.Title}</h1>
            {Body(words)}
            """), Audience.Customer, words.Language);
    }

    public Html Body(PrivacyWords words) => Html.Of($"<section class=\"card\">{Sentences(words).Select(s => Html.Of($"<p>{s}</p>"))}</section>");

    /// <summary>To it, as it stands at the foot of public pages.</summary>
    public static Html Link(string language) => Html.Of($"<p class=\"foot\"><a href=\"/privacy?lang={PrivacyWords.In(language).Language}\">{PrivacyWords.In(language).Title}</a></p>");

    /// <summary>One for each purpose.</summary>
    public IEnumerable<string> Sentences(PrivacyWords words)
    {
        // Offers may come from another replica's file, so bookings are always said.
        yield return PrivacyWords.Say(words.Booking, bookings.KeepDays, BookingHousekeeping.KeptFor / Day);
        if (bookings.PhoneKeys.Length > 0)
        {
            yield return words.Hash;
        }

        if (sms.InboundKey.Length > 0 || sms.Provider == SmsSettings.Shown)
        {
            yield return PrivacyWords.Say(words.Bysms, JoinTickets.NumberKeptFor / Hour, JoinTickets.KeptFor / Day);
        }

        if (joining.Branches.Values.Any(b => b.Web))
        {
            yield return PrivacyWords.Say(words.Web, JoinPages.CookieFor / Hour, JoinTickets.KeptFor / Day);
        }

        yield return words.Place;
        if (mobile.Branches.Length > 0)
        {
            yield return PrivacyWords.Say(words.Followed, mobile.Hours);
            yield return PrivacyWords.Say(words.Survey, MobileTickets.AnswersKept / Day);
        }

        if (sms.On)
        {
            yield return PrivacyWords.Say(words.Ready, ReadyMessages.NumberKeptFor / Day, SmsOutbox.KeptFor / Day);
            yield return PrivacyWords.Say(words.Stop, SmsInbox.StopFor / (365 * Day));
        }

        if (sms.On || mail.On)
        {
            yield return PrivacyWords.Say(words.Told, SmsOutbox.KeptFor / Day);
        }

        yield return words.Where;
        yield return words.Logs;
        yield return words.Rights;
    }
}
