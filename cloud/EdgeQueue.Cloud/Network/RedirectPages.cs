using System.Globalization;
using EdgeQueue.Cloud.Accounts;
using EdgeQueue.Cloud.Accounts.Audit;
using EdgeQueue.Cloud.Bookings.Offers;
using EdgeQueue.Cloud.Live;
using EdgeQueue.Cloud.Outside;
using EdgeQueue.Cloud.Pages;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Cloud;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Cloud.Network;

/// <summary>
/// Somebody who waits in a branch is sent to another officer, counter or service, or to later, from head office or by the branch's manager. The branch decides;
/// whom a counter has called is the counter's.
/// </summary>
internal sealed class RedirectPages(LiveDetails details, OfferBook offers, BranchCommands commands, AuditTrail audit, TimeProvider time)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    /// <summary>Minutes from now that can be chosen.</summary>
    private static readonly int[] Later = [10, 20, 30, 60, 120];

    public async Task<IResult> AskAsync(string branch, long visit, SignedIn who, CancellationToken cancellation)
    {
        (Waits? found, IResult fault) = await FindAsync(branch, visit, who, cancellation);
        return found is { } waits ? await PageAsync(waits, BranchCommands.NewId(), null, cancellation) : fault;
    }

    public async Task<IResult> DoAsync(string branch, long visit, SignedIn who, HttpContext context)
    {
        (Waits? found, IResult fault) = await FindAsync(branch, visit, who, context.RequestAborted);
        if (found is not { } waits)
        {
            return fault;
        }

        IFormCollection form = context.Request.HasFormContentType ? await context.Request.ReadFormAsync(context.RequestAborted) : FormCollection.Empty;
        string press = form["press"].ToString();
        if (form["to"].ToString().Length == 0 && form["later"].ToString().Length == 0 && press.Length == 32)
        {
            return await PageAsync(waits, press, "Nothing was changed: choose where to, or when.", context.RequestAborted);
        }

        if (press.Length != 32 || !press.All(char.IsAsciiHexDigitLower)
            || CommandOf(waits, form["to"].ToString(), form["later"].ToString()) is not { } command)
        {
            return Results.BadRequest();
        }

        if (!waits.Row.IsThere(time.GetUtcNow().ToUnixTimeMilliseconds()))
        {
            return await PageAsync(waits, press, "The branch is away just now. Nothing was changed; its people can send the customer on at a counter.", context.RequestAborted);
        }

        string where = Words(command);
        await audit.NoteAsync(context, Deeds.Changed, FormattableString.Invariant($"branch {branch}, visit {visit}: to be redirected {where}"));
        // Whoever goes away now has asked all the same. The same choice pressed twice is one wish.
        return await commands.AskAsync(branch, BranchCommands.IdOf(FormattableString.Invariant($"redirect {branch} {visit} {press} {where}")), command, Patience, CancellationToken.None) switch
        {
            { Refusal: null } => See("/network/" + branch, context),
            { Refusal: { } refusal } => await PageAsync(waits, BranchCommands.NewId(), refusal.Sentence, context.RequestAborted),
            null => await PageAsync(waits, press, "The branch has not answered: it may have been done. Look at the branch's page, or press again: it has its effect once.", context.RequestAborted),
        };
    }

    private async Task<(Waits? Found, IResult Fault)> FindAsync(string branch, long visit, SignedIn who, CancellationToken cancellation)
    {
        if (!Topics.IsName(branch) || await details.OfAsync(branch, cancellation) is not var (row, live) || !who.Sees.Has(row))
        {
            return (null, Page.Message(404, "No such branch", "It has not reported to this cloud, its name is another one, or it is not one of yours.", Audience.HeadOffice));
        }

        return live.Visits.FirstOrDefault(v => v.Visit == visit && v.Counter is null) is { } waits
            ? (new(branch, row, live, waits), Results.Empty)
            : (null, Page.Message(404, "Not waiting any more", "This customer was called, has left, or the branch has not told of them yet.", Audience.HeadOffice));
    }

    private async Task<Page> PageAsync(Waits waits, string press, string? said, CancellationToken cancellation)
    {
        LiveMessage live = waits.Live;
        OfferedBranch? offered = await offers.FindAsync(waits.Branch, cancellation);
        Dictionary<string, string> people = live.Counters.Where(c => c.Operator is { Length: > 0 }).DistinctBy(c => c.Operator)
            .ToDictionary(c => c.Operator!, c => $"{c.Operator}, at counter {c.Number} now", StringComparer.Ordinal);
        foreach (OfficerOffer officer in offered?.Offer.Officers ?? [])
        {
            string name = LanguageChoice.Pick(officer.Name, "en", offered!.Offer.Languages);
            people[officer.Officer] = people.TryGetValue(officer.Officer, out string? at) ? $"{name} ({at})" : name;
        }

        Html Option(string kind, string id, string text) => Html.Of($"<option value=\"{kind}:{id}\">{text}</option>");
        return new Page("Redirect a customer", Html.Of($"""
            <p class="small"><a href="/network/{waits.Branch}">← {waits.Row.Title}</a></p><h1>Redirect {waits.Visit.Label}</h1>
            {Html.When(said is not null, $"<p class=\"notice\" role=\"alert\">{said}</p>")}
            <p>Waits for {Service(live, waits.Visit.Service)}{Html.When(waits.Visit.Operator is not null, $", for {waits.Visit.Operator}")}{Html.When(waits.Visit.Ahead is null, $", aside just now")}. The place in time stays.</p>
            <form class="card" method="post" action="/network/{waits.Branch}/visits/{waits.Visit.Visit}"><input type="hidden" name="press" value="{press}">
            <label>To<select name="to"><option value="">as before</option>
            {Html.When(people.Count > 0, $"<optgroup label=\"Officers\">{people.OrderBy(p => p.Value, StringComparer.Ordinal).Select(p => Option("operator", p.Key, p.Value))}</optgroup>")}
            <optgroup label="Anybody, for">{live.Services.Select(s => Option("service", s.Service, Service(live, s.Service)))}</optgroup>
            <optgroup label="Counters">{live.Counters.Select(c => Option("counter", c.Counter, "Counter " + c.Number))}</optgroup></select></label>
            <label>When<select name="later"><option value="">as before</option>{Later.Select(m => Html.Of($"<option value=\"{m}\">in {m} minutes</option>"))}</select></label>
            <button>Redirect</button></form>
            """), Status: said is null ? 200 : 409, Place: "/network");
    }

    /// <returns>Null: not what the form can say.</returns>
    private static Redirect? CommandOf(Waits waits, string to, string later)
    {
        (string kind, string id) = to.Split(':', 2) is [var before, var after] ? (before, after) : ("", "");
        int? minutes = int.TryParse(later, NumberStyles.None, CultureInfo.InvariantCulture, out int typed) ? typed : null;
        if ((to.Length > 0 && (kind is not ("operator" or "service" or "counter") || !Topics.IsName(id))) || (later.Length > 0 && (minutes is not { } m || !Later.Contains(m))) || (to.Length == 0 && minutes is null))
        {
            return null;
        }

        string? If(string which) => kind == which ? id : null;
        return new Redirect(waits.Visit.Visit, If("service"), If("counter"), If("operator"), minutes, default, waits.Visit.Label);
    }

    /// <summary>For the audit trail: all in it was looked at.</summary>
    private static string Words(Redirect to) => string.Join(' ', new[]
    {
        to.ToOperator is { } person ? $"to officer {person}" : to.ToCounter is { } counter ? $"to counter {counter}" : to.ToService is { } service ? $"to service {service}" : "",
        to.Minutes is { } minutes ? FormattableString.Invariant($"in {minutes} minutes") : "",
    }.Where(w => w.Length > 0));

    private static string Service(LiveMessage live, string id) => live.Services.FirstOrDefault(s => s.Service == id)?.Names is { } names ? names.GetValueOrDefault("en") ?? names.Values.FirstOrDefault() ?? id : id;

    private static IResult See(string where, HttpContext context)
    {
        context.Response.Headers.Location = where;
        return Results.StatusCode(StatusCodes.Status303SeeOther);
    }

    private sealed record Waits(string Branch, LiveRow Row, LiveMessage Live, LiveVisit Visit);
}
