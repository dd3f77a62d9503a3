using EdgeQueue.Cloud.Accounts.Audit;
using EdgeQueue.Cloud.Ingest;
using EdgeQueue.Cloud.Updates.Rollouts;
using EdgeQueue.Core.Contracts.Updates;

namespace EdgeQueue.Tests.Cloud.Updates;

/// <summary>A roll-out in the database: made, told, heard of, paused, stopped.</summary>
public sealed class RolloutStoreTests
{
    private static readonly WishedBundle Image = new("edgequeue-node", "2", 1000, new string('a', 64), "https://images.test/2.raucb");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Hubs_are_told_stage_by_stage_and_what_they_say_takes_it_on()
    {
        await using SomeCloud cloud = await SomeCloud.StartAsync();
        (RolloutStore store, long oslo, long bergen) = await BranchesAsync(cloud);
        (long? id, string? fault) = await store.MakeAsync(new("Two", [Image], [new("North", 100), new("", 100)], 0, 1_000), Actor.Server, Cancellation);
        Assert.Null(fault);
        Assert.Equal(["oslo"], await DueAsync(store, id!.Value));
        await store.ToldAsync(id.Value, oslo, cloud.Time.GetUtcNow().ToUnixTimeMilliseconds() + 10_000, Cancellation);
        Assert.Empty(await DueAsync(store, id.Value));
        cloud.Time.Advance(TimeSpan.FromSeconds(10));
        Assert.Equal(["oslo"], await DueAsync(store, id.Value));

        await store.SaidAsync(oslo, new UpdateReport(1, await NumberAsync(store, id.Value), 2, 0, 1, 0, Waiting: "'desk-1' is at it."), "'desk-1' is at it.", Cancellation);
        await StepAsync(store, id.Value);
        Assert.Empty(await DueAsync(store, id.Value));
        Assert.Equal("'desk-1' is at it.", Assert.Single(await store.BranchesAsync(id.Value, 10, Cancellation)).Said);
        await store.SaidAsync(oslo, new UpdateReport(1, await NumberAsync(store, id.Value), 2, 2, 0, 0), "", Cancellation);
        await StepAsync(store, id.Value);
        cloud.Time.Advance(TimeSpan.FromSeconds(1));
        await StepAsync(store, id.Value);
        Assert.Equal(["bergen"], await DueAsync(store, id.Value));

        // It fails there: nobody may, so the roll-out is stopped, and another one may be made.
        await store.SaidAsync(bergen, new UpdateReport(1, await NumberAsync(store, id.Value), 1, 0, 0, 1, Stopped: "'desk-9' failed"), "'desk-9' failed", Cancellation);
        await StepAsync(store, id.Value);
        Rollout stopped = (await store.OneAsync(id.Value, Cancellation))!;
        Assert.Equal(RolloutPhase.Stopped, stopped.Standing.Phase);
        Assert.True(stopped.Wish.Paused);
        Assert.Equal([1, 1], (await store.CountsAsync(id.Value, Cancellation)).Select(c => c.Done + c.Failed));
        Assert.True((await store.MakeAsync(new("Three", [Image], [new("", 100)], 0, 0), Actor.Server, Cancellation)).Id > id);
    }

    /// <summary>Else a first ring that was mistyped is one of nobody, and the second, of all, begins at once.</summary>
    [Fact]
    public async Task A_region_that_no_branch_is_in_and_rings_in_the_wrong_order_are_refused()
    {
        await using SomeCloud cloud = await SomeCloud.StartAsync();
        (RolloutStore store, _, _) = await BranchesAsync(cloud);

        Assert.Equal((null, "No branch is in a region 'Nroth'."), Told(await store.MakeAsync(new("Two", [Image], [new("Nroth", 10), new("", 100)], 0, 0), Actor.Server, Cancellation)));
        Assert.StartsWith("Each stage has those of the stages before it", new NewRollout("Two", [Image], [new("", 50), new("", 10)], 0, 0).WhyNot(), StringComparison.Ordinal);
        Assert.Null(new NewRollout("Two", [Image], [new("North", 50), new("", 10), new("North", 100)], 0, 0).WhyNot());

        static (long?, string?) Told(MadeRollout made) => (made.Id, made.Fault);
    }

    [Fact]
    public async Task Who_was_told_is_told_of_a_pause_and_nobody_else_is()
    {
        await using SomeCloud cloud = await SomeCloud.StartAsync();
        (RolloutStore store, long oslo, _) = await BranchesAsync(cloud);
        long id = (await store.MakeAsync(new("Two", [Image], [new("", 100)], 0, 0), Actor.Server, Cancellation)).Id!.Value;
        await store.SaidAsync(oslo, new UpdateReport(1, await NumberAsync(store, id), 2, 0, 1, 0), "", Cancellation);
        Assert.Equal("Another roll-out is not finished. End it first.", (await store.MakeAsync(new("Other", [Image], [new("", 100)], 0, 0), Actor.Server, Cancellation)).Fault);

        Assert.True(await store.PutAsync(id, RolloutPhase.Paused, Actor.Server, Cancellation));
        Assert.Equal(["oslo"], await DueAsync(store, id));
        await store.SaidAsync(oslo, new UpdateReport(1, await NumberAsync(store, id), 2, 0, 1, 0, Paused: true), "", Cancellation);
        Assert.Empty(await DueAsync(store, id));
        Assert.False(await store.PutAsync(id, RolloutPhase.Paused, Actor.Server, Cancellation));

        Assert.True(await store.PutAsync(id, RolloutPhase.Running, Actor.Server, Cancellation));
        Assert.Equal(["bergen", "oslo"], (await DueAsync(store, id)).Order());
    }

    [Fact]
    public async Task Who_was_sent_something_and_has_not_answered_is_told_of_the_end_until_it_answers_to_a_later_one()
    {
        await using SomeCloud cloud = await SomeCloud.StartAsync();
        (RolloutStore store, long oslo, _) = await BranchesAsync(cloud);
        long id = (await store.MakeAsync(new("Two", [Image], [new("", 100)], 0, 0), Actor.Server, Cancellation)).Id!.Value;
        await store.ToldAsync(id, oslo, cloud.Time.GetUtcNow().ToUnixTimeMilliseconds() + 10_000, Cancellation);
        Assert.True(await store.PutAsync(id, RolloutPhase.Ended, Actor.Server, Cancellation));
        Assert.Equal(["oslo"], await DueAsync(store, id));

        long later = (await store.MakeAsync(new("Three", [Image], [new("", 100)], 0, 0), Actor.Server, Cancellation)).Id!.Value;
        Assert.True(await NumberAsync(store, later) > await NumberAsync(store, id));
        Assert.Equal(["oslo"], await DueAsync(store, id));
        await store.SaidAsync(oslo, new UpdateReport(1, await NumberAsync(store, later), 2, 0, 1, 0), "", Cancellation);
        Assert.Empty(await DueAsync(store, id));
    }

    [Fact]
    public async Task A_branch_that_still_waits_for_something_is_not_done_whatever_it_counts()
    {
        await using SomeCloud cloud = await SomeCloud.StartAsync();
        (RolloutStore store, long oslo, _) = await BranchesAsync(cloud);
        long id = (await store.MakeAsync(new("Two", [Image], [new("North", 100)], 0, 0), Actor.Server, Cancellation)).Id!.Value;
        await store.SaidAsync(oslo, new UpdateReport(1, await NumberAsync(store, id), 0, 0, 0, 0, Waiting: "No device has said yet which image it runs."), "", Cancellation);
        Assert.Equal(0, Assert.Single(await store.CountsAsync(id, Cancellation)).Done);

        Assert.True(await store.PutAsync(id, RolloutPhase.Ended, Actor.Server, Cancellation));
        Assert.Equal("No branch is in a region 'Nowhere'.", (await store.MakeAsync(new("None", [Image], [new("Nowhere", 100)], 0, 0), Actor.Server, Cancellation)).Fault ?? "made");
    }

    [Fact]
    public async Task What_a_hub_says_of_another_wish_changes_nothing()
    {
        await using SomeCloud cloud = await SomeCloud.StartAsync();
        (RolloutStore store, long oslo, _) = await BranchesAsync(cloud);
        long id = (await store.MakeAsync(new("Two", [Image], [new("", 100)], 0, 0), Actor.Server, Cancellation)).Id!.Value;
        await store.SaidAsync(oslo, new UpdateReport(1, 1 + await NumberAsync(store, id), 2, 2, 0, 0), "", Cancellation);

        Assert.Equal(0, Assert.Single(await store.CountsAsync(id, Cancellation)).Done);
    }

    private static async Task<(RolloutStore Store, long Oslo, long Bergen)> BranchesAsync(SomeCloud cloud)
    {
        var book = new BranchBook(cloud.Database, cloud.Time);
        IReadOnlyList<long> ids = await book.BranchesAsync(["oslo", "bergen"], Cancellation);
        await cloud.Database.WriteAsync(
            t => Dapper.SqlMapper.ExecuteAsync(t.Connection!, "update branch set region = 'North' where name = 'oslo'", transaction: t), Cancellation);
        cloud.Time.Advance(TimeSpan.FromDays(1));
        return (new RolloutStore(cloud.Database, new AuditTrail(cloud.Database, cloud.Time), cloud.Time), ids[0], ids[1]);
    }

    private static async Task<string[]> DueAsync(RolloutStore store, long id) =>
        [.. (await store.DueAsync((await store.OneAsync(id, Cancellation))!, 10, Cancellation)).Select(d => d.Name)];

    private static async Task<long> NumberAsync(RolloutStore store, long id) => (await store.OneAsync(id, Cancellation))!.Wish.Number;

    private static async Task StepAsync(RolloutStore store, long id) => await store.StepAsync((await store.OneAsync(id, Cancellation))!, Cancellation);
}
