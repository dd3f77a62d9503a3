using System.Diagnostics;
using System.Text;
using System.Text.Json.Nodes;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Cloud;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Contracts.Updates;
using EdgeQueue.EndToEnd.Cloud.Accounts;
using EdgeQueue.EndToEnd.Support;
using EdgeQueue.Mqtt;

namespace EdgeQueue.EndToEnd.Cloud.Reports;

/// <summary>A cloud that was told two played days of the branch <c>oslo</c>, 5 and 6 January 2026, by its hub's own messages.</summary>
internal sealed class PlayedCloud : IAsyncDisposable
{
    private const int InOneBatch = 100;

    private static readonly Lazy<Task<string[]>> Days = new(PlayAsync);
    private static readonly Topics Oslo = new("oslo");

    private readonly Broker _broker;
    private readonly Mqtt.Link _hub;
    private long _beats;

    private PlayedCloud(Broker broker, CloudUnderTest cloud, Mqtt.Link hub) => (_broker, Cloud, _hub) = (broker, cloud, hub);

    public CloudUnderTest Cloud { get; }

    /// <summary>The events as the journal has them.</summary>
    public IReadOnlyList<JsonNode> Events { get; private set; } = [];

    public static async Task<PlayedCloud> StartAsync(string kind = "sqlite", IReadOnlyDictionary<string, string>? more = null, bool played = true, IReadOnlyDictionary<string, string>? environment = null)
    {
        Broker broker = await Broker.StartCloudAsync("oslo");
        var settings = new Dictionary<string, string>(CloudStage.SettingsOf(broker)) { ["reports:timeZone"] = "Europe/Oslo" };
        foreach ((string name, string value) in more ?? new Dictionary<string, string>())
        {
            settings[name] = value;
        }

        CloudUnderTest cloud = await CloudUnderTest.StartAsync(kind, settings, environment);
        var played1 = new PlayedCloud(broker, cloud, await Mqtt.Link.UpAsync(broker.Options("oslo", Oslo.Ack)));
        await played1.SayLiveAsync(waiting: 3);
        if (played)
        {
            await played1.TellAsync();
        }

        await cloud.SignInAsync();
        return played1;
    }

    /// <summary>How the branch is; the cloud has it when this returns.</summary>
    public async Task SayLiveAsync(int waiting)
    {
        long now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        for (var waited = Stopwatch.StartNew(); ;)
        {
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(30), "the cloud takes what the branch says");
            await _hub.Connection.PublishAsync(new(Oslo.Live, LinkJson.Write(new LiveMessage(
                1, "5f0c3a9e7b1d4c2e8a6f9b0d3c5e7f10", 1, true, ++_beats, now + _beats, now, true, 1, "0.1.0", new Dictionary<string, string> { ["en"] = "Oslo centre" }, waiting, 0, null,
                [new LiveService("cash", new Dictionary<string, string> { ["en"] = "Cash desk" }, waiting, null, 600_000, null)], [], [], 0, [], [], [], TimeZone: "Europe/Oslo"))));
            for (int looks = 0; looks < 50; looks++)
            {
                if (CloudAccounts.Scalar(Cloud.Database, $"select count(*) from live where waiting = {waiting}") == 1)
                {
                    return;
                }

                await Task.Delay(20);
            }
        }
    }

    /// <summary>What its hub says of the system images that it is told of; the cloud may not have it yet when this returns.</summary>
    public Task SayUpdateAsync(UpdateReport report) => _hub.Connection.PublishAsync(new(Oslo.UpdateHeld, UpdateJson.Write(report)));

    public async ValueTask DisposeAsync()
    {
        await _hub.DisposeAsync();
        await Cloud.DisposeAsync();
        await _broker.DisposeAsync();
    }

    private async Task TellAsync()
    {
        JsonNode[] events = [.. (await Days.Value).Select(l => JsonNode.Parse(l)!["event"]!)];
        Events = events;
        long first = 1;
        foreach (JsonNode[] some in events.Chunk(InOneBatch))
        {
            var batch = new EventBatch("5f0c3a9e7b1d4c2e8a6f9b0d3c5e7f10", first, first, [], [.. some.Select(e => (ReadOnlyMemory<byte>)Encoding.UTF8.GetBytes(e.ToJsonString()))]);
            await SayAsync(batch);
            first += some.Length;
        }

        CloudAccounts accounts = CloudAccounts.Read(Cloud.Database);
        Assert.True(accounts.IsSound && accounts.Stored == events.Length, accounts.ToString());
    }

    /// <summary>Sends again until the answer to this batch comes.</summary>
    private async Task SayAsync(EventBatch batch)
    {
        for (int tries = 0; tries < 20; tries++)
        {
            await _hub.Connection.PublishAsync(new(Oslo.Events, batch.Write()));
            for (int looks = 0; looks < 200; looks++)
            {
                while (_hub.Connection.Arrivals.TryRead(out MqttArrival? arrival))
                {
                    if (arrival is MqttMessage message && LinkJson.TryRead(message.Payload.Span, out AckMessage? ack, out _) && ack.Number == batch.Number)
                    {
                        return;
                    }
                }

                await Task.Delay(10);
            }
        }

        Assert.Fail("the cloud answered nothing");
    }

    /// <summary>Played by the product's own simulator, through the branch's own decider; the same customers each time.</summary>
    private static async Task<string[]> PlayAsync()
    {
        string folder = Directory.CreateTempSubdirectory("edgequeue-played-").FullName;
        string file = Path.Combine(folder, "journal.jsonl");
        using Process tool = Process.Start(new ProcessStartInfo(
            Executables.Tool, ["simulate", "--branch", Path.Combine(Executables.Root(), "tests", "Oracles", "branch.json"), "--days", "2", "--export", file])
        { RedirectStandardOutput = true })!;
        string said = await tool.StandardOutput.ReadToEndAsync();
        await tool.WaitForExitAsync();
        Assert.True(tool.ExitCode == 0, said);
        string[] lines = await File.ReadAllLinesAsync(file);
        Directory.Delete(folder, recursive: true);
        return lines;
    }
}
