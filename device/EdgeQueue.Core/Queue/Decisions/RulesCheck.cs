namespace EdgeQueue.Core.Queue;

/// <summary>
/// The bounds that the decider's arithmetic stands on. The configuration loader reports all faults with their place; this is
/// the last door, so that no rules can make the decider throw.
/// </summary>
internal static class RulesCheck
{
    private const long Day = 86_400_000;
    public const int LargestNumber = 9_999_999;

    public static string? FirstFault(BranchRules rules)
    {
        foreach (var (name, s) in rules.Services)
        {
            if (s.TargetMs is < 1 or > Day || s.MeanServiceMs is < 1 or > Day)
            {
                return $"Service '{name}': target and mean service time are 1 ms to 24 hours.";
            }

            if (s.Priority is < 1 or > 99)
            {
                return $"Service '{name}': a priority is 1 to 99.";
            }

            if (s.Digits is < 1 or > 7 || s.FirstNumber < 0 || s.LastNumber > LargestNumber || s.OfflineLast > LargestNumber
                || s.OfflineFirst < 0)
            {
                return $"Service '{name}': numbers are 0 to {LargestNumber} with 1 to 7 digits.";
            }
        }

        foreach (var (name, s) in rules.Segments)
        {
            if (s.Priority is < 1 or > 99 || s.TargetMs is < 1 or > Day)
            {
                return $"Segment '{name}': a priority is 1 to 99, a target 1 ms to 24 hours.";
            }
        }

        if (CallingSettingsCheck.FirstFault(rules) is { } calling)
        {
            return calling;
        }

        if (VisitRulesCheck.FirstFault(rules) is { } visits)
        {
            return visits;
        }

        return rules.Policy is { DayEndsMinute: < 0 or > 1439 }
            ? "The day ends at a minute from 0 to 1439."
            : rules.Policy is { NoShowSpacingMs: < 0 or > Day } or { UnprintedMs: < 0 or > Day } or { LeaseBlock: < 1 or > LargestNumber }
                ? "Spacing and print time are 0 to 24 hours, a lease has at least one number."
                : null;
    }
}
