using System.Collections.Concurrent;
using System.Threading.Channels;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Mqtt;
using EdgeQueue.Tool.Commands;
using EdgeQueue.Tool.Stage;

namespace EdgeQueue.Tool.Play;

/// <summary>Hears what the branch says, as a technician may who has the <c>watch</c> certificate; says nothing.</summary>
internal sealed class PlayEars(Topics topics, string folder, int brokerPort, PlayedHall hall)
{
    private readonly ConcurrentDictionary<string, CounterMessage> counters = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<UnitAddress, Channel<ReplyMessage>> replies = new();
    private readonly TaskCompletionSource listening = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Completes when everything is subscribed.</summary>
    public Task Listening => listening.Task;

    /// <summary>What the counter shows; null: nothing was said about it yet.</summary>
    public CounterMessage? Counter(string id) => counters.GetValueOrDefault(id);

    /// <summary>Answers to what a unit asks. The oldest are dropped: who does not wait for an answer does not want it.</summary>
    public Channel<ReplyMessage> Replies(UnitAddress unit) => replies.GetOrAdd(unit, _ =>
        Channel.CreateBounded<ReplyMessage>(new BoundedChannelOptions(16) { FullMode = BoundedChannelFullMode.DropOldest }));

    public async Task RunAsync(CancellationToken cancellation)
    {
        var certificates = Path.Combine(folder, "certificates");
        await using var connection = new MqttConnection(new MqttOptions
        {
            Host = "127.0.0.1",
            Port = brokerPort,
            ClientId = $"watch/play-{Environment.ProcessId}",
            Tls = new MqttTls(
                Path.Combine(certificates, "authority.crt"), Path.Combine(certificates, CertificatesAuthority.Watch + ".crt"),
                Path.Combine(certificates, CertificatesAuthority.Watch + ".key")),
            Subscriptions = topics.AnswersAndCounters,
        });
        await Task.WhenAll(connection.RunAsync(cancellation), ListenAsync(connection));
    }

    private async Task ListenAsync(MqttConnection connection)
    {
        await foreach (var arrival in connection.Arrivals.ReadAllAsync())
        {
            switch (arrival)
            {
                case MqttConnected:
                    listening.TrySetResult();
                    break;
                case MqttConnectFailed failed:
                    listening.TrySetException(new StageException($"The branch's broker cannot be heard: {failed.Reason}"));
                    break;
                case MqttMessage message when topics.TryParse(message.Topic, out var address):
                    Hear(address, message.Payload.Span);
                    break;
            }
        }
    }

    private void Hear(TopicAddress address, ReadOnlySpan<byte> payload)
    {
        switch (address.Kind)
        {
            case TopicKind.Counter when ContractJson.TryRead<CounterMessage>(payload, out var counter, out _):
                See(counter);
                break;
            case TopicKind.Reply when ContractJson.TryRead<ReplyMessage>(payload, out var reply, out _):
                if (reply.Counter is { } shown)
                {
                    See(shown);
                }

                hall.Answered(reply);
                Replies(address.Unit!).Writer.TryWrite(reply);
                break;
        }
    }

    private void See(CounterMessage counter) => counters.AddOrUpdate(
        counter.Counter, counter, (_, known) => known.Journal != counter.Journal || counter.Seq >= known.Seq ? counter : known);
}
