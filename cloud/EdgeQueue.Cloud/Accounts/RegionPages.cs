using Dapper;
using EdgeQueue.Cloud.Accounts.Audit;
using EdgeQueue.Cloud.Live;
using EdgeQueue.Cloud.Pages;
using EdgeQueue.Cloud.Storage;
using EdgeQueue.Core.Contracts;

namespace EdgeQueue.Cloud.Accounts;

/// <summary>Which branch is in which region: head office says it.</summary>
internal sealed class RegionPages(IDatabase database, LiveStore live, AuditTrail audit)
{
    private const int MostShown = 500;

    /// <summary>Branches that are put into a region at once.</summary>
    private const int MostAtOnce = 500;

    public Task<Page> ShowAsync(SignedIn who, HttpContext context) => ShowAsync(who, context, "", "", null);

    public async Task<IResult> PutAsync(SignedIn who, HttpContext context)
    {
        if (!context.Request.HasFormContentType)
        {
            return Results.StatusCode(415);
        }

        IFormCollection form = await context.Request.ReadFormAsync(context.RequestAborted);
        string typed = form["branches"].ToString();
        string[] names = [.. Forms.Lines(typed)];
        string? region = Forms.Region(form["region"]);
        string? fault = region is null ? $"A region's name has at most {Forms.LongestRegion} characters and no comma."
            : names.Length == 0 ? "Say which branches."
            : names.Length > MostAtOnce ? $"At most {MostAtOnce} branches at once."
            : names.FirstOrDefault(n => !Topics.IsName(n)) is { } wrong ? $"'{wrong}' is not the name of a branch." : null;
        if (fault is null)
        {
            Found[] found = await database.ReadAsync(
                async c => (await c.QueryAsync<Found>($"select id as Id, name as Name from branch where {database.Sql.AnyOf("name", "@names")}", new { names })).ToArray(), context.RequestAborted);
            fault = names.FirstOrDefault(n => !found.Any(f => f.Name == n)) is { } missing ? $"There is no branch '{missing}'. Nothing was changed." : null;
            if (fault is null)
            {
                foreach (Found branch in found)
                {
                    await audit.NoteAsync(context, Deeds.BranchChanged, $"branch {branch.Name}, region '{region}'");
                }

                await live.PutRegionAsync([.. found.Select(f => f.Id)], region!, context.RequestAborted);
                return SignInPages.SeeOther(context, "/regions");
            }
        }

        return await ShowAsync(who, context, region ?? "", typed, fault);
    }

    private async Task<Page> ShowAsync(SignedIn who, HttpContext context, string region, string branches, string? fault)
    {
        Row[] rows = await database.ReadAsync(
            async c => (await c.QueryAsync<Row>(
                $"select b.region as Region, count(*) as Branches, min(b.name) as First, (select count(distinct r.account) from account_region r where r.region = b.region) as Accounts from branch b group by b.region order by b.region limit {MostShown + 1}"))
                .ToArray(), context.RequestAborted);
        return new Page("Regions", Html.Of($"""
            <h1>Regions</h1>
            {Html.When(fault is not null, $"<p class=\"notice\" role=\"alert\">{fault}</p>")}
            {(rows.Length == 0 ? Html.Of($"<section class=\"card empty\"><h2>No branch has reported yet</h2><p class=\"quiet\">As soon as there are branches, they can be put into regions here.</p></section>") : Html.Of($"""
            <section class="card"><div class="scroll" tabindex="0" role="region" aria-label="A wide table"><table><thead><tr><th scope="col">Region<th scope="col" class="n">Branches<th scope="col" class="wide">One of them<th scope="col" class="n">Accounts</tr></thead><tbody>
            {rows.Take(MostShown).Select(r => Html.Of($"""<tr><td>{(r.Region.Length == 0 ? Html.Of($"<span class=\"quiet\">no region</span>") : Html.Of($"<a href=\"/network?q={Uri.EscapeDataString(r.Region)}\"><b>{r.Region}</b></a>"))}<td class="n">{r.Branches}<td class="wide quiet">{r.First}<td class="n">{(r.Region.Length == 0 ? 0 : r.Accounts)}</tr>"""))}
            </tbody></table></div>{Html.When(rows.Length > MostShown, $"<p class=\"quiet small\">The first {MostShown}.</p>")}</section>
            """))}
            {Html.When(who.IsHeadOffice, $"""
            <section class="card"><h2>Put branches into a region</h2><form method="post" action="/regions"><div class="grid">
            <label>Region<input name="region" value="{region}" maxlength="{Forms.LongestRegion}"><span class="hint">Empty: they are in none.</span></label>
            <label>Branches<textarea name="branches" rows="4" required maxlength="30000">{branches}</textarea><span class="hint">Their names as in the address of the branch's page, one a line.</span></label></div>
            <div><button>Put them there</button></div></form></section>
            """)}
            """), Place: "/regions", Status: fault is null ? 200 : 422);
    }

    private sealed record Found(long Id, string Name);

    private sealed record Row(string Region, long Branches, string First, long Accounts);
}
