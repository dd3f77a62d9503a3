namespace EdgeQueue.Core.Contracts.Configuration.Checks;

/// <summary>Whom counters call, and who can: help, ratios, skills, attributes.</summary>
internal static class CallingChecks
{
    public static void Run(BranchUnderCheck branch)
    {
        var attributes = branch.Root["operatorAttributes"];
        Same(branch, attributes);
        foreach (var profile in branch.Root["workProfiles"].Items)
        {
            Profile(branch, profile);
        }

        var known = attributes.Items.Select(a => a.Text).OfType<string>().ToHashSet();
        foreach (var person in branch.Root["operators"].Items)
        {
            foreach (var skill in person["skills"].Items)
            {
                NameChecks.Refers(branch, skill["service"], "services");
            }

            branch.Unique(
                person["skills"].Items.Select(s => (s["service"], s["service"].Text)),
                (service, first) => $"'{service}' is already at {first}. Keep one.");
            Attributes(branch, person["attributes"], known);
        }

        foreach (var (_, unit) in branch.Units)
        {
            foreach (var queue in unit["keypad"]["callQueues"].Items)
            {
                NameChecks.Refers(branch, queue, "services");
            }

            foreach (var button in unit["dispenser"]["buttons"].Items)
            {
                NameChecks.Refers(branch, button["operator"], "operators");
                Attributes(branch, button["wants"], known);
            }
        }
    }

    private static void Attributes(BranchUnderCheck branch, ConfigurationElement list, HashSet<string> known)
    {
        Same(branch, list);
        foreach (var attribute in list.Items.Where(a => a.Text is { } name && !known.Contains(name)))
        {
            branch.Fault(attribute.Path, $"There is no '{attribute.Text}' in operatorAttributes. Add it there{NameChecks.OrOneOf(known)}.");
        }
    }

    private static void Profile(BranchUnderCheck branch, ConfigurationElement profile)
    {
        var own = profile["services"].Items.Select(s => s.Text).ToHashSet();
        foreach (var help in profile["helps"].Items)
        {
            if (help["service"].Text is { } service && !own.Contains(service))
            {
                branch.Fault(help["service"].Path, $"'{service}' is not one of this work profile's services. Add it to 'services', or remove the help.");
            }
        }

        branch.Unique(
            profile["helps"].Items.Select(h => (h["service"], h["service"].Text)),
            (service, first) => $"'{service}' is already at {first}. Keep one.");
        if (profile["rule"].Text == "ratio" && !profile["ratio"].Exists)
        {
            branch.Fault(profile.Path, "The rule 'ratio' needs a 'ratio': from which priority on, and how many of each side, such as {\"priority\": 60, \"first\": 2, \"others\": 1}.");
        }
    }

    private static void Same(BranchUnderCheck branch, ConfigurationElement list) => branch.Unique(
        list.Items.Select(item => (item, item.Text)), (value, first) => $"'{value}' is already at {first}. Keep one.");
}
