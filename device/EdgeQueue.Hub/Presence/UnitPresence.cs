using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Hub.Presence;

/// <summary>
/// Which configured units are there, by their retained status and their wills. With a keep-alive of 5 s the broker tells of
/// a unit that vanished within 7.5 s.
/// </summary>
public sealed class UnitPresence
{
    /// <summary>After a connect, units that connect at the same time are not called missing at once.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(3);

    private const int FaultsShown = 8;
    private const int SentenceLength = 300;

    private readonly Dictionary<UnitAddress, NodeStatusMessage> _status = [];
    private readonly Dictionary<UnitAddress, Moment> _since = [];
    private HashSet<string> _logged = [];
    private Moment? _connectedAt;

    public void Connected(Moment at) => _connectedAt = at;

    public void Heard(UnitAddress unit, NodeStatusMessage status, Moment at)
    {
        bool was = _status.TryGetValue(unit, out NodeStatusMessage? before) && before.Online;
        _status[unit] = status;
        if (was != status.Online || !_since.ContainsKey(unit))
        {
            _since[unit] = at;
        }
    }

    public void Forget(UnitAddress unit)
    {
        _status.Remove(unit);
        _since.Remove(unit);
    }

    public NodeStatusMessage? Of(UnitAddress unit) => _status.GetValueOrDefault(unit);

    public IReadOnlyList<MissingUnit> Missing(LoadedBranch branch, Moment now)
    {
        if (_connectedAt is not { } connected || now - connected < Grace)
        {
            return [];
        }

        return
        [
            .. branch.Units.Where(u => u.Unit.Console is null && _status.GetValueOrDefault(u.Address) is not { Online: true })
                .Select(u => new MissingUnit(u.Address.Node, u.Address.Unit, u.Unit.Role, SinceWhen(u.Address, connected).Milliseconds)),
        ];
    }

    /// <summary>What the units say of themselves, with their names before it.</summary>
    public IEnumerable<Fault> Faults(LoadedBranch branch) =>
        from unit in branch.Units
        let status = _status.GetValueOrDefault(unit.Address)
        where status is { Online: true }
        from fault in status.Faults.Take(FaultsShown)
        select new Fault(fault.Code, $"{unit.Address}: {(fault.Sentence.Length > SentenceLength ? fault.Sentence[..SentenceLength] + "…" : fault.Sentence)}");

    /// <summary>Says in the log who has gone and who has come back.</summary>
    public void LogChanges(IReadOnlyList<MissingUnit> missing, ILogger log)
    {
        HashSet<string> now = [.. missing.Select(m => $"{m.Node}/{m.Unit}")];
        foreach (string unit in now.Except(_logged))
        {
            HubLog.UnitMissing(log, unit);
        }

        foreach (string unit in _logged.Except(now))
        {
            HubLog.UnitThere(log, unit);
        }

        _logged = now;
    }

    private Moment SinceWhen(UnitAddress unit, Moment connected) => _since.TryGetValue(unit, out Moment at) ? at : connected;
}
