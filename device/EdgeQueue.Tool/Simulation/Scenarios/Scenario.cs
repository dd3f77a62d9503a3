using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Forecast;
using EdgeQueue.Core.Queue;
using EdgeQueue.Tool.Simulation.Demand;

namespace EdgeQueue.Tool.Simulation.Scenarios;

/// <summary>A branch as it might be worked: rules and staff.</summary>
/// <param name="Staff">The counters that take part, and when; milliseconds from the opening.</param>
/// <param name="Busier">Every walk-in stream times this.</param>
internal sealed record Scenario(string Name, BranchRules Rules, IReadOnlyList<DeskPlan> Staff, double Busier = 1)
{
    public static Scenario AsConfigured(LoadedBranch branch, BranchDemand demand)
    {
        var known = demand.Staff?.Where(s => s.Value.Operator is not null).ToDictionary(s => s.Key, s => s.Value.Operator!);
        var staff = Staffing.EveryCounter(branch, known);
        return new("as it is", OpeningTimes.Kept(Staffing.Rules(branch), branch.Rules), [.. demand.Staff is { } worked
            ? staff.Where(p => worked.ContainsKey(p.Counter)).Select(p => p with { Duties = worked[p.Counter].Duties, Pace = worked[p.Counter].Pace })
            : staff.Select(p => demand.Breaks.TryGetValue(p.Counter, out var breaks) ? p with { Duties = Without([], breaks) } : p)]);
    }

    /// <summary>What is left of an operator's time, when these spans are taken away.</summary>
    public static IReadOnlyList<Duty> Without(IReadOnlyList<Duty> duties, IEnumerable<Duty> away)
    {
        List<Duty> left = duties.Count > 0 ? [.. duties] : [new(0, Duty.Never)];
        foreach (var gone in away)
        {
            left = [.. left.SelectMany(d => (Duty[])[new(d.From, Math.Min(d.To, gone.From)), new(Math.Max(d.From, gone.To), d.To)])
                .Where(d => d.To > d.From)];
        }

        return left;
    }
}
