using System.Globalization;
using EdgeQueue.Cloud.Accounts.Audit;
using EdgeQueue.Cloud.Bookings;
using EdgeQueue.Cloud.Bookings.Offers;
using EdgeQueue.Cloud.Bookings.Slots;
using EdgeQueue.Cloud.People;
using EdgeQueue.Cloud.Start;
using EdgeQueue.Cloud.Storage;
using Dapper;

namespace EdgeQueue.Cloud.Api;

/// <summary>Bookings by a program: the same store as the pages, so a slot is one person's whichever way they came.</summary>
internal sealed class BookingApi(OfferBook offers, FreeSlots free, BookingStore bookings, PhoneKeys phoneKeys, BookingLetters letters, AuditTrail audit, IDatabase database, CloudSettings cloud, TimeProvider time)
{
    private const int MostDays = 14;

    private const int LongestName = 100;

    public async Task<IResult> SlotsAsync(KeyInUse key, string branch, string service, string? from, int? days, string? officer, CancellationToken cancellation)
    {
        if (await FindAsync(key, branch, cancellation) is not { } offered || offered.Service(service) is not { } chosen)
        {
            return NotOffered;
        }

        if (officer is not null && chosen.Officer(officer) is not { Offer.Shown: true })
        {
            return NoSuchOfficer;
        }

        DateOnly today = chosen.Calendar.DateAt(time.GetUtcNow().ToUnixTimeMilliseconds());
        DateOnly last = chosen.Calendar.LastDay(time.GetUtcNow().ToUnixTimeMilliseconds());
        DateOnly first = today;
        if (days is < 1 or > MostDays
            || (from is not null && (!DateOnly.TryParseExact(from, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out first) || first < today || first > last)))
        {
            return ApiFault.Wrong(string.Create(CultureInfo.InvariantCulture, $"'from' is a date of the branch, {today:yyyy-MM-dd} to {last:yyyy-MM-dd}; 'days' is 1 to {MostDays}."));
        }

        IReadOnlyList<FreeDay> found = await free.DaysAsync(chosen, first, Math.Min(days ?? 7, last.DayNumber - first.DayNumber + 1), cancellation, officer ?? "");
        return TypedResults.Ok(new SlotList(branch, service, offered.Offer.TimeZone, [.. found.SelectMany(d => d.Slots).Where(s => s.Free > 0).Select(s => new SlotItem(
            At(s.Slot.StartsAt), At(s.Slot.EndsAt), s.Slot.Local.ToString("yyyy-MM-dd'T'HH:mm", CultureInfo.InvariantCulture), s.Free))],
            [.. chosen.Officers.Where(o => o.Offer.Shown).Select(o => new OfficerItem(o.Id, o.Offer.Name))]));
    }

    public async Task<IResult> BookAsync(KeyInUse key, string branch, string? chosen, MakeBooking body, HttpContext context)
    {
        if (chosen is not { Length: > 0 and <= TicketApi.LongestIdempotencyKey })
        {
            return ApiFault.Wrong($"The header {TicketApi.Header} is needed: 1 to {TicketApi.LongestIdempotencyKey} characters that are new for each booking. Sent again, it is the same booking.");
        }

        if (await FindAsync(key, branch, context.RequestAborted) is not { } offered || offered.Service(body.Service ?? "") is not { } service)
        {
            return NotOffered;
        }

        if (body.StartsAt is not { } startsAt || PersonName.Of(body.Name, LongestName) is not { } name || body.Consent != true)
        {
            return ApiFault.Wrong($"'startsAt' is the begin of a free time, 'name' has 1 to {LongestName} characters, and 'consent' is true when the person has agreed that what is said of them is kept.");
        }

        if (WrongContact(offered, body, out Contact contact) is { } wrong)
        {
            return ApiFault.Wrong(wrong);
        }

        string officer = body.Officer ?? "";
        if (officer.Length > 0 && service.Officer(officer) is not { Offer.Shown: true })
        {
            return NoSuchOfficer;
        }

        if (body.Language is { } language && !LanguageChoice.Speaks(offered.Offer.Languages, language))
        {
            return ApiFault.Wrong($"'language' is one of: {string.Join(", ", offered.Offer.Languages)}; or it is left out.");
        }

        // The link is made of the API key itself, which nobody else has, and of what the program chose: asked for again it is the same booking, and no table has to know that.
        var link = BookingSecret.Made(key.Derive($"booking\n{branch}\n{chosen}"));
        if (await bookings.FindAsync(link, context.RequestAborted) is { } before)
        {
            if (!IsSameTime(before, service, startsAt, officer) || before.Language != offered.LanguageFor(body.Language, body.Language ?? "") || (before.State != BookingState.Held && !await IsSamePersonAsync(before, name, contact, context.RequestAborted)))
            {
                return ApiFault.Refused("otherContent", $"This {TicketApi.Header} was used for another booking, or for one that was refused. Take a new one.");
            }

            if (before.State != BookingState.Held)
            {
                return Made(link, offered, before);
            }
        }

        await audit.NoteAsync(context, Deeds.Changed, $"branch {branch}, a booking made");
        (BookingSecret? secret, BookingRefusal? refused) = await bookings.HoldAsync(
            service, startsAt.ToUnixTimeMilliseconds(), offered.LanguageFor(body.Language, body.Language ?? ""), context.RequestAborted, link, officer);
        if (secret is null)
        {
            return Refused(refused!.Value);
        }

        BookingAnswer answer = await bookings.BookAsync(service, secret, new Customer(name, contact, contact.Phone is { } phone ? phoneKeys.HashOf(branch, phone) : ""), context.RequestAborted);
        if (answer.Refusal is { } why)
        {
            await bookings.CancelAsync(service, secret, context.RequestAborted);
            return Refused(why);
        }

        return Made(secret, offered, (await bookings.FindAsync(secret, context.RequestAborted))!);
    }

    private Microsoft.AspNetCore.Http.HttpResults.Created<BookingItem> Made(BookingSecret secret, OfferedBranch branch, BookingRow booking) =>
        TypedResults.Created($"/api/v1/bookings/{secret.Text}", Item(secret, branch, booking));

    /// <summary>As on the pages: a phone number, a mail address as well where this cloud sends mail, and instead of it where the branch says so.</summary>
    /// <returns>What is wrong; null: nothing.</returns>
    private string? WrongContact(OfferedBranch branch, MakeBooking body, out Contact contact)
    {
        contact = new(PhoneNumber.Of(body.Phone, branch.Offer.CountryCode, branch.Offer.TrunkPrefix), MailboxAddress.Of(body.Email));
        bool either = letters.On && branch.Offer.MailInsteadOfPhone;
        return body.Email is not null && !letters.On ? "'email' cannot be used: this cloud sends no mail. Leave it out."
            : body.Email is not null && contact.Mail is null ? "'email' is a mail address, such as kari@example.org, or it is left out."
            : contact.Phone is null && (body.Phone is not null || !either || contact.Mail is null)
                ? $"'phone' is a phone number, with its country or as in the branch's{(either ? "; it or 'email' is needed" : "")}."
            : null;
    }

    private static bool IsSameTime(BookingRow before, OfferedService service, DateTimeOffset startsAt, string officer) =>
        before.Service == service.Offer.Service && (before.Moves > 0 || (before.StartsAt == startsAt.ToUnixTimeMilliseconds() && (before.Chosen == 1 ? before.Officer : "") == officer));

    /// <summary>Once its person is erased nobody can tell: the time alone counts then.</summary>
    private async Task<bool> IsSamePersonAsync(BookingRow before, string name, Contact contact, CancellationToken cancellation) => before.Name is null
        ? before.State != BookingState.Cancelled
        : before.Name == name && await database.ReadAsync(
            c => c.ExecuteScalarAsync<long>(
                "select count(*) from booking b join person p on p.id = b.person where b.id = @Id and p.phone = @phone and p.mail = @mail",
                new { before.Id, phone = contact.Phone?.Digits ?? "", mail = contact.Mail?.Text ?? "" }), cancellation) == 1;

    public Task<IResult> OneAsync(KeyInUse key, string link, CancellationToken cancellation) => WithAsync(key, link, cancellation, found =>
        Task.FromResult<IResult>(TypedResults.Ok(Item(found.Secret, found.Branch, found.Booking))));

    public Task<IResult> MoveAsync(KeyInUse key, string link, MoveBooking body, HttpContext context) => WithAsync(key, link, context.RequestAborted, async found =>
    {
        if (body.StartsAt is not { } startsAt || found.Branch.Service(found.Booking.Service) is not { } service)
        {
            return ApiFault.Wrong("'startsAt' is the begin of a free time of the same service.");
        }

        if (body.Officer is { Length: > 0 } officer && service.Officer(officer) is not { Offer.Shown: true })
        {
            return NoSuchOfficer;
        }

        await audit.NoteAsync(context, Deeds.Changed, FormattableString.Invariant($"branch {found.Branch.Offer.Branch}, booking {found.Booking.Id} moved"));
        return (await bookings.MoveAsync(service, found.Secret, startsAt.ToUnixTimeMilliseconds(), context.RequestAborted, body.Officer)).Refusal is { } refused
            ? Refused(refused)
            : TypedResults.Ok(Item(found.Secret, found.Branch, (await bookings.FindAsync(found.Secret, context.RequestAborted))!));
    });

    public Task<IResult> CancelAsync(KeyInUse key, string link, HttpContext context) => WithAsync(key, link, context.RequestAborted, async found =>
    {
        await audit.NoteAsync(context, Deeds.Changed, FormattableString.Invariant($"branch {found.Branch.Offer.Branch}, booking {found.Booking.Id} cancelled"));
        return (await bookings.CancelAsync(found.Branch.Service(found.Booking.Service), found.Secret, context.RequestAborted)).Refusal is { } refused ? Refused(refused) : Results.NoContent();
    });

    private static IResult NoSuchOfficer => ApiFault.Wrong("'officer' is one of 'officers' of the free times of this service, or it is left out: with anybody.");

    private static IResult NotOffered => ApiFault.Nothing("Nothing to book", "The branch or the service cannot be booked, or the branch is not one of this key's.");

    private static IResult Refused(BookingRefusal refusal) => refusal switch
    {
        BookingRefusal.SlotTaken or BookingRefusal.HoldOver => ApiFault.Refused("slotTaken", "Somebody else has this time. Ask for the free ones again."),
        BookingRefusal.NotOffered => ApiFault.Refused("notOffered", "There is no such time, or it is too soon or too far ahead."),
        BookingRefusal.TooMany => ApiFault.Refused("tooMany", "This phone number has as many open bookings as it may."),
        _ => ApiFault.Refused("over", "It has begun, is used, or was cancelled."),
    };

    private async Task<IResult> WithAsync(KeyInUse key, string link, CancellationToken cancellation, Func<Found, Task<IResult>> answer) =>
        BookingSecret.Of(link) is { } secret && await bookings.FindAsync(secret, cancellation) is { } booking && booking.State != BookingState.Held
            && await offers.FindAsync(booking.Branch, cancellation) is { } branch && await SeesAsync(key, branch.Id, cancellation)
            ? await answer(new(secret, booking, branch))
            : ApiFault.Nothing("No such booking", "The link is not complete, the booking is over for long, or its branch is not one of this key's.");

    private async Task<OfferedBranch?> FindAsync(KeyInUse key, string branch, CancellationToken cancellation) =>
        await offers.FindAsync(branch, cancellation) is { } offered && await SeesAsync(key, offered.Id, cancellation) ? offered : null;

    private async Task<bool> SeesAsync(KeyInUse key, long branch, CancellationToken cancellation) => key.Sees.IsAll
        || key.Sees.Has(branch, await database.ReadAsync(c => c.ExecuteScalarAsync<string?>("select region from branch where id = @branch", new { branch }), cancellation) ?? "");

    private BookingItem Item(BookingSecret secret, OfferedBranch branch, BookingRow booking) => new(
        secret.Text, branch.Offer.Branch, booking.Number, booking.Service, At(booking.StartsAt), At(booking.EndsAt), booking.State, $"{cloud.PublicUrl}/b/{secret.Text}",
        booking.Chosen == 1 && branch.Service(booking.Service)?.Officer(booking.Officer) is { Offer.Shown: true } officer ? officer.Id : null);

    private static DateTimeOffset At(long ms) => DateTimeOffset.FromUnixTimeMilliseconds(ms);

    private sealed record Found(BookingSecret Secret, BookingRow Booking, OfferedBranch Branch);
}
