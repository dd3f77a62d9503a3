using System.Diagnostics;
using System.Globalization;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Mqtt;

namespace EdgeQueue.Tool.Doctor;

/// <summary>Connects as this node, beside its units, and listens for the hub's heartbeat: link, hub and clock.</summary>
internal sealed class LinkCheck(NodeFile node, TimeProvider time)
{
    /// <summary>The heart beats every two seconds.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellation)
    {
        var topics = new Topics(node.Branch);
        var watch = Stopwatch.StartNew();
        await using var connection = new MqttConnection(new MqttOptions
        {
            Host = node.Broker.Host, Port = node.Broker.Port, ClientId = $"{node.Node}/doctor-{node.Unit.Unit}",
            Tls = new MqttTls(node.Broker.Authority, node.Broker.Certificate, node.Broker.Key), Subscriptions = [topics.BranchStatus],
        });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task running = connection.RunAsync(stop.Token);
        stop.CancelAfter(Patience);
        Finding? link = null;
        try
        {
            await foreach (MqttArrival arrival in connection.Arrivals.ReadAllAsync(stop.Token))
            {
                switch (arrival)
                {
                    case MqttConnectFailed failed:
                        return [NoLink(failed.Reason)];
                    case MqttConnected:
                        link = Finding.Well("link", string.Create(CultureInfo.InvariantCulture, $"{node.Broker.Host}:{node.Broker.Port} answered in {watch.ElapsedMilliseconds} ms"));
                        break;
                    // What the broker kept has no age: only a beat that is heard live says that the heart beats.
                    case MqttMessage { Retained: false } message when ContractJson.TryRead(message.Payload.Span, out BranchStatusMessage? status, out _):
                        return [link!, Finding.Well("hub", $"its heart beats, version {status.Version}"), Clock(status)];
                }
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // Told below.
        }
        finally
        {
            await stop.CancelAsync();
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return link is null
            ? [NoLink(connection.Status.LastFailure ?? "the broker does not answer")]
            : [link, new Finding("hub", Health.Broken, "the broker is there, the hub is silent", "At the hub: systemctl status edgequeue-hub")];
    }

    private static Finding NoLink(string reason) => new(
        "link", Health.Broken, reason,
        "The cable, the address in the node's file, the broker at the hub; where it says TLS, the certificate and the clocks: in this order.");

    private Finding Clock(BranchStatusMessage status)
    {
        // Branch time goes on from the wall clock, so a difference of more than a minute is somebody's fault; a node needs no clock.
        long apart = Math.Abs(status.At - time.GetUtcNow().ToUnixTimeMilliseconds()) / 1000;
        string said = string.Create(CultureInfo.InvariantCulture, $"{apart} s from the branch's");
        return !status.ClockTrusted
                ? new Finding("clock", Health.Soon, "the hub's clock is not trusted", "Give the hub a time server it can reach. Tickets carry no time until then; nothing else is missing.")
            : apart > 60 ? new Finding("clock", Health.Soon, said, "This device's own clock is off. It serves all the same; its logs have wrong times.")
            : Finding.Well("clock", said);
    }
}
