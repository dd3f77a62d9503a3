using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Cloud;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.EndToEnd.Cloud.Accounts;
using EdgeQueue.EndToEnd.Cloud.Api;
using EdgeQueue.EndToEnd.Hub;
using EdgeQueue.EndToEnd.Support;
using EdgeQueue.Mqtt;

namespace EdgeQueue.EndToEnd.Cloud;

/// <summary>The test speaks as the hub whose configuration it is, over both databases.</summary>
public sealed class ConfigurationReportTests
{
    private const string Where = $"/api/v1/branches/{Broker.Branch}/configuration";

    private static readonly Topics Topics = new(Broker.Branch);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(CloudUnderTest.Databases), MemberType = typeof(CloudUnderTest))]
    public async Task What_is_uploaded_is_told_and_stands_as_the_hub_says_it_whatever_it_said_before_comes_late(string kind)
    {
        await using Broker broker = await Broker.StartCloudAsync(Broker.Branch);
        await using CloudUnderTest cloud = await CloudUnderTest.StartAsync(kind, CloudStage.SettingsOf(broker));
        using KeyedProgram program = await KeyedProgram.OfAsync(cloud);
        await using Mqtt.Link hub = await Mqtt.Link.UpAsync(broker.Options(Broker.Branch, Topics.Config));
        byte[] first = Encoding.UTF8.GetBytes(TestBranch.Json());
        ConfigurationReport now = Held(first, 1);
        await StandsAsync(program, "own", () => SayAsync(hub, now with { Number = ConfigurationReport.NumberOf(1, 1) }));

        JsonNode next = JsonNode.Parse(TestBranch.Json(revision: 2))!;
        next["services"]!.AsArray().Add(JsonNode.Parse("""{"id": "visa", "prefix": "C", "name": {"en": "Visa"}, "targetWaitSeconds": 600}"""));
        next["workProfiles"]![0]!["services"]!.AsArray().Add("visa");
        using HttpResponseMessage put = await program.Http.PutAsync(Where, new StringContent(next.ToJsonString(), Encoding.UTF8, "application/json"), Cancellation);
        Assert.True(put.StatusCode == HttpStatusCode.OK, await put.Content.ReadAsStringAsync(Cancellation));
        ConfigurationMessage told = await ToldAsync(hub);
        byte[] second = PackedConfiguration.Unpack(told.Document)!;
        Assert.Equal((2, now.Sha256, told.Sha256), (told.Revision, told.Over, PackedConfiguration.HashOf(second)));

        ConfigurationReport refused = now with
        {
            Number = ConfigurationReport.NumberOf(1, 2), Rejected = new(2, told.Sha256, [new("$.services", 7, "There is no room for it.")]),
        };
        JsonNode rejected = await StandsAsync(program, "rejected", () => SayAsync(hub, refused));
        Assert.Equal("There is no room for it.", (string?)rejected["faults"]![0]!["sentence"]);
        await cloud.SignInAsync();
        Assert.Contains("There is no room for it.", await cloud.GetAsync($"/network/{Broker.Branch}/configuration"), StringComparison.Ordinal);
        using HttpResponseMessage again = await cloud.Http.PostAsync($"/network/{Broker.Branch}/configuration/again", null, Cancellation);
        Assert.Equal(2, (await ToldAsync(hub)).Revision);

        // What it said before comes after what it says now, by another replica: it is too late.
        await StandsAsync(program, "applied", () => SayAsync(hub, Held(second, 2) with { Number = ConfigurationReport.NumberOf(1, 4) }));
        await SayAsync(hub, refused with { Number = ConfigurationReport.NumberOf(1, 3) });
        await TakenAsync(cloud, hub, 1);
        Assert.Equal("applied", (string?)(await program.GetAsync(Where))["standing"]);
        string page = await cloud.GetAsync($"/network/{Broker.Branch}/configuration");
        Assert.Contains("Revision 2 is in force.", page, StringComparison.Ordinal);
        Assert.Contains("services: added visa", page, StringComparison.Ordinal);
        Assert.Contains("\"visa\"", await cloud.GetAsync($"/network/{Broker.Branch}/configuration/file?revision=2"), StringComparison.Ordinal);
        Assert.Equal(1, CloudAccounts.Scalar(cloud.Database, "select count(*) from configuration where revision = 2 and applied_at > 0"));

        // After a start its count begins anew, and what it says counts; so it does over another journal, and of a hub that has no count.
        JsonNode third = JsonNode.Parse(TestBranch.Json(revision: 3))!;
        byte[] made = Encoding.UTF8.GetBytes(third.ToJsonString());
        await StandsAsync(program, "changed", () => SayAsync(hub, Held(made, 3) with { Number = ConfigurationReport.NumberOf(2, 1) }));
        await StandsAsync(program, "applied", () => SayAsync(hub, Held(second, 2) with { Journal = "another", Number = ConfigurationReport.NumberOf(1, 1) }));
        await StandsAsync(program, "changed", () => SayAsync(hub, Held(made, 3) with { Journal = "another" }));
    }

    private static ConfigurationReport Held(byte[] document, long revision) =>
        new(1, "5f0c3a9e7b1d4c2e8a6f9b0d3c5e7f10", revision, PackedConfiguration.HashOf(document), PackedConfiguration.Pack(document));

    private static Task SayAsync(Mqtt.Link hub, ConfigurationReport report) => hub.Connection.PublishAsync(new(Topics.ConfigHeld, LinkJson.Write(report)));

    /// <summary>Reports are taken one after the other: when one that is nonsense was counted, those before it were taken.</summary>
    private static async Task TakenAsync(CloudUnderTest cloud, Mqtt.Link hub, int nonsense)
    {
        await hub.Connection.PublishAsync(new(Topics.ConfigHeld, "{}"u8.ToArray()));
        await Eventually.IsAsync(async () => await cloud.MetricAsync("edgequeue_cloud_input_refused{why=\"configuration\"}") >= nonsense, "the reports are taken");
    }

    private static async Task<ConfigurationMessage> ToldAsync(Mqtt.Link hub)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        await foreach (MqttArrival arrival in hub.Connection.Arrivals.ReadAllAsync(patience.Token))
        {
            if (arrival is MqttMessage message && LinkJson.TryRead(message.Payload.Span, out ConfigurationMessage? told, out _))
            {
                return told;
            }
        }

        throw new InvalidOperationException("the connection ended");
    }

    /// <summary>Says it until it stands so: the cloud may not listen yet.</summary>
    private static async Task<JsonNode> StandsAsync(KeyedProgram program, string expected, Func<Task> sayAsync)
    {
        JsonNode? now = null;
        await Eventually.IsAsync(async () =>
        {
            await sayAsync();
            using HttpResponseMessage answer = await program.Http.GetAsync(Where, Cancellation);
            now = answer.StatusCode == HttpStatusCode.OK ? JsonNode.Parse(await answer.Content.ReadAsStringAsync(Cancellation)) : null;
            return (string?)now?["standing"] == expected;
        }, $"the configuration is {expected}");
        return now!;
    }
}
