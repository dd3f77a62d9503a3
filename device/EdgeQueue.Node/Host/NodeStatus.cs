using EdgeQueue.Core.Contracts.Messages;

namespace EdgeQueue.Node.Host;

/// <summary>
/// What this unit says about itself on <c>node/…/status</c>: its faults and its counters. A change of the faults goes out at
/// once, of the counters with the next second. Safe from any thread.
/// </summary>
/// <param name="image">Version of the device's system image; null: none of ours.</param>
public sealed class NodeStatus(string role, string version, SeenPosition seen, NodeLog log, string? image = null)
{
    private readonly SortedDictionary<string, string> faults = new(StringComparer.Ordinal);
    private readonly SortedDictionary<string, long> counts = new(StringComparer.Ordinal);
    private readonly Lock gate = new();

    /// <summary>Raised after a change of the faults; must not block.</summary>
    internal event Action? FaultsChanged;

    /// <summary>Begins or ends a fault.</summary>
    /// <param name="code">For programs, camelCase, e.g. <c>paperOut</c>.</param>
    /// <param name="sentence">What, where, what to do; null: the fault is over.</param>
    public void Fault(string code, string? sentence)
    {
        lock (gate)
        {
            faults.TryGetValue(code, out var before);
            if (before == sentence)
            {
                return;
            }

            if (sentence is null)
            {
                faults.Remove(code);
                log.Info(NodeEvent.FaultEnded, $"{code} is over");
            }
            else
            {
                faults[code] = sentence;
                log.Warn(NodeEvent.FaultBegan, $"{code}: {sentence}");
            }
        }

        FaultsChanged?.Invoke();
    }

    public void Count(string name, long more = 1)
    {
        lock (gate)
        {
            counts[name] = counts.GetValueOrDefault(name) + more;
        }
    }

    public NodeStatusMessage Message(bool online)
    {
        lock (gate)
        {
            return new NodeStatusMessage(
                1, online, role, version, [.. faults.Select(f => new Fault(f.Key, f.Value))], seen.Current,
                counts.Count == 0 ? null : new SortedDictionary<string, long>(counts, StringComparer.Ordinal), image);
        }
    }

    /// <summary>The will: what the broker says when this unit is gone without a goodbye.</summary>
    internal NodeStatusMessage Will() => new(1, false, role, version, [], null, Image: image);
}
