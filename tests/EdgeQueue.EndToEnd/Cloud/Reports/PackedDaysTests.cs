using System.Globalization;
using EdgeQueue.EndToEnd.Cloud.Accounts;
using EdgeQueue.EndToEnd.Support;

namespace EdgeQueue.EndToEnd.Cloud.Reports;

/// <summary>A report over packed days says to the last number what one over the quarters of an hour says.</summary>
public sealed class PackedDaysTests
{
    private const int Days = 40;

    private const int Branches = 4;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(CloudUnderTest.Databases), MemberType = typeof(CloudUnderTest))]
    public async Task A_report_over_packed_days_is_the_one_over_their_quarters_also_of_what_came_late(string kind)
    {
        // Its midnight is at 18:15 UTC, and the fourth branch is open then.
        const string Zone = "Asia/Kathmandu";
        await using CloudUnderTest slow = await CloudUnderTest.StartAsync(kind, new Dictionary<string, string> { ["reports:timeZone"] = Zone });
        await FillAsync(slow.Database);
        await slow.SignInAsync();
        string counted = await SayAsync(slow);

        // A database as an earlier release left it: the back-fill begins with the start. With so few days by the quarter the packed ones must have been read.
        await using CloudUnderTest quick = await CloudUnderTest.StartOverAsync(slow.Database, new Dictionary<string, string> { ["reports:timeZone"] = Zone, ["reports:mostQuarterDays"] = "5" });
        await quick.SignInAsync();
        await Eventually.Is(() => Unpacked(quick) == 0, "the days are packed", 60);
        Assert.Equal(Branches * Days, CloudAccounts.Scalar(quick.Database, "select count(*) from packed_day where sums is not null"));
        Assert.Equal(counted, await SayAsync(quick));

        // As ingest does it, of a day of January.
        await OfficeAccount.RunAsync(quick.Database, "update quarter set issued = issued + 1000, served = served - 1 where branch = 2 and quarter = (20460 * 96) + 20");
        Assert.Equal(1, CloudAccounts.Scalar(quick.Database, "select count(*) from packed_day where sums is null"));
        string late = await SayAsync(quick);
        Assert.NotEqual(counted, late);
        quick.Kill();
        await quick.StartAgainAsync();
        await Eventually.Is(() => CloudAccounts.Scalar(quick.Database, "select count(*) from packed_day where sums is null") == 0, "the day is packed anew", 60);
        Assert.Equal(late, await SayAsync(quick));

        await OfficeAccount.RunAsync(slow.Database, "delete from packed_until");
        Assert.Equal(late, await SayAsync(slow));
        Assert.Contains("mostQuarterDays", await quick.GetAsync("/reports?" + Asked), StringComparison.Ordinal);
    }

    private static string Asked { get; } = $"period=range&date=2026-01-06&to={new DateOnly(2026, 1, 5).AddDays(Days - 3):yyyy-MM-dd}&against=none";

    private static long Unpacked(CloudUnderTest cloud) => Branches - CloudAccounts.Scalar(
        cloud.Database, string.Create(CultureInfo.InvariantCulture, $"select count(*) from packed_until where day >= {(DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 86_400_000) - 2}"));

    private static async Task<string> SayAsync(CloudUnderTest cloud)
    {
        var said = new List<string>();
        foreach (string table in new[] { "days", "times", "week", "spread", "durations", "branches", "services" })
        {
            using HttpResponseMessage answer = await cloud.Http.GetAsync($"/reports/report.csv?{Asked}&table={table}", Cancellation);
            string text = await answer.Content.ReadAsStringAsync(Cancellation);
            Assert.True(answer.IsSuccessStatusCode, text);
            said.Add(text);
        }

        return string.Join("\n", said);
    }

    /// <summary>From 2026-01-05 on, which is day 20,458; three branches from 03:00 to 09:00 UTC, the fourth from 14:00 to 20:00.</summary>
    private static async Task FillAsync(string database)
    {
        await OfficeAccount.RunAsync(database, $"insert into branch(name, created_at) with recursive b(i) as (select 1 union all select i + 1 from b where i < {Branches}) select 'branch-' || i, 0 from b");
        await OfficeAccount.RunAsync(
            database,
            $"""
            insert into quarter(branch, quarter, service, counter, issued, called, served, no_shows, gone, over_target, wait_ms, walk_ms, serve_ms, wait_4, wait_7, walk_1, serve_5, serve_11)
            with recursive day(i) as (select 0 union all select i + 1 from day where i < {Days - 1}), q(i) as (select 0 union all select i + 1 from q where i < 23), d(i) as (select 1 union all select i + 1 from d where i < 4)
            select b.id, ((20458 + day.i) * 96) + 12 + q.i + case when b.id = 4 then 44 else 0 end, 'service-' || (d.i % 3), 'c' || d.i,
              (b.id * 7 + day.i * 13 + q.i * 29 + d.i * 17) % 11, (b.id * 3 + day.i * 5 + q.i * 31 + d.i * 19) % 7, (b.id + day.i * 3 + q.i * 7 + d.i * 5) % 6 - 1, day.i % 2, q.i % 3, d.i % 2,
              200000 + q.i * 1013, 20000 + d.i * 17, 300000 + day.i * 7, 1 + q.i % 2, d.i % 3, 1, 1 + day.i % 2, b.id % 2
            from branch b, day, q, d
            """);
    }
}
