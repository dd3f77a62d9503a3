using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Identity;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Mqtt;

namespace EdgeQueue.Hub.Identity.Page;

/// <summary>
/// Who is there, heard with the watch certificate, which changes nothing and hears no command. Without that certificate, or the broker, the
/// page says so and does the rest.
/// </summary>
internal sealed class BranchEar(Topics topics, string host, int port, string certificates)
{
    private readonly Dictionary<UnitAddress, NodeStatusMessage> _units = [];
    private readonly Lock _gate = new();
    private BranchStatusMessage? _status;
    private string? _deaf = "not connected to the broker yet";

    /// <summary>Why nothing is heard; null: it is.</summary>
    public string? Deaf
    {
        get
        {
            lock (_gate)
            {
                return _deaf;
            }
        }
    }

    public BranchStatusMessage? Status
    {
        get
        {
            lock (_gate)
            {
                return _status;
            }
        }
    }

    public NodeStatusMessage? Unit(UnitAddress address)
    {
        lock (_gate)
        {
            return _units.GetValueOrDefault(address);
        }
    }

    public async Task RunAsync(CancellationToken stop)
    {
        string certificate = Path.Combine(certificates, BranchCertificates.Watch + ".crt"), key = Path.Combine(certificates, BranchCertificates.Watch + ".key");
        if (!Readable(key))
        {
            lock (_gate)
            {
                _deaf = $"{key} cannot be read by this user";
            }

            return;
        }

        await using var connection = new MqttConnection(new MqttOptions
        {
            Host = host, Port = port, ClientId = $"watch/page-{Environment.ProcessId}",
            Tls = new MqttTls(Path.Combine(certificates, BranchCertificates.Authority + ".crt"), certificate, key), Subscriptions = topics.Shown,
        });
        Task running = connection.RunAsync(stop);
        try
        {
            await foreach (MqttArrival arrival in connection.Arrivals.ReadAllAsync(stop))
            {
                Take(arrival);
            }
        }
        catch (OperationCanceledException)
        {
            // Asked to stop.
        }

        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static bool Readable(string file)
    {
        try
        {
            using FileStream opened = File.OpenRead(file);
            return true;
        }
        catch (Exception no) when (no is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    private void Take(MqttArrival arrival)
    {
        lock (_gate)
        {
            switch (arrival)
            {
                case MqttConnected:
                    _deaf = null;
                    break;
                case MqttDisconnected { Reason: var reason }:
                    _deaf = reason;
                    break;
                case MqttConnectFailed { Reason: var reason }:
                    _deaf = reason;
                    break;
                case MqttMessage message when topics.TryParse(message.Topic, out TopicAddress? address):
                    Take(address, message.Payload.Span);
                    break;
            }
        }
    }

    private void Take(TopicAddress address, ReadOnlySpan<byte> payload)
    {
        if (address.Kind == TopicKind.BranchStatus && ContractJson.TryRead(payload, out BranchStatusMessage? status, out _))
        {
            _status = status;
        }
        // Whoever goes says so in words, and so does its will: an empty status says nothing of a unit that is configured, and no other is shown.
        else if (address.Kind == TopicKind.NodeStatus && ContractJson.TryRead(payload, out NodeStatusMessage? unit, out _))
        {
            _units[address.Unit!] = unit;
        }
    }
}
