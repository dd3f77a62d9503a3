using System.Globalization;
using Dapper;
using EdgeQueue.Cloud.Accounts;
using EdgeQueue.Cloud.Live;
using EdgeQueue.Cloud.Pages;
using EdgeQueue.Cloud.Storage;

namespace EdgeQueue.Cloud.MobileTicket;

/// <summary>Head office sees what people said after their visits, of the last 30 days.</summary>
internal sealed class SurveyPage(IDatabase database, TimeProvider time)
{
    private const int MostBranches = 200;

    private const int MostComments = 50;

    public async Task<IResult> ShowAsync(SignedIn who, HttpContext context)
    {
        VisibleBranches sees = who.Sees;
        long from = time.GetUtcNow().AddDays(-30).ToUnixTimeMilliseconds();
        IReadOnlyList<Row> rows = await database.ReadAsync<IReadOnlyList<Row>>(
            async connection => (await connection.QueryAsync<Row>(
                $"""
                select {BranchTitle.Of} as Branch, count(*) as Answers, cast(sum(a.score) as bigint) as Sum, count(*) filter (where a.score <= 2) as Bad
                from survey_answer a join branch b on b.id = a.branch {BranchTitle.Live} where a.at > @from and {sees.Condition(database.Sql)} group by b.name, b.title, l.title order by sum(a.score) * 1000 / count(*), b.name limit {MostBranches}
                """,
                new { from, sees.Regions, sees.Branches })).AsList(), context.RequestAborted);
        IReadOnlyList<Comment> comments = await database.ReadAsync<IReadOnlyList<Comment>>(
            async connection => (await connection.QueryAsync<Comment>(
                $"select a.secret_hash as Hash, {BranchTitle.Of} as Branch, a.score as Score, a.comment as Text, a.at as At from survey_answer a join branch b on b.id = a.branch {BranchTitle.Live} where a.comment <> '' and a.at > @from and {sees.Condition(database.Sql)} order by a.at desc limit {MostComments}",
                new { from, sees.Regions, sees.Branches })).AsList(), context.RequestAborted);
        return new Page("Survey", Html.Of($"""
            <h1>What people said</h1>
            {(rows.Count == 0 ? Html.Of($"<section class=\"card empty\"><p>Nobody has answered in the last 30 days.</p></section>") : Html.Of($"""
            <section class="card"><h2>Branches, the least content first</h2><div class="scroll" tabindex="0" role="region" aria-label="A wide table"><table><thead><tr><th>Branch</th><th class="n">Answers</th><th class="n">Mean, 1 to 5</th><th class="n">1 or 2</th></tr></thead><tbody>
            {rows.Select(r => Html.Of($"<tr><td>{r.Branch}</td><td class=\"n\">{r.Answers}</td><td class=\"n\">{(decimal)r.Sum / r.Answers:0.0}</td><td class=\"n\">{r.Bad}</td></tr>"))}</tbody></table></div></section>
            <section class="card"><h2>Latest comments</h2>{Html.When(comments.Count == 0, $"<p class=\"quiet\">Nobody has written anything.</p>")}{comments.Select(c => Html.Of($"<p><span class=\"pill{Html.When(c.Score <= 2, $" bad")}\">{c.Score}</span> {c.Text} <span class=\"quiet small\">{c.Branch}, {DateTime.UnixEpoch.AddMilliseconds(c.At).ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture)}</span></p>{Html.When(who.IsHeadOffice, $"<form class=\"line\" method=\"post\" action=\"/survey/erase\"><input type=\"hidden\" name=\"answer\" value=\"{c.Hash}\"><button class=\"plain\">Delete the comment</button></form>")}"))}</section>
            """))}
            """), Place: "/survey");
    }

    private sealed record Row(string Branch, long Answers, long Sum, long Bad);

    private sealed record Comment(string Hash, string Branch, long Score, string Text, long At);
}
