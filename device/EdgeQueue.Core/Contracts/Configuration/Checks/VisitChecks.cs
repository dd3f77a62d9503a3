namespace EdgeQueue.Core.Contracts.Configuration.Checks;

/// <summary>Bookings, segment rules, the hall, pauses and buffers.</summary>
internal static class VisitChecks
{
    public static void Run(BranchUnderCheck branch)
    {
        foreach (var own in branch.Root["services"].Items.Select(s => s["appointments"]))
        {
            if ((own["lapseMinutes"].Number ?? 120) < (own["lateMinutes"].Number ?? 15))
            {
                branch.Fault(own["lapseMinutes"].Exists ? own["lapseMinutes"].Path : own.Path, "A booking lapses before its late window ends. Make 'lapseMinutes' at least 'lateMinutes'.");
            }
        }

        Same(branch, branch.Root["checkIn"]["by"]);
        var rules = branch.Root["segmentRules"].Items.ToArray();
        foreach (var rule in rules.SkipLast(1).Where(FitsEverybody))
        {
            branch.Fault(rule.Path, "This rule fits everybody, and the first that fits counts: those behind it are never looked at. Say whom it is for, or make it the last.");
        }

        foreach (var rule in rules)
        {
            foreach (var service in rule["services"].Items.Append(rule["service"]))
            {
                NameChecks.Refers(branch, service, "services");
            }

            NameChecks.Refers(branch, rule["segment"], "segments");
            Same(branch, rule["attributes"]);
            if (!rule["segment"].Exists && !rule["service"].Exists)
            {
                branch.Fault(rule.Path, "This rule changes nothing: it hides the ones behind it only. Give it a 'segment' or a 'service', or take it away.");
            }
        }

        Hall(branch);
        branch.Unique(
            branch.Root["pauses"].Items.Select(p => (p["reason"], p["reason"].Text)),
            (reason, first) => $"'{reason}' is already the reason of {first}. Give each its own.");
        foreach (var buffer in branch.Root["buffers"].Items)
        {
            NameChecks.Refers(branch, buffer["workProfile"], "workProfiles");
            NameChecks.Refers(branch, buffer["zone"], "zones");
        }
    }

    private static bool FitsEverybody(ConfigurationElement rule) =>
        !rule["appointment"].Exists && !rule["attributes"].Items.Concat(rule["services"].Items).Concat(rule["languages"].Items).Any();

    private static void Hall(BranchUnderCheck branch)
    {
        foreach (var day in branch.Root["hall"]["exceptions"].Items)
        {
            if (day["date"].Text is { Length: 10 } date && RulesOf.DayOf(date) is null)
            {
                branch.Fault(day["date"].Path, $"There is no day '{date}'.");
            }

            foreach (var service in day["services"].Items)
            {
                NameChecks.Refers(branch, service, "services");
            }

            foreach (var hours in day["hours"].Items)
            {
                if (TimeOfDay.MinuteOf(hours["from"].Text) is { } from && TimeOfDay.MinuteOf(hours["to"].Text) is { } to && from >= to)
                {
                    branch.Fault(hours["to"].Path, $"It closes at {hours["to"].Text}, not later than it opens ({hours["from"].Text}).");
                }
            }
        }
    }

    private static void Same(BranchUnderCheck branch, ConfigurationElement list) => branch.Unique(
        list.Items.Select(item => (item, item.Text)), (value, first) => $"'{value}' is already at {first}. Keep one.");
}
