using EdgeQueue.Core.Queue;

namespace EdgeQueue.Tests.Queue.Support;

/// <summary>A small branch: three counters, three operators, three services, two of which share the letter A.</summary>
internal static class TestRules
{
    public static readonly PolicyRules Policy = new(
        NoShowCalls: 2, NoShowSpacingMs: 10_000, ClearAtClose: true, DayEndsMinute: 20 * 60, UnprintedMs: 60_000, LeaseBlock: 10,
        Language: "en", MaxWaiting: 1000);

    public static readonly BranchRules Branch = new(
        new Dictionary<string, ServiceRules>
        {
            ["cash"] = new("A", 3, 1, 899, 900, 999, 600_000, 40, 240_000, []),
            ["pickup"] = new("A", 3, 1, 899, 900, 999, 300_000, 60, 150_000, []),
            ["loans"] = new("L", 3, 1, 5, 900, 919, 1_200_000, 30, 1_320_000, []),
        },
        new Dictionary<string, SegmentRules> { ["premium"] = new(95, 180_000), ["disabled"] = new(90, null) },
        new Dictionary<string, WorkProfileRules>
        {
            ["all"] = new(["cash", "pickup", "loans"], CallingRuleKind.Fifo),
            ["cash"] = new(["cash"], CallingRuleKind.Fifo),
            ["loans"] = new(["loans"], CallingRuleKind.Target),
        },
        new Dictionary<string, CounterRules>
        {
            ["1"] = new("all", "hall"), ["2"] = new("all", "hall"), ["3"] = new("loans", "upstairs"),
        },
        new HashSet<string> { "anna", "boris", "clara" },
        Policy);

    public static BranchRules With(Func<PolicyRules, PolicyRules> change) => Branch with { Policy = change(Policy) };

    public static BranchRules WithService(string name, Func<ServiceRules, ServiceRules> change) => Branch with
    {
        Services = Branch.Services.ToDictionary(s => s.Key, s => s.Key == name ? change(s.Value) : s.Value),
    };
}
