using System.Globalization;
using System.IO.Compression;
using System.Net;
using System.Text.Json.Nodes;
using EdgeQueue.EndToEnd.Cloud.Accounts;

namespace EdgeQueue.EndToEnd.Cloud.Reports;

/// <summary>Two played days go through the ingest; what the report says is held against what the journal says.</summary>
public sealed class ReportsTests
{
    private const string Monday = "where=branch:oslo&date=2026-01-05";

    private static readonly int[] Bounds = [0, 15, 30, 60, 120, 240, 420, 600, 900, 1500, 2700, 5400];

    [Theory]
    [MemberData(nameof(CloudUnderTest.Databases), MemberType = typeof(CloudUnderTest))]
    public async Task A_day_is_reported_as_the_journal_has_it_in_the_branchs_own_time(string kind)
    {
        await using PlayedCloud played = await PlayedCloud.StartAsync(kind);
        CloudUnderTest cloud = played.Cloud;
        JsonNode[] monday = [.. played.Events.Where(e => Local(e) == new DateOnly(2026, 1, 5))];
        JsonNode[] Of(string type) => [.. monday.Where(e => (string)e["type"]! == type)];
        long[] waits = [.. Of("visitCalled").Select(e => (long)e["why"]!["waitMs"]!).Order()];

        Dictionary<string, string> summary = (await TableAsync(cloud, "summary", Monday)).Single();
        Assert.Equal("Oslo centre", summary["Branches"]);
        Assert.Equal(
            (Of("ticketIssued").Length, waits.Length, Of("transactionFinished").Length, Of("visitEnded").Count(e => (string)e["how"]! == "NoShow")),
            (Number(summary["Came"]), Number(summary["Called"]), Number(summary["Served"]), Number(summary["No-shows"])));
        Assert.Equal(waits.Sum() / waits.Length / 1000, Number(summary["Wait mean (s)"]));
        foreach (int percent in new[] { 50, 90, 95 })
        {
            // In the bucket that the exact one is in.
            double exact = waits[((waits.Length * percent) + 99) / 100 - 1] / 1000.0;
            int bucket = Array.FindLastIndex(Bounds, b => exact > b);
            Assert.InRange(Number(summary[$"Wait P{percent} (s)"]), Bounds[Math.Max(0, bucket)], bucket + 1 < Bounds.Length ? Bounds[bucket + 1] : 5400);
        }

        long late = Of("visitCalled").Count(e => (long)e["why"]!["waitMs"]! > (long)e["why"]!["targetMs"]!);
        Assert.Equal(1000 - (late * 1000 / waits.Length), (long)(decimal.Parse(summary["Within target (%)"], CultureInfo.InvariantCulture) * 10));
        Assert.Equal(
            Of("visitCalled").GroupBy(e => (string)e["operator"]!).Select(g => (g.Key, (long)g.Count())).Order(),
            (await TableAsync(cloud, "operators", Monday)).Select(r => (r["Operator"], Number(r["Called"]))).Order());
        Assert.Equal(
            Of("ticketIssued").GroupBy(e => (string)e["service"]!).Select(g => (g.Key == "cash" ? "Cash desk" : g.Key, (long)g.Count())).Order(),
            (await TableAsync(cloud, "services", Monday)).Select(r => (r["Service"], Number(r["Came"]))).Order());
        List<Dictionary<string, string>> week = await TableAsync(cloud, "days", "where=&period=week&date=2026-01-07");
        Assert.Equal(played.Events.Count(e => (string)e["type"]! == "ticketIssued"), week.Sum(d => Number(d["Came"])));
        Assert.Equal(("2026-01-05", "2026-01-11", summary["Came"]), (week[0]["Day"], week[^1]["Day"], week[0]["Came"]));

        string page = await cloud.GetAsync($"/reports?{Monday}");
        Assert.Contains("Monday, 5 January 2026", page, StringComparison.Ordinal);
        Assert.Contains($"<b>{summary["Came"]}</b><span>came</span>", page, StringComparison.Ordinal);
        using var book = new ZipArchive(new MemoryStream(await cloud.Http.GetByteArrayAsync($"/reports/report.xlsx?{Monday}", TestContext.Current.CancellationToken)));
        Assert.Equal(16, book.Entries.Count(e => e.FullName.StartsWith("xl/worksheets/", StringComparison.Ordinal)));

        foreach ((string path, HttpStatusCode status) in new[]
        {
            ("/reports?where=branch:nowhere", HttpStatusCode.NotFound), ("/reports?where=..%2f&date=2026-01-05", HttpStatusCode.BadRequest), ("/reports?date=2026-02-30", HttpStatusCode.BadRequest),
            ("/reports?period=range&date=2026-01-05&to=2026-01-04", HttpStatusCode.BadRequest), ("/reports/report.csv?table=nothing&date=2026-01-05", HttpStatusCode.BadRequest),
            ("/reports?period=month&date=2199-12-31&against=region:x", HttpStatusCode.OK), ("/reports?date=2000-01-01&period=week", HttpStatusCode.OK),
        })
        {
            using HttpResponseMessage answer = await cloud.Http.GetAsync(path, TestContext.Current.CancellationToken);
            Assert.True(answer.StatusCode == status, $"{path}: {answer.StatusCode}");
        }

        // Who sees other branches only sees nothing of this one.
        cloud.Http.DefaultRequestHeaders.Remove("Cookie");
        cloud.Http.DefaultRequestHeaders.Add("Cookie", await OfficeAccount.EnterAsync(cloud.Database, "region", ["North"]));
        Assert.DoesNotContain("Oslo", await cloud.GetAsync("/reports?date=2026-01-05"), StringComparison.Ordinal);
        using HttpResponseMessage hidden = await cloud.Http.GetAsync($"/reports/report.csv?{Monday}", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.UnprocessableEntity, hidden.StatusCode);
        using HttpResponseMessage schedules = await cloud.Http.GetAsync("/reports/schedule", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, schedules.StatusCode);
    }

    private static DateOnly Local(JsonNode happened) => DateOnly.FromDateTime(
        TimeZoneInfo.ConvertTimeFromUtc(DateTime.UnixEpoch.AddMilliseconds((long)happened["at"]!), TimeZoneInfo.FindSystemTimeZoneById("Europe/Oslo")));

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    private static async Task<List<Dictionary<string, string>>> TableAsync(CloudUnderTest cloud, string table, string query)
    {
        string[] lines = (await cloud.GetAsync($"/reports/report.csv?{query}&table={table}")).TrimStart('\uFEFF').Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        string[] names = lines[0].Split(',');
        return [.. lines.Skip(1).Select(l => names.Zip(l.Split(',')).ToDictionary(p => p.First, p => p.Second, StringComparer.Ordinal))];
    }
}
