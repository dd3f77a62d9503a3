using System.Globalization;
using EdgeQueue.Cloud.Accounts;
using EdgeQueue.Cloud.Accounts.Audit;
using EdgeQueue.Cloud.Api.Hooks;
using EdgeQueue.Cloud.Pages;

namespace EdgeQueue.Cloud.Api;

/// <summary>Head office's page of API keys.</summary>
internal sealed class KeyPages(ApiKeys keys, HookBook hooks, AuditTrail audit)
{
    private const int LongestTitle = 60;

    public Task<Page> ShowAsync(SignedIn who, HttpContext context) => ListAsync(who, context, null, "", [], "");

    public async Task<IResult> AddAsync(SignedIn who, HttpContext context)
    {
        if (!context.Request.HasFormContentType)
        {
            return Results.StatusCode(415);
        }

        IFormCollection form = await context.Request.ReadFormAsync(context.RequestAborted);
        string title = string.Join(' ', form["title"].ToString().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        string[] scopes = [.. Scopes.All.Select(s => s.Scope).Where(s => form["scopes"].Contains(s))];
        string? region = Forms.Region(form["region"]);
        string? fault = title.Length is 0 or > LongestTitle || title.Any(char.IsControl) ? $"Say what the key is for, in at most {LongestTitle} characters."
            : scopes.Length == 0 ? "Choose what it may do."
            : region is null ? $"A region's name has at most {Forms.LongestRegion} characters and no comma." : null;
        if (fault is not null)
        {
            return await ListAsync(who, context, fault, title.Length > LongestTitle ? title[..LongestTitle] : title, scopes, region ?? "");
        }

        if (await keys.AddAsync(title, scopes, region!, who.Account, context.RequestAborted) is not var (id, key))
        {
            return await ListAsync(who, context, $"There are {ApiKeys.Most} keys already, and there can be no more.", title, scopes, region!);
        }

        await audit.NoteAsync(context, Deeds.KeyAdded, string.Create(CultureInfo.InvariantCulture, $"API key {id}: {string.Join(' ', scopes)}"));
        return new Page("A new key", Html.Of($"""
            <p class="small"><a href="/keys">← All keys</a></p>
            <h1>{title}</h1>
            <section class="card"><p>This is the key. Copy it now: it is not shown again, and nobody can look it up.</p>
            <p><code class="once">{key}</code></p>
            <p class="quiet small">A program sends it with each request: <code>Authorization: Bearer {ApiKeys.Prefix}…</code>. What it can ask for stands in <a href="/api/v1/openapi.json">openapi.json</a>.</p></section>
            """), Place: "/keys");
    }

    public async Task<IResult> DisableAsync(long id, HttpContext context)
    {
        await audit.NoteAsync(context, Deeds.KeyDisabled, string.Create(CultureInfo.InvariantCulture, $"API key {id}"));
        await keys.DisableAsync(id, context.RequestAborted);
        return SignInPages.SeeOther(context, "/keys");
    }

    private async Task<Page> ListAsync(SignedIn who, HttpContext context, string? fault, string title, string[] scopes, string region)
    {
        IReadOnlyList<ApiKeyRow> all = await keys.AllAsync(context.RequestAborted);
        return new Page("API keys", Html.Of($"""
            <h1>API keys</h1>
            {Html.When(fault is not null, $"<p class=\"notice\" role=\"alert\">{fault}</p>")}
            {(all.Count == 0 ? Html.Of($"<section class=\"card empty\"><h2>No program has a key yet</h2><p class=\"quiet\">With a key, a program of yours can look at branches, take tickets, book times and read figures.</p></section>") : Html.Of($"""
            <section class="card"><div class="scroll"><table><thead><tr><th scope="col">Key<th scope="col">May<th scope="col" class="wide">Region<th scope="col" class="n wide">Made<th scope="col" class="n wide">Last used<th scope="col"></tr></thead><tbody>
            {all.Select(k => Html.Of($"""<tr><td><b>{k.Title}</b> <span class="quiet small">{k.Id}</span><td class="small">{k.Scopes}<td class="wide">{(k.Region.Length == 0 ? "all" : k.Region)}<td class="n wide quiet small">{At(k.MadeAt)} by {k.MadeBy}<td class="n small wide">{(k.UsedAt == 0 ? "never" : At(k.UsedAt))}<td class="n">{(k.Disabled == 1 ? Html.Of($"<span class=\"pill off\">disabled</span>") : Html.When(who.IsHeadOffice, $"<form method=\"post\" action=\"/keys/{k.Id}/disable\"><button class=\"plain\">Disable</button></form>"))}</tr>"""))}
            </tbody></table></div></section>
            """))}
            {HookTable.Of(await hooks.ListAsync(null, context.RequestAborted))}
            {Html.When(who.IsHeadOffice, $"""
            <section class="card"><h2>Another key</h2><form method="post" action="/keys"><div class="grid">
            <div class="fields"><label>What for<input name="title" value="{title}" required maxlength="{LongestTitle}" placeholder="The website"></label>
            <label>Region<input name="region" value="{region}" maxlength="{Forms.LongestRegion}"><span class="hint">Empty: all branches.</span></label></div>
            <fieldset><legend>It may</legend>{Scopes.All.Select(s => Html.Of($"<label class=\"check\"><input type=\"checkbox\" name=\"scopes\" value=\"{s.Scope}\"{Html.When(scopes.Contains(s.Scope), $" checked")}><span>{s.Words} <code>{s.Scope}</code></span></label>"))}</fieldset></div>
            <div><button>Make it</button></div></form></section>
            """)}
            """), Place: "/keys", Status: fault is null ? 200 : 422);
    }

    private static string At(long ms) => DateTime.UnixEpoch.AddMilliseconds(ms).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
