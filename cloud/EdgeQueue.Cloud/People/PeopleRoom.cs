using System.Globalization;
using System.Text.Json.Serialization;
using EdgeQueue.Cloud.Accounts.Audit;
using EdgeQueue.Cloud.Pages;
using EdgeQueue.Cloud.Start;
using EdgeQueue.Cloud.Web;

namespace EdgeQueue.Cloud.People;

/// <summary>What is kept about people: said to everybody, and shown, exported and erased by phone number or mail address.</summary>
internal sealed class PeopleRoom : IRoom
{
    /// <summary>The page shows the first ones and says how many more there are; the export has all.</summary>
    private const int MostShown = 100;

    public void AddServices(IServiceCollection services, IConfiguration settings, SettingFaults faults)
    {
        services.AddSingleton<PersonStore>().AddSingleton<PrivacyPage>();
        services.ConfigureHttpJsonOptions(json => json.SerializerOptions.TypeInfoResolverChain.Insert(0, PeopleJson.Default));
    }

    public void MapRoutes(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/privacy", (PrivacyPage page, HttpContext context) => page.Show(context)).Bounded(RequestBounds.Reads);
        RouteGroupBuilder office = routes.MapHeadOffice();
        office.MapGet("/people", () => Show(null, null, null)).Bounded(RequestBounds.Writes);
        // A number is no part of an address: addresses are in logs and histories.
        office.MapPost("/people", SearchAsync).OnlyLooks().Bounded(RequestBounds.Writes);
        office.MapPost("/people/export", ExportAsync).OnlyLooks().Bounded(RequestBounds.Writes);
        office.MapPost("/people/erase", EraseAsync).Bounded(RequestBounds.Writes);
    }

    private static async Task<IResult> SearchAsync(PersonStore people, AuditTrail audit, HttpContext context)
    {
        (Contact? contact, string typed) = await ContactAsync(context);
        if (contact is null)
        {
            return Show(typed, null, null, 422);
        }

        // Which number it was is nobody's business afterwards.
        await audit.NoteAsync(context, Deeds.Looked, "a person by number or address");
        return Show(contact.Phone?.Written ?? contact.Mail!.Text, await people.OfAsync(contact, context.RequestAborted), null);
    }

    private static async Task<IResult> ExportAsync(PersonStore people, AuditTrail audit, HttpContext context)
    {
        (Contact? contact, string typed) = await ContactAsync(context);
        if (contact is null)
        {
            return Show(typed, null, null, 422);
        }

        await audit.NoteAsync(context, Deeds.Exported, "a person by number or address");
        context.Response.Headers.ContentDisposition = "attachment; filename=\"kept.json\"";
        return Results.Ok(await people.OfAsync(contact, context.RequestAborted));
    }

    private static async Task<IResult> EraseAsync(PersonStore people, AuditTrail audit, HttpContext context)
    {
        (Contact? contact, string typed) = await ContactAsync(context);
        if (contact is null)
        {
            return Show(typed, null, null, 422);
        }

        await audit.NoteAsync(context, Deeds.Erased, "a person by number or address");
        return Show("", null, await people.EraseAsync(contact, context.RequestAborted));
    }

    private static async Task<(Contact? Contact, string Typed)> ContactAsync(HttpContext context)
    {
        string typed = context.Request.HasFormContentType ? (await context.Request.ReadFormAsync(context.RequestAborted))["phone"].ToString() : "";
        return (Contact.Of(typed), typed.Length > MailboxAddress.Longest ? typed[..MailboxAddress.Longest] : typed);
    }

    private static Page Show(string? typed, KeptAbout? kept, int? erased, int status = 200) => new("People", Html.Of($"""
        <h1>What is kept about somebody</h1>
        <form class="line may" method="post" action="/people"><label>Phone number with its country, or mail address<input name="phone" value="{typed}" required maxlength="254" placeholder="+47 912 34 567"></label><button>Show</button></form>
        {Html.When(status == 422, $"<p class=\"notice\" role=\"alert\">This is neither a phone number nor a mail address. Write a number with its country, as +47 912 34 567.</p>")}
        {Html.When(erased is not null, $"<p class=\"notice good\" role=\"status\">Erased: {Counted.Of(erased ?? 0, "entry", "entries")}. A wish for no more SMS stays, or they would come again.</p>")}
        {(kept is null ? Html.Empty : kept.IsNothing ? Html.Of($"<section class=\"card empty\"><p>Nothing is kept about it.</p></section>") : Table(typed!, kept))}
        """), Place: "/people", Status: status);

    private static Html Table(string phone, KeptAbout kept) => Html.Of($"""
        <section class="card"><div class="scroll" tabindex="0" role="region" aria-label="A wide table"><table><thead><tr><th>Why</th><th>Name</th><th>Phone</th><th>Mail</th><th>Since</th><th>Deleted at</th></tr></thead><tbody>
        {kept.Entries.Take(MostShown).Select(r => Html.Of($"<tr><td>{r.Purpose}</td><td>{r.Name}</td><td>{(r.Phone.Length > 0 ? "+" + r.Phone : "")}</td><td>{r.Mail}</td><td>{At(r.Since)}</td><td>{At(r.DeletedAt)}</td></tr>"))}</tbody></table></div>{More(kept.Entries.Count)}</section>
        {Facts(kept.Facts)}
        <div class="actions"><form class="may" method="post" action="/people/export"><input type="hidden" name="phone" value="{phone}"><button class="plain">Export</button></form>
        <form method="post" action="/people/erase"><input type="hidden" name="phone" value="{phone}"><button class="danger">Erase now</button></form></div>
        """);

    private static Html Facts(IReadOnlyList<KeptFact> facts) => facts.Count == 0 ? Html.Empty : Html.Of($"""
        <section class="card"><h2>What hangs on it</h2><div class="scroll" tabindex="0" role="region" aria-label="What hangs on it"><table><thead><tr><th>When</th><th>What</th><th>Known of it</th><th>Deleted at</th></tr></thead><tbody>
        {facts.Take(MostShown).Select(f => Html.Of($"<tr><td>{(f.At is { } made ? At(made) : "")}</td><td>{f.What}</td><td class=\"small\">{Said(f)}</td><td>{(f.DeletedAt is { } gone ? At(gone) : "when it is removed")}</td></tr>"))}</tbody></table></div>{More(facts.Count)}</section>
        """);

    private static string Said(KeptFact fact) => string.Join(" · ", fact.Facts.Where(k => k.Value.Length > 0).Select(k => $"{k.Key}: {k.Value}"));

    private static Html More(int count) => Html.When(count > MostShown, $"<p class=\"quiet\">And {count - MostShown} more; the export has all.</p>");

    private static string At(DateTimeOffset at) => at.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(KeptAbout))]
internal sealed partial class PeopleJson : JsonSerializerContext;
