using System.Globalization;
using EdgeQueue.Cloud.Bookings.Offers;
using EdgeQueue.Cloud.Bookings.Slots;
using EdgeQueue.Cloud.Bookings.Words;
using EdgeQueue.Cloud.Pages;
using EdgeQueue.Cloud.People;

namespace EdgeQueue.Cloud.Bookings.Pages;

/// <summary>Choosing: branch, service, day and time. Looking changes nothing.</summary>
internal sealed class ChoosePages(OfferBook offers, FreeSlots free, TimeProvider time)
{
    private const int LongestSearch = 60;

    /// <summary>Without a branch there is no branch's language: the browser's.</summary>
    private static readonly IReadOnlyList<string> AllLanguages = ["en", "nb", "uk", "ar"];

    public async Task<IResult> BranchesAsync(HttpContext context)
    {
        string search = context.Request.Query["q"].ToString();
        search = search.Length > LongestSearch ? search[..LongestSearch] : search;
        string language = LanguageChoice.Of(AllLanguages, context.Request.Query["lang"], context.Request.Headers.AcceptLanguage.ToString());
        BookingWords words = BookingWords.In(language);
        IReadOnlyList<OfferedBranch> found = await offers.SearchAsync(search, context.RequestAborted);
        return BookingFrame.Of(words, words.Title, Html.Of($"""
            <header class="place"><p>{words.Title}</p>{BookingFrame.Languages(AllLanguages, words, language, "/book")}</header>
            <h1>{words.ChooseBranch}</h1>
            {Html.When(search.Length > 0 || found.Count == OfferBook.MostListed, $"""<form class="line" method="get" action="/book"><input type="hidden" name="lang" value="{language}"><label>{words.SearchBranch}<input name="q" value="{search}" maxlength="{LongestSearch}" type="search"></label><button>{words.Search}</button></form>""")}
            {(found.Count == 0
                ? Html.Of($"<section class=\"card empty\"><p>{words.NoBranch}</p></section>")
                : Html.Of($"<ul class=\"list\">{found.Select(b => Html.Of($"<li><a class=\"card row\" href=\"/book/{b.Offer.Branch}?lang={Known(b, language)}\"><b>{b.NameIn(language)}</b><span class=\"quiet\">{b.AddressIn(language)}</span></a></li>"))}</ul>"))}
            """));
    }

    public async Task<IResult> ServicesAsync(string branch, HttpContext context)
    {
        if (await offers.FindAsync(branch, context.RequestAborted) is not { } offered)
        {
            return Results.NotFound();
        }

        (string language, BookingWords words) = LanguageOf(offered, context);
        return BookingFrame.Of(words, words.Title, Html.Of($"""
            {BookingFrame.Head(offered, words, language, $"/book/{branch}")}
            <h1>{words.ChooseService}</h1>
            {(offered.Offer.Services.Count == 0
                ? Html.Of($"<section class=\"card empty\"><p>{words.NothingOffered}</p></section>")
                : Html.Of($"<ul class=\"list\">{offered.Services.Select(s => Html.Of($"<li><a class=\"card row\" href=\"/book/{branch}/{s.Offer.Service}?lang={language}\"><b>{s.NameIn(language)}</b><span class=\"quiet\">{words.Say(words.Minutes, s.Offer.Minutes)}</span></a></li>"))}</ul>"))}
            {Foot(words, branch, language)}
            """));
    }

    public async Task<IResult> TimesAsync(string branch, string service, HttpContext context)
    {
        if (await offers.FindAsync(branch, context.RequestAborted) is not { } offered || offered.Service(service) is not { } chosen)
        {
            return Results.NotFound();
        }

        (string language, BookingWords words) = LanguageOf(offered, context);
        string path = $"/book/{branch}/{service}";
        return BookingFrame.Of(words, words.Title, Html.Of($"""
            {BookingFrame.Head(offered, words, language, path)}
            <h1>{chosen.NameIn(language)}</h1>
            {await TimesAsync(chosen, words, language, context, path, $"{path}/hold")}
            {Foot(words, branch, language)}
            """));
    }

    /// <summary>Days and times to choose from; also when a booking is moved.</summary>
    /// <param name="path">Of this page; <c>from</c> and <c>day</c> are added.</param>
    /// <param name="action">Where the chosen slot is sent to.</param>
    /// <param name="with">With whom it is as long as nobody has chosen; '': anybody.</param>
    /// <param name="all">Also officers whose names customers are not shown.</param>
    public async Task<Html> TimesAsync(
        OfferedService service, BookingWords words, string language, HttpContext context, string path, string action, string with = "", bool all = false)
    {
        OfferedOfficer[] choice = [.. service.Officers.Where(o => all || o.Offer.Shown)];
        string wanted = context.Request.Query.TryGetValue("officer", out var named) ? named.ToString() : with;
        string officer = choice.Any(o => o.Id == wanted) ? wanted : "";
        const int Shown = 14;
        long now = time.GetUtcNow().ToUnixTimeMilliseconds();
        DateOnly today = service.Calendar.DateAt(now);
        DateOnly last = service.Calendar.LastDay(now);
        // A link to a day shows that day, however far ahead.
        DateOnly from = Date(context.Request.Query["from"], today, last) ?? (Date(context.Request.Query["day"], today.AddDays(Shown), last) ?? today);
        IReadOnlyList<FreeDay> days = await free.DaysAsync(service, from, Math.Min(Shown, last.DayNumber - from.DayNumber + 1), context.RequestAborted, officer);
        DateOnly? asked = Date(context.Request.Query["day"], from, from.AddDays(Shown - 1));
        FreeDay? shown = days.FirstOrDefault(d => d.Day == asked) ?? days.FirstOrDefault(d => d.Free > 0);
        string Link(DateOnly begin, DateOnly? day = null) =>
            string.Create(CultureInfo.InvariantCulture, $"{path}?from={begin:yyyy-MM-dd}&lang={language}{(choice.Length > 0 ? "&officer=" + officer : "")}") + (day is { } d ? d.ToString("'&day='yyyy-MM-dd'#times'", CultureInfo.InvariantCulture) : "");
        // Who has found a day and looks for somebody else on it keeps the day.
        string LinkTo(string other) =>
            string.Create(CultureInfo.InvariantCulture, $"{path}?from={from:yyyy-MM-dd}&lang={language}&officer={other}") + (asked is { } d ? d.ToString("'&day='yyyy-MM-dd", CultureInfo.InvariantCulture) : "");
        return Html.Of($"""
            {(choice.Length == 0 ? Html.Empty : Html.Of($"""
            <section class="card"><h2>{words.WithWhom}</h2><nav class="officers" aria-label="{words.WithWhom}">{choice.Select(o => (o.Id, Name: o.NameIn(language, service.Branch.Languages))).Prepend(("", words.Anyone)).Select(o =>
                Html.Of($"<a href=\"{LinkTo(o.Item1)}\"{Html.When(o.Item1 == officer, $" aria-current=\"true\"")}>{o.Item2}</a>"))}</nav></section>
            """))}
            <section class="card"><h2>{words.ChooseDay}</h2>
            <div class="days">{days.Select(d => Day(d, words, d == shown, Link(from, d.Day)))}</div>
            <nav class="turn">{Html.When(from > today, $"<a href=\"{Link(from.AddDays(-Shown) < today ? today : from.AddDays(-Shown))}\" rel=\"prev\">{words.EarlierDays}</a>")}
            {Html.When(from.AddDays(Shown) <= last, $"<a href=\"{Link(from.AddDays(Shown))}\" rel=\"next\">{words.LaterDays}</a>")}</nav></section>
            <section class="card" id="times"><h2>{words.ChooseTime}</h2>
            {(shown is null || shown.Free == 0
                ? Html.Of($"<p>{words.NoTimes}</p>")
                : Html.Of($"<p class=\"quiet\">{words.DateOf(shown.Day)}</p>{BookingFrame.Slots(shown.Slots, language, action, choice.Length > 0 ? officer : null)}"))}
            <p class="quiet small">{words.Say(words.TimeZoneNote, service.Branch.TimeZone)}</p></section>
            """);
    }

    public static (string Language, BookingWords Words) LanguageOf(OfferedBranch branch, HttpContext context)
    {
        string language = branch.LanguageFor(context.Request.Query["lang"], context.Request.Headers.AcceptLanguage.ToString());
        return (language, BookingWords.In(language));
    }

    private static Html Day(FreeDay day, BookingWords words, bool shown, string link)
    {
        Html inside = Html.Of($"<span>{words.ShortWeekdayOf(day.Day)}</span><b>{day.Day.Day}</b><span class=\"month\">{words.ShortMonthOf(day.Day)}</span><small>{Count(day, words)}</small>");
        return day.Free == 0
            ? Html.Of($"<span class=\"day off\">{inside}</span>")
            : Html.Of($"<a class=\"day\" href=\"{link}\"{Html.When(shown, $" aria-current=\"date\"")}>{inside}</a>");
    }

    private static string Count(FreeDay day, BookingWords words) =>
        day.Free > 0 ? words.Say(words.Free, day.Free) : day.Slots.Count > 0 ? words.Full : words.Closed;

    private static Html Foot(BookingWords words, string branch, string language) =>
        Html.Of($"<p class=\"foot\"><a href=\"/book/{branch}/privacy?lang={language}\">{PrivacyWords.In(language).Title}</a></p>");

    private static DateOnly? Date(string? text, DateOnly least, DateOnly most) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) && day >= least && day <= most ? day : null;

    private static string Known(OfferedBranch branch, string language) => LanguageChoice.Of(branch.Offer.Languages, language, "");
}
