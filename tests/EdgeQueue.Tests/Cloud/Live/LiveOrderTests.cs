using EdgeQueue.Cloud.Ingest;
using EdgeQueue.Cloud.Live;
using EdgeQueue.Core.Contracts.Cloud;

namespace EdgeQueue.Tests.Cloud.Live;

/// <summary>In what order a branch's messages are is said by the branch, not by the clocks of those who received them.</summary>
public sealed class LiveOrderTests
{
    [Fact]
    public async Task A_server_whose_clock_was_set_back_shows_what_a_branch_says_next()
    {
        await using SomeCloud cloud = await SomeCloud.StartAsync();
        cloud.Time.Advance(TimeSpan.FromHours(2));
        var store = new LiveStore(cloud.Database, new BranchBook(cloud.Database, cloud.Time), cloud.Time);
        await SayAsync(store, at: 1_000, waiting: 1);

        cloud.Time.Advance(TimeSpan.FromSeconds(-30));
        Assert.Equal(2, await SayAsync(store, at: 2_000, waiting: 2));
        cloud.Time.Advance(TimeSpan.FromHours(-1));
        Assert.Equal(3, await SayAsync(store, at: 3_000, waiting: 3));
    }

    [Fact]
    public async Task An_older_message_is_not_taken_unless_nothing_newer_came_for_a_minute()
    {
        await using SomeCloud cloud = await SomeCloud.StartAsync();
        var store = new LiveStore(cloud.Database, new BranchBook(cloud.Database, cloud.Time), cloud.Time);
        await SayAsync(store, at: 5_000, waiting: 1);

        cloud.Time.Advance(TimeSpan.FromSeconds(60));
        Assert.Equal(1, await SayAsync(store, at: 4_000, waiting: 2));
        cloud.Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(3, await SayAsync(store, at: 4_000, waiting: 3));
    }

    private static async Task<long> SayAsync(LiveStore store, long at, int waiting)
    {
        var live = new LiveMessage(1, "j", 1, true, 1, at, at, true, 1, "1", new Dictionary<string, string>(), waiting, 0, null, [], [], [], 0, [], [], []);
        await store.PutAsync([new ReadLive("oslo", live, "{}")], TestContext.Current.CancellationToken);
        return Assert.Single(await store.AllAsync(TestContext.Current.CancellationToken)).Waiting;
    }
}
