using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Identity;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Contracts.Updates;
using EdgeQueue.Core.Updates;
using EdgeQueue.Mqtt;

namespace EdgeQueue.Hub.Updates;

/// <summary>What was heard of the branch, as the decider wants to see it. What is not known is not guessed: then nobody is disturbed.</summary>
internal sealed class BranchEars(TimeProvider time)
{
    /// <summary>The heartbeat comes every two seconds.</summary>
    private static readonly TimeSpan HubSilent = TimeSpan.FromSeconds(8);

    private const int LongestMessage = 64 * 1024;

    private readonly Dictionary<string, UpdateState> _said = new(StringComparer.Ordinal);
    private readonly Dictionary<UnitAddress, NodeStatusMessage> _units = [];
    private readonly Dictionary<UnitAddress, bool> _open = [];
    private readonly Dictionary<string, CounterPhase> _counters = new(StringComparer.Ordinal);
    private BranchStatusMessage? _status;
    private long _statusAt;

    /// <summary>Devices that have an order in the broker, by what it keeps or passes on.</summary>
    public HashSet<string> Ordered { get; } = new(StringComparer.Ordinal);

    /// <summary>Which kind of image each device takes.</summary>
    public IReadOnlyDictionary<string, string> Compatible => _said.ToDictionary(s => s.Key, s => s.Value.Compatible);

    /// <summary>A new connection tells everything again; what a broker that was started anew has not heard yet, is not known.</summary>
    public void Connected()
    {
        Ordered.Clear();
        _said.Clear();
        _units.Clear();
        _open.Clear();
        _counters.Clear();
        _status = null;
    }

    /// <returns>Null, or what is wrong with it.</returns>
    public string? Take(MqttMessage message, TopicAddress address)
    {
        ReadOnlySpan<byte> bytes = message.Payload.Span;
        if (bytes.Length > LongestMessage)
        {
            return $"it has {bytes.Length} bytes";
        }

        string? fault = null;
        switch (address.Kind)
        {
            case TopicKind.UpdateOrder:
                _ = bytes.IsEmpty ? Ordered.Remove(address.Name!) : Ordered.Add(address.Name!);
                break;
            case TopicKind.UpdateState when bytes.IsEmpty:
                _said.Remove(address.Name!);
                break;
            case TopicKind.UpdateState when UpdateJson.TryRead(bytes, out UpdateState? said, out fault):
                fault = said.IsWhole() ? null : "a version, kind or percentage that is none";
                if (fault is null)
                {
                    _said[address.Name!] = said with { Reason = said.Reason is { } reason ? UpdateState.Short(reason) : null };
                }

                break;
            case TopicKind.NodeStatus when bytes.IsEmpty:
                // Whoever goes says so in words, and so does its will: this is the hub, which clears what is configured no longer, or a mistake.
                break;
            case TopicKind.NodeStatus when ContractJson.TryRead(bytes, out NodeStatusMessage? unit, out fault):
                _units[address.Unit!] = unit;
                break;
            case TopicKind.Dispenser when bytes.IsEmpty:
                _open.Remove(address.Unit!);
                break;
            case TopicKind.Dispenser when ContractJson.TryRead(bytes, out DispenserMessage? dispenser, out fault):
                _open[address.Unit!] = dispenser.Open;
                break;
            case TopicKind.Counter when bytes.IsEmpty:
                _counters.Remove(address.Name!);
                break;
            case TopicKind.Counter when ContractJson.TryRead(bytes, out CounterMessage? counter, out fault):
                _counters[address.Name!] = counter.Phase;
                break;
            case TopicKind.BranchStatus when ContractJson.TryRead(bytes, out BranchStatusMessage? status, out fault):
                // What the broker kept may be as old as the connection: it tells the time, and is no sign of life.
                _status = status;
                _statusAt = message.Retained ? 0 : message.ReceivedAt;
                break;
        }

        return fault;
    }

    public RolloutView View(LoadedBranch branch, UpdateWish? wish, IReadOnlySet<string> here)
    {
        bool there = _status is { Online: true } && _statusAt != 0 && time.GetElapsedTime(_statusAt) < HubSilent;
        bool counters = branch.Configuration.Counters.All(c => _counters.ContainsKey(c.Id));
        List<UpdatableDevice> devices =
        [
            .. branch.Configuration.Nodes.Where(n => n.Units.Any(u => u.Console is null)).Select(n => Device(n.Name, [.. n.Units.Where(u => u.Console is null)])),
        ];
        if (_said.TryGetValue(BranchCertificates.Updates, out UpdateState? hub))
        {
            devices.Add(new UpdatableDevice(BranchCertificates.Updates, [UpdatableDevice.HubKind], hub, Well: there, OnlyOpenDispenser: false, AtWork: false));
        }

        return new RolloutView(
            wish, here, _status?.At ?? 0, there && _status!.ClockTrusted ? (int)(_status.Local / 60_000 % 1440) : null, there && counters ? _status!.Waiting : null,
            _counters.Count(c => branch.Counter(c.Key) is not null && IsAtWork(c.Value)), devices);
    }

    private UpdatableDevice Device(string node, IReadOnlyList<UnitConfiguration> units) => new(
        node, [.. units.Select(u => u.Role).Distinct().Order(StringComparer.Ordinal)], _said.GetValueOrDefault(node),
        units.All(u => _units.GetValueOrDefault(new UnitAddress(node, u.Unit)) is { Online: true } said && said.Faults.All(f => f.Code != NodeStatusMessage.StateUnknown)),
        IsOpen(node, units) && !_open.Any(o => o.Value && o.Key.Node != node && _units.GetValueOrDefault(o.Key) is { Online: true }),
        units.Select(u => u.Keypad?.Counter ?? u.Display?.Counter).Any(c => c is not null && IsAtWork(_counters.GetValueOrDefault(c))));

    private bool IsOpen(string node, IReadOnlyList<UnitConfiguration> units) => units.Any(u => u.Dispenser is not null && _open.GetValueOrDefault(new UnitAddress(node, u.Unit)));

    private static bool IsAtWork(CounterPhase phase) => phase is CounterPhase.Called or CounterPhase.Serving;
}
