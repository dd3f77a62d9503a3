namespace EdgeQueue.Core.Queue;

/// <summary>The bounds of <see cref="VisitRules"/>: the last door, so that no rules can make the decider throw.</summary>
internal static class VisitRulesCheck
{
    private const long Day = 86_400_000;

    public static string? FirstFault(BranchRules rules)
    {
        if (rules.Visits is not { } visits)
        {
            return null;
        }

        foreach (var (name, s) in visits.Services)
        {
            if (s.Appointments is { } a && (a.EarlyMs is < 0 or > Day || a.LateMs is < 0 or > Day || a.LapseMs is < 0 or > Day
                || a.GuardMs is < 0 or > Day || a.LapseMs < a.LateMs || a.Priority is < 1 or > 99 || a.TargetMs is < 1 or > Day))
            {
                return $"Service '{name}': windows of appointments are 0 to 24 hours, they lapse no sooner than they are late, a priority is 1 to 99, a target 1 ms to 24 hours.";
            }

            if (s.DailyQuota < 1 || s.PerPerson < 1)
            {
                return $"Service '{name}': a limit is at least 1.";
            }
        }

        foreach (var (name, b) in visits.Buffers ?? new Dictionary<string, BufferRules>())
        {
            if (b.Size is < 1 or > 100 || !rules.WorkProfiles.ContainsKey(b.WorkProfile))
            {
                return $"Buffer '{name}': it holds 1 to 100 people and has a work profile of the branch.";
            }
        }

        return visits.NoShowRequeue is { Times: < 1 or > 9 } or { Places: < 1 } ? "NoShow puts back 1 to 9 times, by at least one place."
            : Lengths(visits.PlannedPauses) || Lengths(visits.CallSpacing) || Lengths(visits.AutoCall)
                ? "Pauses, the spacing of calls and automatic calls take 0 to 24 hours."
            : visits.MoreTime is { Minutes: < 1 or > 120 } or { Times: < 1 or > 9 } ? "More time is 1 to 120 minutes, 1 to 9 times in a visit."
            : visits.Hall is { MaxPeople: < 1 } or { PerPerson: < 1 } ? "A limit of the hall is at least 1."
            : null;
    }

    private static bool Lengths(IReadOnlyDictionary<string, long>? named) => named?.Values.Any(ms => ms is < 0 or > Day) == true;
}
