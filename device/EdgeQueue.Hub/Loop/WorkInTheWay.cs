using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Hub.Loop;

/// <summary>
/// What goes on in the branch and would lose its ground by another configuration: nobody far away takes a counter from under somebody who is served
/// there. Somebody at the branch who changes the file may; they see the hall.
/// </summary>
internal static class WorkInTheWay
{
    /// <returns>A sentence for each; empty: nothing is.</returns>
    public static IReadOnlyList<string> Of(BranchState state, BranchConfiguration next)
    {
        HashSet<string> counters = [.. next.Counters.Select(c => c.Id)];
        HashSet<string> services = [.. next.Services.Select(s => s.Id)];
        HashSet<string> operators = [.. next.Operators.Select(o => o.Id)];
        List<string> found = [];
        foreach (Counter counter in state.Counters.Where(c => c.Phase != CounterPhase.Closed || c.Visit is not null))
        {
            if (!counters.Contains(counter.Id))
            {
                found.Add($"Counter '{counter.Id}' is not in it, and is {(counter.Visit is null ? "open" : "serving")} now. Close it first, or send it when the branch is closed.");
            }
            else if (counter.Operator is { } at && !operators.Contains(at) && state.Rules is { } rules && rules.Operators.Contains(at))
            {
                found.Add($"Operator '{at}' is not in it, and is signed in at counter '{counter.Id}' now. Let them sign out first.");
            }
        }

        found.AddRange(state.Rules is null ? [] : state.Rules.Services.Keys.Where(s => !services.Contains(s) && state.WaitingFor(s) > 0).Order(StringComparer.Ordinal)
            .Select(s => FormattableString.Invariant($"Service '{s}' is not in it, and {state.WaitingFor(s)} wait for it now. Send it when nobody does.")));
        return found;
    }
}
