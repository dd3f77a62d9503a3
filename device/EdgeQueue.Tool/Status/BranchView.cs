using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Messages;

namespace EdgeQueue.Tool.Status;

/// <summary>What the branch shows just now, as it was heard; changed by one thread.</summary>
internal sealed class BranchView(Topics topics)
{
    public BranchStatusMessage? Status { get; private set; }

    public SortedDictionary<string, CounterMessage> Counters { get; } = new(StringComparer.Ordinal);

    public SortedDictionary<string, NodeStatusMessage> Units { get; } = new(StringComparer.Ordinal);

    public void Hear(string topic, ReadOnlySpan<byte> payload)
    {
        if (!topics.TryParse(topic, out TopicAddress? address))
        {
            return;
        }

        switch (address.Kind)
        {
            case TopicKind.BranchStatus when ContractJson.TryRead(payload, out BranchStatusMessage? status, out _):
                Status = status;
                break;
            case TopicKind.Counter when payload.IsEmpty:
                Counters.Remove(address.Name!);
                break;
            case TopicKind.Counter when ContractJson.TryRead(payload, out CounterMessage? counter, out _):
                Counters[address.Name!] = counter;
                break;
            case TopicKind.NodeStatus when payload.IsEmpty:
                Units.Remove(address.Unit!.ToString());
                break;
            case TopicKind.NodeStatus when ContractJson.TryRead(payload, out NodeStatusMessage? unit, out _):
                Units[address.Unit!.ToString()] = unit;
                break;
        }
    }
}
