using System.Text;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.EndToEnd.Support;
using EdgeQueue.Tool.Play;
using EdgeQueue.Tool.Stage;

namespace EdgeQueue.EndToEnd.Play;

/// <summary>A few customers in the example branch, with real processes and keys, twenty times faster than they were.</summary>
public sealed class PlayedDayTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("edgequeue-play-").FullName;

    [Fact]
    [Trait("Length", "Long")]
    public async Task Everybody_gets_a_ticket_and_is_served_but_who_lost_patience()
    {
        // given: the example branch, where two calls in a row may be followed by a no-show
        var cancellation = TestContext.Current.CancellationToken;
        var log = new StringWriter(new StringBuilder());
        var file = Path.Combine(folder, "branch-of-the-test.json");
        var example = await File.ReadAllTextAsync(Path.Combine(Executables.Root(), "examples", "branch", "branch.json"), cancellation);
        Assert.Contains("\"noShowSpacingSeconds\": 10", example, StringComparison.Ordinal);
        await File.WriteAllTextAsync(
            file, example.Replace("\"noShowSpacingSeconds\": 10", "\"noShowSpacingSeconds\": 0", StringComparison.Ordinal), cancellation);
        await using var stage = new BranchStage(
            new StageOptions(file, Path.Combine(folder, "stage"), Executables.Hub, Executables.Node, Executables.Panel), log);
        stage.Prepare();
        await stage.StartAsync(cancellation);

        // when: three families come for the two rooms at once, and one of them waits for a second only
        var (day, faults) = DayFile.Read(new StringReader(
            $"""
            {DayFile.Header}
            0,family,,120,
            0,family,,120,
            1,family,,120,1
            2,cash,,60,
            """));
        Assert.Empty(faults);
        Assert.Empty(DayPlayer.Faults(stage.Branch, day));
        var customers = await new DayPlayer(
            new PlayOptions(stage.Folder, stage.Branch, day, OneRoom(stage.Branch), Speed: 20, Walk: TimeSpan.FromSeconds(10)), log, TimeProvider.System)
            .RunAsync(cancellation);

        // then
        Assert.True(customers.All(c => c.IsDone), log.ToString());
        Assert.Equal(
            [CustomerState.Served, CustomerState.Served, CustomerState.Left, CustomerState.Served], customers.Select(c => c.State));
        Assert.True(customers[1].Waited >= TimeSpan.FromSeconds(120), $"the second family waited {customers[1].Waited}, less than the first was served");
        Assert.Contains(PlayTable.Lines(stage.Branch, customers), line => line.StartsWith("all ", StringComparison.Ordinal));
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);

    /// <summary>One window and one of the two rooms open.</summary>
    private static Dictionary<string, string> OneRoom(LoadedBranch branch)
    {
        Assert.NotNull(branch.OperatorTyping("3333"));
        return new(StringComparer.Ordinal) { ["c1"] = "1111", ["c3"] = "3333" };
    }
}
