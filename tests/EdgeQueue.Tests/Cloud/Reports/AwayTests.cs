using Dapper;
using EdgeQueue.Cloud.Accounts;
using EdgeQueue.Cloud.Ingest;
using EdgeQueue.Cloud.Live;
using EdgeQueue.Cloud.Reports;
using EdgeQueue.Cloud.Reports.Days;
using EdgeQueue.Cloud.Reports.Periods;
using EdgeQueue.Cloud.Reports.Tables;

namespace EdgeQueue.Tests.Cloud.Reports;

/// <summary>What is missing in a report is said: nobody takes it for a quiet day.</summary>
public sealed class AwayTests
{
    private const long Day = 86_400_000;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Who_has_not_spoken_since_before_the_end_of_the_period_is_named_the_longest_first()
    {
        await using SomeCloud cloud = await SomeCloud.StartAsync();
        // Noon of day 1000.
        cloud.Time.Advance(TimeSpan.FromDays(1000.5) - (cloud.Time.GetUtcNow() - DateTimeOffset.UnixEpoch));
        await SayAsync(cloud, 1, "there", 1000.5);
        await SayAsync(cloud, 2, "evening", 999.75);
        await SayAsync(cloud, 3, "night", 1000.1);
        await SayAsync(cloud, 4, "long", 990);
        await DoAsync(cloud, "insert into branch(id, name, created_at) values (5, 'never', 0)");

        Assert.Equal(["never", "long", "evening"], await AwayAsync(cloud, 999));
        // Of a day that goes on, who is silent just now.
        Assert.Equal(["never", "long", "evening", "night"], await AwayAsync(cloud, 1000));
        Assert.Equal(["never"], await AwayAsync(cloud, 980));
    }

    [Fact]
    public async Task It_is_said_in_sentences_of_which_there_are_not_too_many_and_in_a_table_of_all()
    {
        await using SomeCloud cloud = await SomeCloud.StartAsync();
        cloud.Time.Advance(TimeSpan.FromDays(1000.5) - (cloud.Time.GetUtcNow() - DateTimeOffset.UnixEpoch));
        for (int branch = 1; branch <= 5; branch++)
        {
            await SayAsync(cloud, branch, $"b{branch}", 900 + branch);
        }

        Report report = (await Reader(cloud).ReadAsync(ReportScope.All, VisibleBranches.All, ReportPeriod.Of(PeriodKind.Day, DateOnly.FromDateTime(DateTime.UnixEpoch.AddDays(999))), Cancellation)).Report!;

        Assert.Equal(
            ["b1 has not reported since 1972-06-20 00:00 UTC: what happened there since is missing.", "b2 has not reported since 1972-06-21 00:00 UTC: what happened there since is missing.", "So it is with 3 more branches."],
            ReportTables.AwayWords(report, 2));
        Assert.Equal(5, ReportTables.Of(report).Single(t => t.Id == "away").Rows.Count());
    }

    private static async Task<IEnumerable<string>> AwayAsync(SomeCloud cloud, int day) =>
        (await Reader(cloud).ReadAsync(ReportScope.All, VisibleBranches.All, ReportPeriod.Of(PeriodKind.Day, DateOnly.FromDateTime(DateTime.UnixEpoch.AddDays(day))), Cancellation)).Report!.Away.Select(b => b.Name);

    private static ReportReader Reader(SomeCloud cloud)
    {
        var settings = new ReportsSettings();
        var quarters = new QuarterReader(cloud.Database);
        return new(
            cloud.Database, new ReportPlaces(cloud.Database), settings, new LiveDetails(new LiveBoard(), new LiveStore(cloud.Database, new BranchBook(cloud.Database, cloud.Time), cloud.Time)), quarters,
            new DayReader(cloud.Database, quarters, cloud.Time), new WorkReader(cloud.Database, settings), cloud.Time);
    }

    private static Task<int> SayAsync(SomeCloud cloud, int id, string name, double heardDay) => DoAsync(
        cloud,
        FormattableString.Invariant(
            $"""
            insert into branch(id, name, created_at) values ({id}, '{name}', 0);
            insert into live(branch, journal, online, beat, at, received_at, waiting, over_target, oldest_since, counters_open, missing, faults, version, title, data)
              values ({id}, 'j', 1, 1, 0, {(long)(heardDay * Day)}, 0, 0, -1, 0, 0, 0, '', '', '');
            """));

    private static Task<int> DoAsync(SomeCloud cloud, string sql) => cloud.Database.WriteAsync(t => t.Connection!.ExecuteAsync(sql, transaction: t), Cancellation);
}
