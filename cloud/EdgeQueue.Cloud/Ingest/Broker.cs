using System.Threading.Channels;
using EdgeQueue.Cloud.Start;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Cloud;
using EdgeQueue.Mqtt;

namespace EdgeQueue.Cloud.Ingest;

/// <summary>A message of a branch's live state, and whose.</summary>
public sealed record ArrivedLive(string Branch, ReadOnlyMemory<byte> Bytes);

/// <summary>A message of another kind for a room that takes it.</summary>
public sealed record ArrivedReport(string Branch, string Topic, ReadOnlyMemory<byte> Bytes);

/// <summary>
/// One of the cloud's brokers. What comes is sorted by kind and waits in bounded channels: when the writers are slower than the branches, the
/// connection is not read any further, the broker keeps it, and what it drops is sent again.
/// </summary>
internal sealed class Broker(string host, int port, IngestSettings settings, IngestChannels channels, Complaints complaints, ILogger log)
{
    private readonly MqttConnection _connection = new(new MqttOptions
    {
        Host = host,
        Port = port,
        ClientId = "_cloud/" + Guid.NewGuid().ToString("N"),
        Tls = new MqttTls(
            Path.Combine(settings.Certificates, "authority.crt"), Path.Combine(settings.Certificates, "_cloud.crt"), Path.Combine(settings.Certificates, "_cloud.key")),
        Subscriptions = Topics.IngestSubscriptions,
        MaximumPacketSize = 2 * 1024 * 1024,
        OutboundCapacity = 20_000,
    });

    public string Address => $"{host}:{port}";

    public bool Connected => _connection.Status.Connected;

    public async Task RunAsync(CancellationToken cancellation)
    {
        Task running = _connection.RunAsync(cancellation);
        await foreach (MqttArrival arrival in _connection.Arrivals.ReadAllAsync(CancellationToken.None))
        {
            switch (arrival)
            {
                case MqttConnected:
                    IngestLog.Connected(log, Address);
                    break;
                case MqttDisconnected gone:
                    IngestLog.Disconnected(log, Address, gone.Reason);
                    break;
                case MqttConnectFailed failed:
                    IngestLog.Disconnected(log, Address, failed.Reason);
                    break;
                case MqttMessage message when !cancellation.IsCancellationRequested:
                    await TakeAsync(message, cancellation);
                    break;
            }
        }

        await running;
        await _connection.DisposeAsync();
    }

    /// <summary>Without waiting for the broker: an answer that is lost is asked for again.</summary>
    public void Acknowledge(StoreAnswer answer) => _ = _connection.PublishAsync(new MqttPublication(
        new Topics(answer.Of.Branch).Ack, LinkJson.Write(new AckMessage(1, answer.Of.Batch.Journal, answer.Of.Batch.Number, answer.Seq, answer.Hash))));

    public Task<PublishOutcome> PublishAsync(MqttPublication publication) => _connection.PublishAsync(publication);

    private async Task TakeAsync(MqttMessage message, CancellationToken cancellation)
    {
        if (Topics.BranchOf(message.Topic) is not { } branch || !new Topics(branch).TryParse(message.Topic, out TopicAddress? address))
        {
            IngestFigures.Refused.Add(1, new KeyValuePair<string, object?>("why", "topic"));
            return;
        }

        try
        {
            switch (address.Kind)
            {
                case TopicKind.Events when EventBatch.TryRead(message.Payload, out EventBatch? batch, out _):
                    var arrived = new ArrivedBatch(branch, batch);
                    await channels.EventBytes.TakeAsync(arrived.Bytes, cancellation);
                    await channels.Events.Writer.WriteAsync((this, arrived), cancellation);
                    break;
                case TopicKind.Events:
                    IngestFigures.Refused.Add(1, new KeyValuePair<string, object?>("why", "malformed"));
                    if (complaints.MaySay("malformed", branch))
                    {
                        IngestLog.Malformed(log, branch);
                    }

                    break;
                case TopicKind.Live:
                    await channels.Live.Writer.WriteAsync(new(branch, message.Payload), cancellation);
                    break;
                default:
                    await channels.Reports.Writer.WriteAsync(new(branch, message.Topic, message.Payload), cancellation);
                    break;
            }
        }
        catch (OperationCanceledException)
        {
            // Asked to stop: it will be sent again, to another replica.
        }
    }
}

/// <summary>What waits between the brokers and the writers.</summary>
internal sealed class IngestChannels
{
    /// <summary>One batch a branch: full, the brokers are not read any further.</summary>
    public Channel<(Broker From, ArrivedBatch Batch)> Events { get; } = Channel.CreateBounded<(Broker, ArrivedBatch)>(2_000);

    /// <summary>Of the batches in it and of those that are being stored: few large ones are as much as many small ones.</summary>
    public ByteBudget EventBytes { get; } = new(64 * 1024 * 1024);

    /// <summary>The latest wins, so the oldest may go; that is counted.</summary>
    public Channel<ArrivedLive> Live { get; } = Channel.CreateBounded<ArrivedLive>(
        new BoundedChannelOptions(20_000) { FullMode = BoundedChannelFullMode.DropOldest }, _ => Dropped("live"));

    /// <summary>When the rooms are slower than the hubs the oldest go; that is counted, and a hub says it again when it connects.</summary>
    public Channel<ArrivedReport> Reports { get; } = Channel.CreateBounded<ArrivedReport>(
        new BoundedChannelOptions(1_000) { FullMode = BoundedChannelFullMode.DropOldest }, _ => Dropped("report"));

    private static void Dropped(string what) => IngestFigures.Dropped.Add(1, new KeyValuePair<string, object?>("what", what));
}
