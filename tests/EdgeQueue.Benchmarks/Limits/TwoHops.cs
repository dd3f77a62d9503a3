using System.Diagnostics;
using EdgeQueue.Benchmarks.Stage;
using EdgeQueue.Benchmarks.Table;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Mqtt;
using EdgeQueue.Tool.Commands;
using EdgeQueue.Tool.Stage;

namespace EdgeQueue.Benchmarks.Limits;

/// <summary>
/// The limit of the latency: a message to a broker, from there to a second client that appends and syncs one page and
/// answers, and the answer back through the broker. Its broker is a second mosquitto with the same configuration, so that
/// the hub does not hear it; certificates and client library are the product's.
/// </summary>
internal sealed class TwoHops : IAsyncDisposable
{
    private const string Node = "limit";

    private readonly CancellationTokenSource stop = new();
    private readonly StagedProcess broker;
    private readonly MqttConnection asking;
    private readonly MqttConnection answering;
    private readonly DurableAppend disk;
    private readonly string there;
    private readonly string back;
    private Task running = Task.CompletedTask;

    public TwoHops(BenchStage stage)
    {
        var folder = Path.Combine(stage.Folder, "limit");
        var certificates = stage.Branch.Certificates;
        new CertificatesAuthority(certificates).EnsureClient(Node);
        var port = FreePorts.Take(1)[0];
        var branch = stage.Branch.Branch.Configuration.Branch;
        broker = new StagedProcess(
            "limit's broker", StagedBroker.Executable(), new StagedBroker(Repository.BrokerConfig, folder).Write(branch, port, certificates),
            Path.Combine(stage.Folder, "limit.log"), Console.Error);
        disk = new DurableAppend(Path.Combine(folder, "append"));
        var unit = new UnitAddress(Node, "x");
        (there, back) = (stage.Branch.Branch.Topics.Command(unit), stage.Branch.Branch.Topics.Reply(unit));
        asking = Connection(Node, back);
        answering = Connection("hub", there);

        MqttConnection Connection(string name, string subscription) => new(new MqttOptions
        {
            Host = "127.0.0.1",
            Port = port,
            ClientId = name + "/limit",
            Tls = new MqttTls(
                Path.Combine(certificates, "authority.crt"), Path.Combine(certificates, name + ".crt"), Path.Combine(certificates, name + ".key")),
            Subscriptions = [subscription],
        });
    }

    /// <summary>Both hops and the disk.</summary>
    public Samples Whole { get; } = new();

    /// <summary>The disk's share.</summary>
    public Samples Disk => disk.Samples;

    public async Task StartAsync()
    {
        broker.Start();
        running = Task.WhenAll(asking.RunAsync(stop.Token), answering.RunAsync(stop.Token));
        await ConnectedAsync(asking);
        await ConnectedAsync(answering);
        running = Task.WhenAll(running, AnswerAsync());
    }

    public async Task OnceAsync()
    {
        var began = Stopwatch.GetTimestamp();
        _ = asking.PublishAsync(new MqttPublication(there, new byte[256]));
        while (await asking.Arrivals.ReadAsync() is var arrival)
        {
            if (arrival is MqttMessage message)
            {
                // When the network thread had it: what this program does afterwards is not the limit's.
                Whole.Add(Stopwatch.GetElapsedTime(began, message.ReceivedAt).TotalMilliseconds);
                return;
            }
        }
    }

    /// <summary>After the warm-up.</summary>
    public void Clear()
    {
        Whole.Clear();
        Disk.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await asking.DisposeAsync();
        await answering.DisposeAsync();
        await broker.DisposeAsync();
        disk.Dispose();
        stop.Dispose();
    }

    private async Task AnswerAsync()
    {
        await foreach (var arrival in answering.Arrivals.ReadAllAsync())
        {
            if (arrival is MqttMessage message)
            {
                disk.Once();
                _ = answering.PublishAsync(new MqttPublication(back, message.Payload));
            }
        }
    }

    private static async Task ConnectedAsync(MqttConnection connection)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (await connection.Arrivals.ReadAsync(patience.Token) is not MqttConnected)
        {
        }
    }
}
