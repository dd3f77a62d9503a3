using EdgeQueue.Cloud.Accounts;
using EdgeQueue.Cloud.Ingest;
using EdgeQueue.Cloud.Live;
using EdgeQueue.Cloud.Updates;
using EdgeQueue.Core.Contracts.Cloud;

namespace EdgeQueue.Tests.Cloud.Updates;

/// <summary>Head office sees which versions run where, as the branches told it last.</summary>
public sealed class DeviceVersionTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Devices_of_all_branches_are_counted_by_what_they_run_and_found_again()
    {
        await using SomeCloud cloud = await SomeCloud.StartAsync();
        DeviceVersions versions = Versions(cloud);
        await versions.PutAsync(
            [Branch("oslo", "1.0", Unit("c1/display", "1.0", "9"), Unit("c2/display", "1.1", "10")), Branch("bergen", "1.0", Unit("c1/display", "1.0", "9"))], Cancellation);

        Assert.Equal(
            [new VersionCount("display", "1.0", "9", 2, 2), new VersionCount("hub", "1.0", "8", 2, 2), new VersionCount("display", "1.1", "10", 1, 1)],
            await versions.CountsAsync(VisibleBranches.All, Cancellation));
        Assert.Equal(["oslo"], (await versions.PlacesAsync("display", "1.1", "10", VisibleBranches.All, 10, Cancellation)).Select(p => p.Name));
        Assert.Empty(await versions.CountsAsync(new VisibleBranches([], [4_711]), Cancellation));
    }

    [Fact]
    public async Task What_was_updated_rolled_back_or_taken_away_is_as_it_was_said_last()
    {
        await using SomeCloud cloud = await SomeCloud.StartAsync();
        DeviceVersions versions = Versions(cloud);
        await versions.PutAsync([Branch("oslo", "1.0", Unit("c1/display", "1.0", "9"), Unit("c2/display", "1.0", "9"))], Cancellation);
        await versions.PutAsync([Branch("oslo", "1.0", Unit("c1/display", "1.1", "10"), Unit("c2/display", "1.0", "9"))], Cancellation);
        Assert.Contains(new VersionCount("display", "1.1", "10", 1, 1), await versions.CountsAsync(VisibleBranches.All, Cancellation));

        // Another replica takes the message of the roll-back: what the first one remembers does not stand in its way.
        await Versions(cloud).PutAsync([Branch("oslo", "1.0", Unit("c1/display", "1.0", "9"))], Cancellation);
        await versions.PutAsync([Branch("oslo", "1.0", Unit("c1/display", "1.0", "9"))], Cancellation);
        Assert.Equal([new VersionCount("display", "1.0", "9", 1, 1), new VersionCount("hub", "1.0", "8", 1, 1)], await versions.CountsAsync(VisibleBranches.All, Cancellation));
    }

    [Fact]
    public async Task A_hub_that_is_gone_keeps_what_it_told()
    {
        await using SomeCloud cloud = await SomeCloud.StartAsync();
        DeviceVersions versions = Versions(cloud);
        await versions.PutAsync([Branch("oslo", "1.0", Unit("c1/display", null, null))], Cancellation);
        ReadLive gone = Branch("oslo", "2.0");
        await versions.PutAsync([gone with { Live = gone.Live with { Online = false } }], Cancellation);

        Assert.Equal([new VersionCount("display", "", "", 1, 1), new VersionCount("hub", "1.0", "8", 1, 1)], await versions.CountsAsync(VisibleBranches.All, Cancellation));
    }

    [Fact]
    public async Task Where_it_runs_is_said_by_the_name_that_people_know()
    {
        await using SomeCloud cloud = await SomeCloud.StartAsync();
        ReadLive spoken = Branch("oslo", "1.0", Unit("c1/display", "1.0", "9"));
        spoken = spoken with { Live = spoken.Live with { Name = new Dictionary<string, string> { ["en"] = "The service centre" } } };
        await new LiveStore(cloud.Database, new BranchBook(cloud.Database, cloud.Time), cloud.Time).PutAsync([spoken], Cancellation);
        await Versions(cloud).PutAsync([spoken, Branch("bergen", "1.0", Unit("c1/display", "1.0", "9"))], Cancellation);

        Assert.Equal(["bergen", "The service centre"], (await Versions(cloud).PlacesAsync("display", "1.0", "9", VisibleBranches.All, 10, Cancellation)).Select(p => p.Title));
    }

    private static DeviceVersions Versions(SomeCloud cloud) => new(cloud.Database, new BranchBook(cloud.Database, cloud.Time), cloud.Time);

    private static LiveUnit Unit(string unit, string? program, string? image) => new(unit, "display", program, null, image);

    private static ReadLive Branch(string name, string version, params LiveUnit[] units) => new(
        name, new LiveMessage(1, "j", 1, true, 1, 1, 1, true, 1, version, new Dictionary<string, string>(), 0, 0, null, [], [], [], 0, [], units, [], Image: "8"), "{}");
}
