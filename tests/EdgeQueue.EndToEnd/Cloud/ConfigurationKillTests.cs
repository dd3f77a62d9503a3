using System.Text;
using System.Text.Json.Nodes;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Cloud;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.EndToEnd.Hub;
using EdgeQueue.EndToEnd.Support;
using EdgeQueue.Mqtt;

namespace EdgeQueue.EndToEnd.Cloud;

/// <summary>The hub is killed while it takes a configuration; the test is its cloud.</summary>
public sealed class ConfigurationKillTests
{
    private const int Rounds = 24;

    private static readonly Topics Topics = new(Broker.Branch);

    [Fact]
    [Trait("Length", "Long")]
    public async Task Killed_at_any_moment_of_taking_a_configuration_the_hub_has_the_old_or_the_new_one_whole()
    {
        await using Broker broker = await Broker.StartCloudAsync(Broker.Branch);
        await using HubUnderTest hub = await HubUnderTest.StartAsync(arguments: CloudStage.ArgumentsOf(broker));
        await using Mqtt.Link cloud = await Mqtt.Link.UpAsync(broker.Options("_cloud", Topics.ConfigHeld));
        var random = new Random(20260501);
        byte[] old = await File.ReadAllBytesAsync(hub.Configuration, TestContext.Current.CancellationToken);
        ConfigurationReport held = await HeldAsync(cloud);
        var found = new Dictionary<string, int> { ["old"] = 0, ["new"] = 0, ["old, the new one beside it"] = 0 };
        for (int round = 0; round < Rounds; round++)
        {
            long revision = held.Revision + 1;
            JsonNode node = JsonNode.Parse(TestBranch.Json(revision: revision))!;
            node["name"]!["en"] = $"Round {round}";
            byte[] next = Encoding.UTF8.GetBytes(node.ToJsonString());
            var message = new ConfigurationMessage(1, revision, PackedConfiguration.HashOf(next), PackedConfiguration.Pack(next)!, held.Sha256);
            await cloud.Connection.PublishAsync(new MqttPublication(Topics.Config, LinkJson.Write(message)));

            // A third as soon as the new file lies beside the old one, a third as soon as the old one was kept, a third whenever it is.
            string? sign = (round % 3) switch { 0 => hub.Configuration + ".next", 1 => hub.Configuration + ".before", _ => null };
            DateTime before = sign is null ? default : File.GetLastWriteTimeUtc(sign);
            if (sign is not null)
            {
                // Without a pause: the steps are milliseconds apart.
                Assert.True(
                    SpinWait.SpinUntil(() => (File.Exists(sign) && File.GetLastWriteTimeUtc(sign) != before) || RevisionOf(hub.Configuration) == revision, TimeSpan.FromSeconds(60)),
                    $"round {round}: the hub has not taken it:\n{hub.Log}");
            }
            else
            {
                await Task.Delay(random.Next(0, 150), TestContext.Current.CancellationToken);
            }

            hub.Kill();
            byte[] file = await File.ReadAllBytesAsync(hub.Configuration, TestContext.Current.CancellationToken);
            Assert.True(file.AsSpan().SequenceEqual(old) || file.AsSpan().SequenceEqual(next), $"round {round}: the file is neither the old nor the new one:\n{Encoding.UTF8.GetString(file)}");
            found[file.AsSpan().SequenceEqual(next) ? "new" : File.Exists(hub.Configuration + ".next") ? "old, the new one beside it" : "old"]++;

            await hub.StartAgainAsync();
            held = await HeldAsync(cloud, h => h.Number >> 32 > held.Number >> 32);
            (long Revision, string Sha256) expected = held.Revision == revision ? (revision, message.Sha256) : (revision - 1, PackedConfiguration.HashOf(old));
            Assert.Equal(expected, (held.Revision, held.Sha256));
            Assert.Null(held.Rejected);
            byte[] after = await File.ReadAllBytesAsync(hub.Configuration, TestContext.Current.CancellationToken);
            Assert.Equal(held.Sha256, PackedConfiguration.HashOf(after));
            Assert.False(File.Exists(hub.Configuration + ".next"), $"round {round}: what was settled lies there still");

            // What people see is of the same configuration as what it says.
            string name = (string)JsonNode.Parse(after)!["name"]!["en"]!;
            await Eventually.IsAsync(() => SaysAsync(hub, name), $"the hub's page says {name}");
            old = after;
        }

        TestContext.Current.SendDiagnosticMessage($"found after {Rounds} kills: {string.Join(", ", found.Select(f => $"{f.Value} × {f.Key}"))}");
        Assert.True(found["old, the new one beside it"] > 0 && found["new"] > 0, $"the kills did not meet both sides: {string.Join(", ", found)}");
    }

    /// <summary>The page comes after the link: nobody may answer yet.</summary>
    private static async Task<bool> SaysAsync(HubUnderTest hub, string name)
    {
        try
        {
            return (await hub.GetAsync("/")).Contains(name, StringComparison.Ordinal);
        }
        catch (HttpRequestException e) when (e.HttpRequestError == HttpRequestError.ConnectionError)
        {
            return false;
        }
    }

    private static long RevisionOf(string path)
    {
        try
        {
            return (long)JsonNode.Parse(File.ReadAllBytes(path))!["revision"]!;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    private static async Task<ConfigurationReport> HeldAsync(Mqtt.Link cloud, Func<ConfigurationReport, bool>? which = null)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await foreach (MqttArrival arrival in cloud.Connection.Arrivals.ReadAllAsync(patience.Token))
        {
            if (arrival is MqttMessage message && LinkJson.TryRead(message.Payload.Span, out ConfigurationReport? held, out _) && which?.Invoke(held) != false)
            {
                return held;
            }
        }

        throw new InvalidOperationException("the connection ended");
    }
}
