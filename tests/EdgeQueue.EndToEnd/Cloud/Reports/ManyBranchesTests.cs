using System.Diagnostics;
using System.Globalization;
using EdgeQueue.EndToEnd.Cloud.Accounts;
using EdgeQueue.EndToEnd.Support;

namespace EdgeQueue.EndToEnd.Cloud.Reports;

/// <summary>
/// The largest reports, with as many rows for each branch and day as eight counters make in nine hours. What it prints, time and memory of the cloud's process, stands in the
/// README of the reports.
/// </summary>
public sealed class ManyBranchesTests
{
    /// <summary>2025-01-06 in days since 1970: the year is over.</summary>
    private const long First = 20_094;

    private const int Packed = 8;

    private const int Quarters = 36;

    private const int Desks = 8;

    /// <summary>Days that one statement fills.</summary>
    private const int Step = 1;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Not packed: what a day that is not over costs, each of its quarters a row of its own.</summary>
    [Theory]
    [Trait("Length", "Long")]
    [InlineData("sqlite")]
    [InlineData("postgresql")]
    public async Task As_many_days_by_the_quarter_as_a_report_takes_are_added_up_and_more_are_refused_with_a_sentence(string kind)
    {
        (int branches, int days) = (400, 12);
        await using CloudUnderTest cloud = await CloudUnderTest.StartAsync(kind);
        await FillAsync(cloud.Database, branches, days);
        using HttpClient http = await EnterAsync(cloud);

        Assert.Contains("mostQuarterDays", await SayAsync(http, days + 1), StringComparison.Ordinal);
        await ShowAsync(cloud, http, kind + ", by the quarter", branches, days);
    }

    /// <summary>
    /// Eight days are filled and packed by the cloud; the others of the year are copies of their packed rows, which say nothing of which day they are: to fill 42 million quarters
    /// takes an hour, and nothing reads them.
    /// </summary>
    [Theory]
    [Trait("Length", "Long")]
    [InlineData("sqlite")]
    [InlineData("postgresql")]
    public async Task A_year_of_400_branches_is_added_up_in_seconds(string kind)
    {
        (int branches, int days) = (400, 365);
        await using CloudUnderTest cloud = await CloudUnderTest.StartAsync(kind);
        await FillAsync(cloud.Database, branches, Packed);
        cloud.Kill();
        await cloud.StartAgainAsync();
        var watch = Stopwatch.StartNew();
        await Eventually.Is(() => CloudAccounts.Scalar(cloud.Database, $"select count(*) from packed_day where sums is not null") == branches * Packed, "the days are packed", 600);
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{kind}: {branches * Packed} days packed in {watch.Elapsed.TotalSeconds:0.0} s"));
        await Eventually.Is(() => CloudAccounts.Scalar(cloud.Database, $"select count(*) from packed_until where day > {First + 400}") == branches, "all is packed", 60);
        for (int day = Packed; day < days; day += Packed)
        {
            await OfficeAccount.RunAsync(cloud.Database, $"insert into packed_day(branch, day, sums) select branch, day + {day}, sums from packed_day where day < {First + Math.Min(Packed, days - day)}");
        }

        await OfficeAccount.RunAsync(cloud.Database, "analyze packed_day");
        cloud.Kill();
        await cloud.StartAgainAsync();
        using HttpClient http = await EnterAsync(cloud);
        TimeSpan took = await ShowAsync(cloud, http, kind + ", packed", branches, days);
        Assert.True(took < TimeSpan.FromSeconds(60), took.ToString());
    }

    private static async Task<HttpClient> EnterAsync(CloudUnderTest cloud)
    {
        var http = new HttpClient { BaseAddress = cloud.Url, Timeout = TimeSpan.FromMinutes(10) };
        http.DefaultRequestHeaders.Add("Cookie", await OfficeAccount.EnterAsync(cloud.Database, "head-office"));
        return http;
    }

    private static async Task<TimeSpan> ShowAsync(CloudUnderTest cloud, HttpClient http, string what, int branches, int days)
    {
        var watch = Stopwatch.StartNew();
        string page = await SayAsync(http, days);
        TimeSpan first = watch.Elapsed;
        watch.Restart();
        await SayAsync(http, days);
        TimeSpan again = watch.Elapsed;

        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"<b>{branches * days * Quarters * Desks}</b><span>came</span>"), page, StringComparison.Ordinal);
        Assert.Contains($"The 200 with the most people of {branches}", page, StringComparison.Ordinal);
        Assert.Equal(branches + 1, (await http.GetStringAsync($"/reports/report.csv?{Range(days)}&table=branches", Cancellation)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        long memory = long.Parse(
            File.ReadLines($"/proc/{cloud.ProcessId}/status").First(l => l.StartsWith("VmHWM", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        // Sorted in the process, 400 × 60 took 1.2 GB of the 2 GB that its unit allows.
        Assert.True(memory < 500_000, $"{memory} kB");
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what}, {branches} branches × {days} days, {branches * days * Quarters * Desks:N0} rows of quarters: the page {first.TotalSeconds:0.0} s, again {again.TotalSeconds:0.0} s; {memory / 1000} MB at most"));
        return first;
    }

    private static string Range(int days) => $"period=range&date=2025-01-06&to={new DateOnly(2025, 1, 6).AddDays(days - 1):yyyy-MM-dd}&against=none";

    private static async Task<string> SayAsync(HttpClient http, int days) =>
        await (await http.GetAsync("/reports?" + Range(days), Cancellation)).Content.ReadAsStringAsync(Cancellation);

    /// <summary>From eight in the morning.</summary>
    private static async Task FillAsync(string database, int branches, int days)
    {
        await OfficeAccount.RunAsync(database, $"insert into branch(name, created_at) with recursive b(i) as (select 1 union all select i + 1 from b where i < {branches}) select 'branch-' || i, 0 from b");
        for (int day = 0; day < days; day += Step)
        {
            await OfficeAccount.RunAsync(
                database,
                $"""
                insert into quarter(branch, quarter, service, counter, issued, called, served, over_target, wait_ms, walk_ms, serve_ms, wait_4, walk_1, serve_5)
                with recursive day(i) as (select {day} union all select i + 1 from day where i < {Math.Min(day + Step, days) - 1}),
                  q(i) as (select 0 union all select i + 1 from q where i < {Quarters - 1}), d(i) as (select 1 union all select i + 1 from d where i < {Desks})
                select b.id, (({First} + day.i) * 96) + 32 + q.i, 'service-' || (d.i % 4), 'c' || d.i, 1, 1, 1, d.i % 2, 200000, 20000, 300000, 1, 1, 1
                from branch b, day, q, d
                """);
        }

        await OfficeAccount.RunAsync(database, "analyze quarter");
    }
}
