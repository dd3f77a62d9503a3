using System.Text;
using EdgeQueue.EndToEnd.Faults;
using EdgeQueue.EndToEnd.Support;
using EdgeQueue.Tool.Play;

namespace EdgeQueue.EndToEnd.Cloud;

/// <summary>An hour of the example branch with all its devices, twenty times faster than it was, while neither the cloud nor its broker is there.</summary>
public sealed class HourWithoutCloudTests
{
    [Fact]
    [Trait("Length", "Long")]
    public async Task The_branch_does_not_notice_and_afterwards_everything_is_there_once()
    {
        // given: the cloud knows the branch, then it is gone with its broker
        CancellationToken cancellation = TestContext.Current.CancellationToken;
        System.Text.Json.Nodes.JsonNode file = BranchFiles.Example();
        file["policy"]!["noShowSpacingSeconds"] = 0; // twenty times faster, people do not stay away for ten seconds
        await using Broker broker = await Broker.StartCloudAsync((string)file["branch"]!);
        await using CloudUnderTest cloud = await CloudUnderTest.StartAsync(settings: CloudStage.SettingsOf(broker));
        await using PlayedStage stage = await PlayedStage.StartAsync(file, _ => ["--cloud", $"{broker.Host}:{broker.Port}", "--cloud-certificates", broker.Certificates]);
        await Eventually.Is(() => CloudAccounts.Read(cloud.Database).Stored > 0, "the branch in the cloud", 40);
        broker.Kill();
        cloud.Kill();
        long before = CloudAccounts.Read(cloud.Database).Stored;

        // when
        using StreamReader text = File.OpenText(Path.Combine(Executables.Root(), "examples", "days", "quiet-hour.csv"));
        (IReadOnlyList<RecordedArrival> day, IReadOnlyList<string> faults) = DayFile.Read(text);
        Assert.Empty(faults);
        var log = new StringWriter(new StringBuilder());
        IReadOnlyList<PlayedCustomer> customers = await new DayPlayer(
            new PlayOptions(stage.Stage.Folder, stage.Stage.Branch, day, Pins.OfDemonstration(stage.Stage.Branch), Speed: 20, Walk: TimeSpan.FromSeconds(10)), log, TimeProvider.System)
            .RunAsync(cancellation);

        // then: everybody got a paper and was served or had gone, and all of it comes to the cloud once
        Assert.True(customers.All(c => c.State is CustomerState.Served or CustomerState.Left), log.ToString());
        Assert.Equal(before, CloudAccounts.Read(cloud.Database).Stored);
        await cloud.StartAgainAsync();
        await broker.StartAgainAsync();
        await Eventually.Is(() => CloudAccounts.Read(cloud.Database).Stored == stage.Journal.LastSeq(), "everything in the cloud", 60);
        CloudAccounts accounts = CloudAccounts.Read(cloud.Database);
        Assert.True(accounts.IsSound, accounts.ToString());
        Assert.Equal(customers.Count, accounts.Issued);
        Assert.Equal(customers.Count(c => c.State == CustomerState.Served), accounts.Served);
    }
}
