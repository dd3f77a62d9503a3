using System.Globalization;
using Dapper;
using EdgeQueue.Cloud.Pages;
using EdgeQueue.Cloud.Storage;

namespace EdgeQueue.Cloud.Accounts.Audit;

/// <summary>The audit trail with a search, the newest first; for head office and the auditor.</summary>
internal sealed class AuditPage(IDatabase database)
{
    private const int Shown = 100;

    public async Task<IResult> ShowAsync(HttpContext context)
    {
        IQueryCollection query = context.Request.Query;
        string account = AccountName.Of(query["account"]) ?? "";
        string what = Deeds.All.FirstOrDefault(d => d == query["what"]) ?? "";
        DateOnly? from = Day(query["from"]);
        DateOnly? to = Day(query["to"]);
        long before = long.TryParse(query["before"], NumberStyles.None, CultureInfo.InvariantCulture, out long id) ? id : long.MaxValue;
        Row[] rows = await database.ReadAsync(
            async c => (await c.QueryAsync<Row>(
                $"""
                select t.id as Id, t.at as At, coalesce(a.name, '') as Account, t.api_key as ApiKey, t.address as Address, t.what as What, t.subject as Subject, coalesce(f.failures, 1) as Times
                from audit t left join account a on a.id = t.account left join sign_in_failure f on f.audit = t.id
                where t.id < @before and (@what = '' or t.what = @what) and (@account = '' or t.account = (select id from account where name = @account)) and t.at >= @since and t.at < @until
                order by t.id desc limit {Shown + 1}
                """,
                new { before, what, account, since = Ms(from ?? DateOnly.MinValue), until = to is { } last && last < DateOnly.MaxValue ? Ms(last.AddDays(1)) : long.MaxValue })).ToArray(),
            context.RequestAborted);
        string search = $"account={Uri.EscapeDataString(account)}&what={Uri.EscapeDataString(what)}&from={Text(from)}&to={Text(to)}";
        return new Page("Audit trail", Html.Of($"""
            <h1>Audit trail</h1>
            <form class="line" action="/audit" role="search">
            <label>Account<input name="account" value="{account}" maxlength="{AccountName.Longest}" autocomplete="off" autocapitalize="none"></label>
            <label>What<select name="what"><option value="">anything</option>{Deeds.All.Select(d => Html.Of($"<option{Html.When(d == what, $" selected")}>{d}</option>"))}</select></label>
            <label>From<input name="from" type="date" value="{Text(from)}"></label><label>To<input name="to" type="date" value="{Text(to)}"></label>
            <button>Search</button>
            </form>
            {(rows.Length == 0 ? Html.Of($"<section class=\"card empty\"><h2>Nothing found</h2><p class=\"quiet\">Nobody did anything like this.</p></section>") : Html.Of($"""
            <section class="card"><div class="scroll" tabindex="0" role="region" aria-label="A wide table"><table><thead><tr><th scope="col">When (UTC)<th scope="col">Who<th scope="col">What<th scope="col">On<th scope="col" class="wide">From</tr></thead><tbody>
            {rows.Take(Shown).Select(r => Html.Of($"""<tr><td class="n small">{At(r.At)}<td>{Who(r)}<td>{What(r)}<td class="small">{r.Subject}{Html.When(r.Times > 1, $", {r.Times} times in a quarter of an hour")}<td class="quiet small wide">{r.Address}</tr>"""))}
            </tbody></table></div>
            {Html.When(rows.Length > Shown, $"<p class=\"turn\"><a rel=\"next\" href=\"/audit?{search}&amp;before={rows[Math.Max(0, rows.Length - 2)].Id}\">Earlier</a></p>")}</section>
            """))}
            """), Place: "/audit");
    }

    private static Html Who(Row row) =>
        row.Account.Length > 0 ? Html.Of($"<b>{row.Account}</b>")
        : row.ApiKey > 0 ? Html.Of($"API key {row.ApiKey}")
        : row.Address == Actor.Server.Address ? Html.Of($"<span class=\"quiet\">on the server</span>")
        : Html.Of($"<span class=\"quiet\">nobody</span>");

    private static Html What(Row row) => row.What == Deeds.SignInFailed ? Html.Of($"<span class=\"pill bad\">{row.What}</span>")
        : row.What is Deeds.Erased or Deeds.Exported ? Html.Of($"<span class=\"pill warn\">{row.What}</span>")
        : Html.Of($"<span class=\"pill off\">{row.What}</span>");

    private static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out DateOnly day) ? day : null;

    private static string Text(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? "";

    private static long Ms(DateOnly day) => new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero).ToUnixTimeMilliseconds();

    private static string At(long ms) => DateTime.UnixEpoch.AddMilliseconds(ms).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture);

    private sealed record Row(long Id, long At, string Account, long ApiKey, string Address, string What, string Subject, long Times);
}
