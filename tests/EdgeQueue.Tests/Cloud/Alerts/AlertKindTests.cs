using Dapper;
using EdgeQueue.Cloud.Accounts;
using EdgeQueue.Cloud.Accounts.Audit;
using EdgeQueue.Cloud.Alerts;
using EdgeQueue.Cloud.Ingest;
using EdgeQueue.Cloud.Live;
using EdgeQueue.Cloud.People;
using EdgeQueue.Cloud.Reports;
using EdgeQueue.Core.Contracts.Cloud;
using EdgeQueue.Core.Contracts.Messages;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Primitives;

namespace EdgeQueue.Tests.Cloud.Alerts;

/// <summary>What a rule counts, and which rules would never end.</summary>
public sealed class AlertKindTests
{
    private static readonly HashSet<long> None = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("waiting", 7, "People waiting: 7 people.")]
    [InlineData("overTarget", 1, "Over their target: 1 person.")]
    [InlineData("evacuation", 1, "Evacuation: 1 branch.")]
    [InlineData("rollout", 1, "Roll-out stopped: 1 roll-out.")]
    [InlineData("missing", 1, "Devices missing: 1 device.")]
    [InlineData("away", 7, "Link lost: 7 s.")]
    [InlineData("longestWait", 754, "Longest wait: 12 min.")]
    public void What_people_are_told_is_a_sentence(string kind, long value, string sentence) => Assert.Equal(sentence, AlertKind.Find(kind)!.Sentence(value));

    [Fact]
    public async Task Two_printers_without_paper_are_two_and_an_evacuation_is_one_of_its_kind()
    {
        await using SomeCloud cloud = await SomeCloud.StartAsync();
        LiveRow row = await SayAsync(cloud, "paperOut", "paperNearEnd", "paperOut", LiveMessage.Evacuating);
        long now = cloud.Time.GetUtcNow().ToUnixTimeMilliseconds();

        Assert.Equal(3, AlertKind.Find("paper")!.Of(row, now, 0, None));
        Assert.Equal(1, AlertKind.Find("evacuation")!.Of(row, now, 0, None));
        Assert.Equal(0, AlertKind.Find("disk")!.Of(row, now, 0, None));
        Assert.Null(AlertKind.Find("paper")!.Of(row, now + 3_600_000, 0, None));
        Assert.Equal(3_600, AlertKind.Find("away")!.Of(row, now + 3_600_000, 0, None));
    }

    [Theory]
    [InlineData("0", "0", 400)]
    [InlineData("5", "0", 400)]
    [InlineData("0", "2", 400)]
    [InlineData("0", "1", 303)]
    [InlineData("5", "6", 303)]
    public async Task A_rule_whose_alert_would_never_end_or_end_while_it_is_raised_is_refused(string above, string below, int status)
    {
        await using SomeCloud cloud = await SomeCloud.StartAsync();
        var store = new AlertStore(cloud.Database, new PersonStore(cloud.Database, [], cloud.Time), cloud.Time);
        var board = new AlertPage(store, new AlertBoard(), new LiveBoard(), cloud.Time, NullLogger<AlertPage>.Instance);
        var forms = new AlertForms(store, new AuditTrail(cloud.Database, cloud.Time), new ReportsSettings(), new ReportPlaces(cloud.Database), board);
        var context = new DefaultHttpContext { Request = { Method = "POST", ContentType = "application/x-www-form-urlencoded" } };
        context.Request.Form = new FormCollection(new Dictionary<string, StringValues>
        {
            ["name"] = "x", ["kind"] = "waiting", ["scope"] = "", ["raiseAbove"] = above, ["raiseSeconds"] = "3", ["clearBelow"] = below, ["clearSeconds"] = "3",
        });

        IResult answer = await forms.AddRuleAsync(new SignedIn(1, "nina", Roles.HeadOffice, VisibleBranches.All, ""), context);

        Assert.Equal(status, answer is EdgeQueue.Cloud.Pages.Page page ? page.Status : Assert.IsAssignableFrom<IStatusCodeHttpResult>(answer).StatusCode);
        Assert.Equal(status == 303 ? 1 : 0, await cloud.Database.ReadAsync(c => c.ExecuteScalarAsync<long>("select count(*) from alert_rule"), Cancellation));
    }

    private static async Task<LiveRow> SayAsync(SomeCloud cloud, params string[] faults)
    {
        var store = new LiveStore(cloud.Database, new BranchBook(cloud.Database, cloud.Time), cloud.Time);
        var live = new LiveMessage(1, "j", 1, true, 1, 0, 0, true, 1, "1", new Dictionary<string, string>(), 0, 0, null, [], [], [], 0, [], [], [.. faults.Select((f, i) => new Fault(f, $"of unit {i}"))]);
        await store.PutAsync([new ReadLive("oslo", live, "{}")], Cancellation);
        return await cloud.Database.ReadAsync(
            c => c.QuerySingleAsync<LiveRow>(
                """
                select branch as Branch, 'oslo' as Name, title as Title, '' as Region, online as Online, beat as Beat, at as At, received_at as ReceivedAt, waiting as Waiting, over_target as OverTarget,
                  oldest_since as OldestSince, counters_open as CountersOpen, missing as Missing, faults as Faults, version as Version, codes as Codes from live
                """), Cancellation);
    }
}
