using System.Globalization;
using EdgeQueue.Cloud.Accounts.Audit;
using EdgeQueue.Cloud.Bookings.Hub;
using EdgeQueue.Cloud.Bookings.Offers;
using EdgeQueue.Cloud.Bookings.Words;
using EdgeQueue.Cloud.Pages;
using EdgeQueue.Cloud.People;

namespace EdgeQueue.Cloud.Bookings.Pages;

/// <summary>An operator on the phone: finds a booking by its number, a phone number or a mail address, moves it, cancels it. A new one is made on the public page, for whoever calls.</summary>
internal sealed class OfficePages(BookingStore store, BookingSearch search, OfferBook offers, BookingRejections rejections, ChoosePages choose, AuditTrail audit, TimeProvider time)
{
    /// <summary>The year 2100.</summary>
    private const long Latest = 4_102_444_800_000;

    public async Task<IResult> ShowAsync(HttpContext context) => await PageAsync(null, "", context.Request.Query["said"].ToString(), context);

    public async Task<IResult> SearchAsync(HttpContext context)
    {
        string typed = context.Request.HasFormContentType ? (await context.Request.ReadFormAsync(context.RequestAborted))["of"].ToString().Trim() : "";
        // A number without its country is a booking's.
        Contact? contact = typed.StartsWith('+') || typed.Contains('@', StringComparison.Ordinal) ? Contact.Of(typed) : null;
        if (typed.Length is 0 or > MailboxAddress.Longest)
        {
            return await PageAsync(null, "", "", context);
        }

        // Whose number it was is nobody's business afterwards.
        await audit.NoteAsync(context, Deeds.Looked, contact is null ? "a booking by its number" : contact.Phone is null ? "bookings by a mail address" : "bookings by a phone number");
        return await PageAsync(await search.OfAsync(typed, contact, context.RequestAborted), typed, "", context);
    }

    public async Task<IResult> AskMoveAsync(long id, HttpContext context)
    {
        if (await FindAsync(id, context) is not ({ State: BookingState.Booked } booking, { } service))
        {
            return Results.NotFound();
        }

        var words = BookingWords.In("en");
        return new Page("Move a booking", Html.Of($"""
            <p class="small"><a href="/bookings">← Bookings</a></p><h1>Move {booking.Number}</h1>
            {Said(context.Request.Query["said"].ToString())}
            <p>{service.NameIn("en")}, {At(service, booking.StartsAt)}{Html.When(service.Officer(booking.Officer) is not null, $", with {service.Officer(booking.Officer)?.NameIn("en", service.Branch.Languages)}{Html.When(booking.Chosen == 0, $" (anyone)")}")}</p>
            {await choose.TimesAsync(service, words, "en", context, FormattableString.Invariant($"/bookings/{id}/move"), FormattableString.Invariant($"/bookings/{id}/move"), booking.Chosen == 1 ? booking.Officer : "", all: true)}
            """), Place: "/bookings");
    }

    public async Task<IResult> MoveAsync(long id, HttpContext context)
    {
        if (await FindAsync(id, context) is not ({ } booking, { } service))
        {
            return Results.NotFound();
        }

        IFormCollection form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync(context.RequestAborted) : FormCollection.Empty;
        string? officer = !form.ContainsKey("officer") ? null : service.Officer(form["officer"].ToString())?.Id ?? "";
        if (!long.TryParse(form["slot"].ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out long startsAt) || startsAt > Latest)
        {
            return Results.BadRequest();
        }

        await audit.NoteAsync(context, Deeds.Changed, $"booking {booking.Number}: to be moved to {At(service, startsAt)}{(officer is null ? "" : officer.Length == 0 ? ", anyone" : ", officer " + officer)}");
        BookingAnswer answer = await store.MoveAsync(service, id, startsAt, context.RequestAborted, officer);
        return See(answer.Refusal is null ? "/bookings?said=moved" : FormattableString.Invariant($"/bookings/{id}/move?said=taken"), context);
    }

    public async Task<IResult> CancelAsync(long id, HttpContext context)
    {
        (BookingRow? booking, OfferedService? service) = await FindAsync(id, context);
        if (booking is null)
        {
            return Results.NotFound();
        }

        await audit.NoteAsync(context, Deeds.Changed, $"booking {booking.Number}: to be cancelled");
        BookingAnswer answer = await store.CancelAsync(service, id, context.RequestAborted);
        return See(answer.Refusal is null ? "/bookings?said=cancelled" : "/bookings?said=over", context);
    }

    private async Task<(BookingRow? Booking, OfferedService? Service)> FindAsync(long id, HttpContext context) =>
        await store.FindAsync(id, context.RequestAborted) is { } booking ? (booking, (await offers.FindAsync(booking.Branch, context.RequestAborted))?.Service(booking.Service)) : (null, null);

    private async Task<Page> PageAsync(IReadOnlyList<BookingRow>? found, string typed, string said, HttpContext context)
    {
        IReadOnlyList<RejectedBooking> rejected = await rejections.OpenAsync(context.RequestAborted);
        var rows = new List<Html>();
        foreach (BookingRow booking in found ?? [])
        {
            rows.Add(Row(booking, await offers.FindAsync(booking.Branch, context.RequestAborted)));
        }

        return new("Bookings", Html.Of($"""
            <h1>Bookings</h1>
            {Said(said)}
            <form class="line may" method="post" action="/bookings"><label>Booking number, phone number with its country, or mail address<input name="of" value="{typed}" required maxlength="{MailboxAddress.Longest}" placeholder="1234567 or +47 912 34 567"></label><button>Find</button><a class="button plain" href="/book">Book for somebody</a><a class="button plain" href="/bookings/officers">Officers' calendars</a></form>
            {(found is null ? Html.Empty : found.Count == 0 ? Html.Of($"<section class=\"card empty\"><p>No booking has this number or address.</p></section>") : Html.Of($"""
            <section class="card"><div class="scroll"><table><thead><tr><th>Number</th><th>When</th><th>What</th><th>Who</th><th>State</th><th></th></tr></thead><tbody>{rows}</tbody></table></div></section>
            """))}
            <section class="card"><h2>Not taken by a branch</h2>{(rejected.Count == 0 ? Html.Of($"<p class=\"quiet\">None: the branches hold all that are booked.</p>") : Html.Of($"""
            <p>These people have a confirmation, and no dispenser will know their number. They were told by SMS or mail; move or cancel each, or mend the branch's configuration.</p>
            <div class="scroll"><table><thead><tr><th>Number</th><th>Branch</th><th>Service</th><th>When</th><th>Why</th><th></th></tr></thead><tbody>
            {rejected.Select(r => Html.Of($"<tr><td class=\"label\">{r.Number}</td><td>{r.Branch}</td><td>{r.Service}</td><td>{Utc(r.StartsAt)}</td><td>{r.Why}</td><td class=\"n\">{Deed(r.Id, true)}</td></tr>"))}</tbody></table></div>
            """))}</section>
            """), Place: "/bookings");
    }

    private Html Row(BookingRow booking, OfferedBranch? branch)
    {
        OfferedService? service = branch?.Service(booking.Service);
        bool open = booking.State == BookingState.Booked && booking.StartsAt > time.GetUtcNow().ToUnixTimeMilliseconds();
        return Html.Of($"""
            <tr><td class="label">{booking.Number}</td><td>{(service is null ? Utc(booking.StartsAt) : At(service, booking.StartsAt))}</td><td>{service?.NameIn("en") ?? booking.Service}, {branch?.NameIn("en")}</td>
            <td>{booking.Name}</td><td><span class="pill{Html.When(booking.State != BookingState.Booked, $" off")}">{booking.State}</span></td><td class="n">{(open ? Deed(booking.Id, service is not null) : Html.Empty)}</td></tr>
            """);
    }

    private static Html Deed(long id, bool moves) => Html.Of($"""
        <form class="deeds" method="post" action="/bookings/{id}/cancel">{Html.When(moves, $"<a class=\"button plain\" href=\"/bookings/{id}/move\">Move</a>")}<button class="plain">Cancel it</button></form>
        """);

    private static Html Said(string said) => said switch
    {
        "moved" => Html.Of($"<p class=\"notice good\" role=\"status\">Moved. The customer is told by SMS or mail.</p>"),
        "cancelled" => Html.Of($"<p class=\"notice good\" role=\"status\">Cancelled. The time is free again.</p>"),
        "over" => Html.Of($"<p class=\"notice\" role=\"alert\">It was used, is over or was cancelled. Nothing has changed.</p>"),
        "taken" => Html.Of($"<p class=\"notice\" role=\"alert\">This time was taken meanwhile, or the booking is over. Choose another.</p>"),
        _ => Html.Empty,
    };

    private static string At(OfferedService service, long at) => service.Calendar.LocalAt(at).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);

    private static string Utc(long at) => DateTime.UnixEpoch.AddMilliseconds(at).ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);

    private static IResult See(string path, HttpContext context)
    {
        context.Response.Headers.Location = path;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }
}
