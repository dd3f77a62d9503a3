namespace EdgeQueue.Core.Queue;

/// <summary>The bounds of <see cref="CallingSettings"/>: the last door, so that no rules can make the decider throw or be inexact.</summary>
internal static class CallingSettingsCheck
{
    private const long Day = 86_400_000;

    public static string? FirstFault(BranchRules rules)
    {
        foreach (var (name, profile) in rules.Calling?.Profiles ?? new Dictionary<string, ProfileSettings>())
        {
            if (profile.CapTargets is < 1 or > 20)
            {
                return $"Work profile '{name}': a cap is 1 to 20 targets.";
            }

            if (profile.Ratio is { } ratio && (ratio.Priority is < 1 or > 99 || ratio.First is < 1 or > 100 || ratio.Others is < 1 or > 100))
            {
                return $"Work profile '{name}': a ratio has a priority of 1 to 99 and 1 to 100 calls of each side.";
            }

            if (profile.Helps?.Any(h => h.AfterMs is < 1 or > Day) == true)
            {
                return $"Work profile '{name}': help comes after 1 ms to 24 hours.";
            }
        }

        return rules.Calling?.PersonWaitMs is < 1 or > Day ? "A visit waits 1 ms to 24 hours for its person." : null;
    }
}
