using System.Diagnostics;
using System.Globalization;
using EdgeQueue.EndToEnd.Cloud.Accounts;

namespace EdgeQueue.EndToEnd.Cloud.Reports;

/// <summary>
/// The largest reports, with as many rows for each branch and day as eight counters make in nine hours. What it prints, time and memory of the cloud's process, stands in the
/// README of the reports.
/// </summary>
public sealed class ManyBranchesTests
{
    private const int Bound = 5_000;

    private const int Quarters = 36;

    private const int Desks = 8;

    /// <summary>Days that one statement fills.</summary>
    private const int Step = 4;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [Trait("Length", "Long")]
    [InlineData("sqlite", 400, 12)]
    [InlineData("postgresql", 400, 12)]
    [InlineData("postgresql", 400, 60)]
    [InlineData("postgresql", 68, 365)]
    public async Task As_many_branch_days_as_a_report_takes_are_added_up_and_more_are_refused_with_a_sentence(string kind, int branches, int days)
    {
        await using CloudUnderTest cloud = await CloudUnderTest.StartAsync(
            kind, branches * days <= Bound ? null : new Dictionary<string, string> { ["reports:mostBranchDays"] = (branches * days).ToString(CultureInfo.InvariantCulture) });
        await FillAsync(cloud.Database, branches, days);
        using var http = new HttpClient { BaseAddress = cloud.Url, Timeout = TimeSpan.FromMinutes(10) };
        http.DefaultRequestHeaders.Add("Cookie", await OfficeAccount.EnterAsync(cloud.Database, "head-office"));

        Assert.Contains("mostBranchDays", await SayAsync(http, days + 1), StringComparison.Ordinal);
        var watch = Stopwatch.StartNew();
        string page = await SayAsync(http, days);
        TimeSpan first = watch.Elapsed;
        watch.Restart();
        await SayAsync(http, days);

        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"<b>{branches * days * Quarters * Desks}</b><span>came</span>"), page, StringComparison.Ordinal);
        Assert.Equal(branches > 200, page.Contains($"The 200 with the most people of {branches}", StringComparison.Ordinal));
        Assert.Equal(branches + 1, (await http.GetStringAsync($"/reports/report.csv?{Range(days)}&table=branches", Cancellation)).Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Length);
        long memory = long.Parse(
            File.ReadLines($"/proc/{cloud.ProcessId}/status").First(l => l.StartsWith("VmHWM", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1], CultureInfo.InvariantCulture);
        // Sorted in the process, the same took 1.2 GB of the 2 GB that its unit allows.
        Assert.True(memory < 500_000, $"{memory} kB");
        TestContext.Current.TestOutputHelper?.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{kind}, {branches} branches × {days} days, {branches * days * Quarters * Desks:N0} rows: the page {first.TotalSeconds:0.0} s, again {watch.Elapsed.TotalSeconds:0.0} s until the CSV was there, too; {memory / 1000} MB at most"));
    }

    private static string Range(int days) => $"period=range&date=2026-01-05&to={new DateOnly(2026, 1, 5).AddDays(days - 1):yyyy-MM-dd}&against=none";

    private static async Task<string> SayAsync(HttpClient http, int days) =>
        await (await http.GetAsync("/reports?" + Range(days), Cancellation)).Content.ReadAsStringAsync(Cancellation);

    /// <summary>From 2026-01-05 on, which is day 20,458, from eight in the morning.</summary>
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
                select b.id, ((20458 + day.i) * 96) + 32 + q.i, 'service-' || (d.i % 4), 'c' || d.i, 1, 1, 1, d.i % 2, 200000, 20000, 300000, 1, 1, 1
                from branch b, day, q, d
                """);
        }

        await OfficeAccount.RunAsync(database, "analyze quarter");
    }
}
