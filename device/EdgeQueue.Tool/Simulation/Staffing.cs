using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Forecast;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Tool.Simulation;

/// <summary>
/// A configured branch made ready to be rolled: every counter has an operator of its own, no ticket waits for paper, and ticket
/// numbers do not end (a study of waiting must not end where labels do).
/// </summary>
internal static class Staffing
{
    public static BranchRules Rules(LoadedBranch branch) => BranchRoll.RulesOf(branch.Rules) with
    {
        Services = branch.Rules.Services.ToDictionary(s => s.Key, s => s.Value with { LastNumber = 9_999_999 }),
        Operators = branch.Configuration.Counters.Select(c => OperatorOf(c.Id)).ToHashSet(),
        Policy = branch.Rules.Policy with { UnprintedMs = 0, DayEndsMinute = null },
    };

    /// <summary>Every counter all day, in the order of the file.</summary>
    public static IReadOnlyList<DeskPlan> EveryCounter(LoadedBranch branch) =>
        [.. branch.Configuration.Counters.Select(c => new DeskPlan(c.Id, OperatorOf(c.Id), c.WorkProfile, []))];

    public static string OperatorOf(string counter) => "operator-" + counter;
}
