using System.Collections.Concurrent;
using EdgeQueue.Hub.Web;
using EdgeQueue.Mqtt;

namespace EdgeQueue.Hub.Publishing;

/// <summary>
/// Hands messages to the connection. Nothing is kept here: what is retained is said again when the broker is back, and a
/// reply is asked for again by its node.
/// </summary>
public sealed class Outbox(IMqttConnection connection, HubMetrics metrics)
{
    private static readonly TimeSpan ReplyWanted = TimeSpan.FromSeconds(10);

    private readonly ConcurrentQueue<string> _failed = new();

    public bool Connected { get; private set; }

    /// <summary>A topic that the broker refused on this connection (its access list); null: none so far.</summary>
    public string? RefusedTopic { get; private set; }

    public void ConnectionChanged(bool connected)
    {
        Connected = connected;
        RefusedTopic = null;
    }

    public void Reply(string topic, byte[] payload) => Send(new MqttPublication(topic, payload, Expiry: ReplyWanted));

    public void Retain(string topic, ReadOnlyMemory<byte> payload) => Send(new MqttPublication(topic, payload, Retain: true));

    /// <summary>Retained topics that did not reach the broker although it was there; each is told once.</summary>
    public IEnumerable<string> TakeFailed()
    {
        while (_failed.TryDequeue(out string? topic))
        {
            yield return topic;
        }
    }

    private void Send(MqttPublication publication)
    {
        if (!Connected)
        {
            return;
        }

        Task<PublishOutcome> outcome = connection.PublishAsync(publication);
        if (outcome.IsCompletedSuccessfully)
        {
            Note(publication, outcome.Result);
        }
        else
        {
            outcome.ContinueWith(
                (done, what) => Note((MqttPublication)what!, done.Result), publication, CancellationToken.None,
                TaskContinuationOptions.ExecuteSynchronously | TaskContinuationOptions.OnlyOnRanToCompletion, TaskScheduler.Default);
        }
    }

    private void Note(MqttPublication publication, PublishOutcome outcome)
    {
        metrics.Published(outcome);
        if (outcome == PublishOutcome.Refused)
        {
            RefusedTopic = publication.Topic;
        }
        else if (outcome == PublishOutcome.QueueFull && publication.Retain)
        {
            _failed.Enqueue(publication.Topic);
        }
    }
}
