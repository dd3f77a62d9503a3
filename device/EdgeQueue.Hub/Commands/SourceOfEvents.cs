using EdgeQueue.Core.Queue;
using EdgeQueue.Hub.Journal;

namespace EdgeQueue.Hub.Commands;

/// <summary>
/// Which command an event came from. The journal keeps the answers by node, unit and the last event of each; those of other
/// commands than tickets are forgotten after the next business day, and what the hub did by itself has none.
/// </summary>
internal sealed class SourceOfEvents
{
    private readonly SortedList<long, string> _byLast = [];
    private readonly Dictionary<long, Moment> _at;

    public SourceOfEvents(IEnumerable<CommandRow> commands, IReadOnlyList<(long Seq, Moment At)> events)
    {
        _at = events.ToDictionary(e => e.Seq, e => e.At);
        foreach (CommandRow row in commands)
        {
            _byLast.TryAdd(row.Seq, $"{row.Unit.Node}/{row.Unit.Unit}");
        }
    }

    /// <summary>", from node/unit", or nothing when it is not known.</summary>
    public string Of(long seq)
    {
        // A decision's events follow each other in one moment; its answer names the last.
        for (long last = seq; _at.TryGetValue(last, out Moment at) && at == _at[seq]; last++)
        {
            if (_byLast.TryGetValue(last, out string? unit))
            {
                return $", from {unit}";
            }
        }

        return "";
    }
}
