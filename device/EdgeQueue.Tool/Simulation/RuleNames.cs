using EdgeQueue.Core.Queue;

namespace EdgeQueue.Tool.Simulation;

/// <summary>The calling rules by the names that people type.</summary>
internal static class RuleNames
{
    public static readonly IReadOnlyDictionary<string, CallingRuleKind> All = new Dictionary<string, CallingRuleKind>
    {
        ["fifo"] = CallingRuleKind.Fifo,
        ["strict"] = CallingRuleKind.Strict,
        ["rel"] = CallingRuleKind.Relative,
        ["edd"] = CallingRuleKind.DueDate,
        ["edd_prio"] = CallingRuleKind.DueDatePriority,
        ["ratio"] = CallingRuleKind.Ratio,
        ["target"] = CallingRuleKind.Target,
        ["gcmu_cap4"] = CallingRuleKind.Target,
    };

    public static string Listed => string.Join(", ", All.Keys);

    public static BranchRules With(BranchRules rules, CallingRuleKind rule) => rules with
    {
        WorkProfiles = rules.WorkProfiles.ToDictionary(p => p.Key, p => p.Value with { Rule = rule }),
    };
}
