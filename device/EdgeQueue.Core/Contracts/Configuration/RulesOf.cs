using EdgeQueue.Core.Queue;

namespace EdgeQueue.Core.Contracts.Configuration;

/// <summary>From the configuration's words to the decider's rules: seconds become milliseconds, times minutes, names enums.</summary>
internal static partial class RulesOf
{
    private static readonly string[] Days = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"];

    public static BranchRules Branch(BranchConfiguration branch) => new(
        branch.Services.ToDictionary(s => s.Id, Service),
        branch.Segments.ToDictionary(s => s.Id, s => new SegmentRules(s.Priority, s.TargetWaitSeconds * 1000L)),
        branch.WorkProfiles.ToDictionary(p => p.Id, p => new WorkProfileRules(p.Services, Rule(p.Rule))),
        branch.Counters.ToDictionary(c => c.Id, c => new CounterRules(c.WorkProfile, c.Zone)),
        branch.Operators.Select(o => o.Id).ToHashSet(),
        new PolicyRules(
            branch.Policy.NoShowCalls,
            branch.Policy.NoShowSpacingSeconds * 1000L,
            branch.BusinessDay.ClearAtClose,
            TimeOfDay.MinuteOf(branch.BusinessDay.Ends),
            branch.Policy.UnprintedSeconds * 1000L,
            branch.Policy.LeaseBlock,
            branch.Languages[0],
            branch.Policy.MaxWaiting),
        Visits(branch),
        Calling(branch));

    private static ServiceRules Service(ServiceConfiguration service) => new(
        service.Prefix, service.Digits, service.FirstNumber, service.LastNumber, service.OfflineFirst, service.OfflineLast,
        service.TargetWaitSeconds * 1000L, service.Priority, service.MeanServiceSeconds * 1000L,
        [.. service.Hours.Select(h => new OpeningHours(
            [.. h.Days.Select(d => (DayOfWeek)Array.IndexOf(Days, d))], TimeOfDay.MinuteOf(h.From)!.Value, TimeOfDay.MinuteOf(h.To)!.Value))]);

    private static CallingRuleKind Rule(string name) =>
        Enum.GetValues<CallingRuleKind>().Single(rule => CallingRule.NameOf(rule) == name);
}
