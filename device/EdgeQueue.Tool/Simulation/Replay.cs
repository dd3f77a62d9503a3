using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Forecast;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Tool.Simulation;

/// <summary>Recorded customers, run through the real decider at full speed.</summary>
internal static class Replay
{
    /// <param name="rule">For every work profile; null: each its own.</param>
    public static void Run(
        LoadedBranch branch, IReadOnlyList<Customer> customers, CallingRuleKind? rule, RollOptions options, RollWatch? watch)
    {
        var rules = Staffing.Rules(branch);
        Run(rule is { } chosen ? RuleNames.With(rules, chosen) : rules, Staffing.EveryCounter(branch), customers, options, watch);
    }

    public static void Run(
        BranchRules rules, IReadOnlyList<DeskPlan> staff, IReadOnlyList<Customer> customers, RollOptions options, RollWatch? watch)
    {
        var roll = new BranchRoll(StateOf(rules), staff, options, watch);
        roll.Open(0);
        roll.Run(customers);
        roll.EndUnserved();
    }

    public static BranchState StateOf(BranchRules rules)
    {
        var state = new BranchState();
        var decision = Decider.Decide(state, new ApplyRules(rules, new Moment(0)));
        if (decision.Refusal is { } refusal)
        {
            throw new InvalidOperationException($"A configuration without faults was refused: {refusal.Sentence}");
        }

        Evolve.Apply(state, decision.Events);
        return state;
    }
}
