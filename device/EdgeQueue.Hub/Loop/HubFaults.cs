using EdgeQueue.Core.Contracts.Messages;

namespace EdgeQueue.Hub.Loop;

/// <summary>What is wrong with the hub itself, until it is not. By the loop's thread only.</summary>
public sealed class HubFaults(ILogger log)
{
    private readonly SortedDictionary<string, Fault> _open = new(StringComparer.Ordinal);

    public IReadOnlyCollection<Fault> Open => _open.Values;

    /// <param name="fault">Null: it is over.</param>
    /// <returns>Whether anything changed.</returns>
    public bool Set(string code, Fault? fault)
    {
        if (_open.GetValueOrDefault(code) == fault)
        {
            return false;
        }

        if (fault is null)
        {
            _open.Remove(code);
            HubLog.FaultEnded(log, code);
        }
        else
        {
            _open[code] = fault;
            HubLog.FaultBegan(log, code, fault.Sentence);
        }

        return true;
    }
}
