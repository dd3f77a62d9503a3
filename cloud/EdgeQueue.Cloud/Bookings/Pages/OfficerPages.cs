using System.Globalization;
using EdgeQueue.Cloud.Accounts.Audit;
using EdgeQueue.Cloud.Bookings.Offers;
using EdgeQueue.Cloud.Bookings.Slots;
using EdgeQueue.Cloud.Bookings.Words;
using EdgeQueue.Cloud.Pages;

namespace EdgeQueue.Cloud.Bookings.Pages;

/// <summary>Officers' calendars, a day of a branch at a time: who is booked when, what is free, breaks. From here a booking is redirected to another officer or time.</summary>
internal sealed class OfficerPages(OfferBook offers, BookingSearch search, AuditTrail audit, TimeProvider time)
{
    public async Task<IResult> BranchesAsync(HttpContext context)
    {
        OfferedBranch[] found = [.. (await offers.SearchAsync("", context.RequestAborted)).Where(b => b.Offer.Officers.Count > 0)];
        return new Page("Officers' calendars", Html.Of($"""
            <p class="small"><a href="/bookings">← Bookings</a></p><h1>Officers' calendars</h1>
            {(found.Length == 0 ? Html.Of($"<section class=\"card empty\"><h2>No branch has officers</h2><p class=\"quiet\">An offer names them with their hours: <code>officers</code>.</p></section>")
                : Html.Of($"<ul class=\"list\">{found.Select(b => Html.Of($"<li><a class=\"card row\" href=\"/bookings/officers/{b.Offer.Branch}\"><b>{b.NameIn("en")}</b><span class=\"quiet\">{b.Offer.Officers.Count}</span></a></li>"))}</ul>"))}
            """), Place: "/bookings");
    }

    public async Task<IResult> DayAsync(string branch, HttpContext context)
    {
        if (await offers.FindAsync(branch, context.RequestAborted) is not { } offered || offered.Services.FirstOrDefault() is not { } any)
        {
            return Results.NotFound();
        }

        SlotCalendar wall = any.Calendar;
        DateOnly today = wall.DateAt(time.GetUtcNow().ToUnixTimeMilliseconds());
        DateOnly day = DateOnly.TryParseExact(context.Request.Query["day"], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly asked)
            && Math.Abs(asked.DayNumber - today.DayNumber) <= 366 ? asked : today;
        await audit.NoteAsync(context, Deeds.Looked, string.Create(CultureInfo.InvariantCulture, $"branch {branch}, the officers' calendars of {day:yyyy-MM-dd}"));
        IReadOnlyList<BookingRow> booked = await search.BetweenAsync(offered.Id, wall.UtcOf(day, 0), wall.UtcOf(day.AddDays(1), 0), context.RequestAborted);
        BookingRow[] nobodys = [.. booked.Where(b => offered.Offer.Officers.All(o => o.Officer != b.Officer))];
        string Link(DateOnly to) => string.Create(CultureInfo.InvariantCulture, $"/bookings/officers/{branch}?day={to:yyyy-MM-dd}");
        return new Page("Officers' calendars", Html.Of($"""
            <p class="small"><a href="/bookings">← Bookings</a></p>
            <h1>{offered.NameIn("en")}: {BookingWords.In("en").DateOf(day)}</h1>
            <form class="line" method="get"><a class="button plain" href="{Link(day.AddDays(-1))}" rel="prev">Day before</a><label>Day<input type="date" name="day" value="{day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}"></label><button class="plain">Show</button><a class="button plain" href="{Link(day.AddDays(1))}" rel="next">Day after</a></form>
            {(offered.Offer.Officers.Count == 0 ? Html.Of($"<section class=\"card empty\"><p>This branch has no officers: its offer names none.</p></section>") : Html.Empty)}
            <div class="grid">{offered.Offer.Officers.Select(o => Officer(offered, o, day, [.. booked.Where(b => b.Officer == o.Officer)], wall))}
            {Html.When(nobodys.Length > 0, $"<section class=\"card\"><h2>With no officer</h2><ol class=\"plan\">{nobodys.Select(b => Item(offered, wall, new(StretchKind.Booked, b.StartsAt, b.EndsAt, 0, b)))}</ol></section>")}</div>
            <p class="quiet small">Times are those of the branch ({offered.Offer.TimeZone}). Whoever waits there already is redirected on <a href="/network/{branch}">the branch's page</a>.</p>
            """), Place: "/bookings");
    }

    private Html Officer(OfferedBranch branch, OfficerOffer officer, DateOnly day, BookingRow[] booked, SlotCalendar wall)
    {
        IEnumerable<(long, long)> open = branch.Services.Select(s => s.Officer(officer.Officer)).OfType<OfferedOfficer>()
            .SelectMany(o => o.Calendar.OpenOn(day).Select(r => (o.Calendar.UtcOf(day, r.From), o.Calendar.UtcOf(day, r.To))));
        IReadOnlyList<Stretch> stretches = OfficerDay.Of(open, booked, officer.Capacity, time.GetUtcNow().ToUnixTimeMilliseconds());
        return Html.Of($"""
            <section class="card"><h2>{LanguageChoice.Pick(officer.Name, "en", branch.Offer.Languages)} <span class="pill{Html.When(booked.Length == 0, $" off")}">{booked.Length} booked</span></h2>
            {(stretches.Count == 0 ? Html.Of($"<p class=\"quiet\">Not there on this day.</p>") : Html.Of($"<ol class=\"plan\">{stretches.Select(s => Item(branch, wall, s))}</ol>"))}</section>
            """);
    }

    private Html Item(OfferedBranch branch, SlotCalendar wall, Stretch stretch)
    {
        Html at = Html.Of($"<span class=\"at\">{BookingWords.TimeOf(wall.LocalAt(stretch.From))}–{End(wall.LocalAt(stretch.To))}</span>");
        return stretch switch
        {
            { Booking: { } b } => Html.Of($"""
                <li class="booked">{at}<span class="entry"><b class="label">{b.Number}</b> {b.Name}<br><span class="quiet small">{branch.Service(b.Service)?.NameIn("en") ?? b.Service}{Html.When(b.Chosen == 1, $" · asked for")}</span></span>
                {(b.State == BookingState.Booked && b.StartsAt > time.GetUtcNow().ToUnixTimeMilliseconds() ? Html.Of($"<a class=\"button plain\" href=\"/bookings/{b.Id}/move?day={wall.LocalAt(b.StartsAt).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}\" aria-label=\"Redirect {b.Number}\">Redirect</a>")
                    : Html.Of($"<span class=\"pill off\">{b.State}</span>"))}</li>
                """),
            { Kind: StretchKind.Free } => Html.Of($"<li>{at}<span class=\"entry good\">free{Html.When(stretch.Free > 1, $" for {stretch.Free}")}</span></li>"),
            { Kind: StretchKind.Unused } => Html.Of($"<li class=\"rest\">{at}<span class=\"entry quiet\">not booked</span></li>"),
            _ => Html.Of($"<li class=\"rest\">{at}<span class=\"entry quiet\">break</span></li>"),
        };
    }

    /// <summary>Midnight is the end of a day here.</summary>
    private static string End(DateTime local) => local.TimeOfDay == TimeSpan.Zero ? "24:00" : BookingWords.TimeOf(local);
}
