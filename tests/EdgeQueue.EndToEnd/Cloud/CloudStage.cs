using System.Globalization;
using EdgeQueue.EndToEnd.Hub;
using EdgeQueue.EndToEnd.Support;

namespace EdgeQueue.EndToEnd.Cloud;

/// <summary>A branch with a cloud: two brokers, the hub, the cloud. The test plays the branch's units.</summary>
internal sealed class CloudStage : IAsyncDisposable
{
    private CloudStage(Broker broker, CloudUnderTest cloud, HubUnderTest hub) => (Broker, Cloud, Hub) = (broker, cloud, hub);

    /// <summary>The cloud's.</summary>
    public Broker Broker { get; }

    public CloudUnderTest Cloud { get; }

    public HubUnderTest Hub { get; }

    public static async Task<CloudStage> StartAsync(string kind = "sqlite", string? database = null)
    {
        Broker broker = await Broker.StartCloudAsync(Support.Broker.Branch);
        CloudUnderTest cloud = database is null
            ? await CloudUnderTest.StartAsync(kind, SettingsOf(broker))
            : await CloudUnderTest.StartOverAsync(database, SettingsOf(broker));
        HubUnderTest hub = await HubUnderTest.StartAsync(arguments: ArgumentsOf(broker));
        return new CloudStage(broker, cloud, hub);
    }

    public static Dictionary<string, string> SettingsOf(params Broker[] brokers) => new()
    {
        ["ingest:brokers"] = string.Join(',', brokers.Select(b => string.Create(CultureInfo.InvariantCulture, $"{b.Host}:{b.Port}"))),
        ["ingest:certificates"] = brokers[0].Certificates,
    };

    public static string ArgumentsOf(Broker broker) =>
        string.Create(CultureInfo.InvariantCulture, $"--cloud {broker.Host}:{broker.Port} --cloud-certificates '{broker.Certificates}'");

    /// <summary>Until everything of the journal is stored.</summary>
    public async Task CaughtUpAsync()
    {
        int events = (await Hub.ExportAsync()).Length;
        await Eventually.Is(() => Accounts().Stored == events, $"{events} events in the cloud", 40);
    }

    public CloudAccounts Accounts() => CloudAccounts.Read(Cloud.Database);

    public async ValueTask DisposeAsync()
    {
        await Hub.DisposeAsync();
        await Cloud.DisposeAsync();
        await Broker.DisposeAsync();
    }
}
