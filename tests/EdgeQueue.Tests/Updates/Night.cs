using EdgeQueue.Core.Contracts.Updates;
using EdgeQueue.Core.Updates;

namespace EdgeQueue.Tests.Updates;

/// <summary>A branch at night whose devices are to be updated: what is so is set, what the decider makes of it is kept.</summary>
internal sealed class Night
{
    public const string Kind = "edgequeue-node";
    public const string HubKind = "edgequeue-hub";

    private readonly SortedDictionary<string, UpdatableDevice> _devices = new(StringComparer.Ordinal);

    public RolloutState State { get; private set; } = RolloutState.None;

    public UpdateWish? Wish { get; set; } = new(1, 1, [new WishedBundle(Kind, "2", 1000, new string('a', 64)), new WishedBundle(HubKind, "2", 1000, new string('b', 64))]);

    public HashSet<string> Here { get; } = [new string('a', 64), new string('b', 64)];

    public long At { get; set; }

    public int? Minute { get; set; } = 23 * 60;

    public int? Waiting { get; set; } = 0;

    public int Served { get; set; }

    public string? NotFetched { get; set; }

    public QuietHours Quiet { get; set; } = QuietHours.Usual;

    public Night With(string name, params string[] kinds)
    {
        _devices[name] = new UpdatableDevice(name, kinds, Said(kinds.Contains(UpdatableDevice.HubKind) ? HubKind : Kind, "1"), Well: true, OnlyOpenDispenser: false, AtWork: false);
        return this;
    }

    public UpdatableDevice this[string name]
    {
        get => _devices[name];
        set => _devices[name] = value;
    }

    public RolloutView View => new(Wish, Here, At, Minute, Waiting, Served, [.. _devices.Values], NotFetched);

    public IReadOnlyDictionary<string, UpdateOrder> Orders => RolloutDecider.Orders(
        State, Wish, _devices.ToDictionary(d => d.Key, d => d.Value.Said!.Compatible), 8885);

    /// <summary>Who has an order, and with an exclamation mark who is to start anew.</summary>
    public string Ordered => string.Join(' ', Orders.Select(o => o.Key + (o.Value.Restart ? "!" : "")));

    public Night Look()
    {
        State = RolloutDecider.Next(State, View, Quiet);
        return this;
    }

    /// <summary>The device says that it is so far with the order that it has.</summary>
    public Night Says(string name, UpdatePhase phase, UpdatePhase? failedAt = null, string? reason = null)
    {
        UpdateState said = _devices[name].Said! with { Order = Orders.GetValueOrDefault(name)?.Order ?? _devices[name].Said!.Order, Phase = phase, FailedAt = failedAt, Reason = reason };
        _devices[name] = _devices[name] with { Said = phase == UpdatePhase.Healthy ? said with { Version = "2" } : said };
        return this;
    }

    /// <summary>The whole way of one device.</summary>
    public Night Updates(string name) => Says(name, UpdatePhase.RestartWanted).Look().Says(name, UpdatePhase.Restarting).Look().Says(name, UpdatePhase.Healthy).Look();

    private static UpdateState Said(string kind, string version) => new(1, true, kind, version, true, null, UpdatePhase.Idle, 0);
}
