using System.Collections.Concurrent;
using System.Diagnostics;
using EdgeQueue.Benchmarks.Stage;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Mqtt;
using EdgeQueue.Tool.Commands;
using EdgeQueue.Tool.Stage;

namespace EdgeQueue.Benchmarks.Footprint;

/// <summary>Notes when units and hub say that they are there, by the clock of this program's network thread.</summary>
internal sealed class StatusWatch(BranchStage stage) : IAsyncDisposable
{
    private readonly ConcurrentDictionary<string, long> onlineAt = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CancellationTokenSource stop = new();
    private Task running = Task.CompletedTask;

    public async Task StartAsync()
    {
        var connection = new MqttConnection(new MqttOptions
        {
            Host = "127.0.0.1",
            Port = stage.BrokerPort,
            ClientId = "watch/status",
            Tls = new MqttTls(
                Path.Combine(stage.Certificates, "authority.crt"),
                Path.Combine(stage.Certificates, CertificatesAuthority.Watch + ".crt"),
                Path.Combine(stage.Certificates, CertificatesAuthority.Watch + ".key")),
            Subscriptions = [stage.Branch.Topics.BranchStatus, .. stage.Branch.Units.Select(u => stage.Branch.Topics.NodeStatus(u.Address))],
            LongestRetry = TimeSpan.FromMilliseconds(300),
        });
        running = Task.WhenAll(connection.RunAsync(stop.Token), ReadAsync(connection));
        await connected.Task.WaitAsync(TimeSpan.FromSeconds(30));
    }

    /// <summary>When (stopwatch) that topic last said "online", if it was after <paramref name="since"/>.</summary>
    public async Task<long> OnlineAsync(string topic, long since)
    {
        var began = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(began) < TimeSpan.FromSeconds(30))
        {
            if (onlineAt.TryGetValue(topic, out var at) && at > since)
            {
                return at;
            }

            await Task.Delay(5);
        }

        throw new BenchmarkException($"Nothing came on {topic} within 30 s.");
    }

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        stop.Dispose();
    }

    private async Task ReadAsync(MqttConnection connection)
    {
        await foreach (var arrival in connection.Arrivals.ReadAllAsync())
        {
            if (arrival is MqttConnected)
            {
                connected.TrySetResult();
            }
            else if (arrival is MqttMessage message
                && ((ContractJson.TryRead<NodeStatusMessage>(message.Payload.Span, out var node, out _) && node.Online)
                    || (ContractJson.TryRead<BranchStatusMessage>(message.Payload.Span, out var branch, out _) && branch.Online)))
            {
                onlineAt[message.Topic] = message.ReceivedAt;
            }
        }
    }
}
