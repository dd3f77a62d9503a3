using EdgeQueue.Core.Contracts.Identity;

namespace EdgeQueue.Core.Contracts.Configuration.Checks;

/// <summary>Names that must be unique, and names that must lead to something.</summary>
internal static class NameChecks
{
    public static void Run(BranchUnderCheck branch)
    {
        foreach (var list in (string[])["services", "segments", "workProfiles", "operators"])
        {
            Unique(branch, branch.Root[list], "id");
        }

        // Places that people are called to: a buffer stands where a counter does in a call, and boards tell all three apart by name only.
        branch.Unique(
            new[] { "zones", "counters", "buffers" }.SelectMany(list => branch.Root[list].Items).Select(place => (place["id"], place["id"].Text)),
            (id, first) => $"'{id}' is already the id of {first}. Zones, counters and buffers share their names: give each its own.");
        Unique(branch, branch.Root["nodes"], "name");
        PlaceNumbers.Run(branch);
        foreach (var node in branch.Root["nodes"].Items)
        {
            if (node["name"].Text is { } name && !branch.IsTold(node["name"]) && BranchCertificates.WhyNotNode(name) is { } reserved)
            {
                branch.Fault(node["name"].Path, $"{reserved}.");
            }

            Unique(branch, node["units"], "unit");
        }

        UniqueItems(branch, branch.Root["languages"]);
        foreach (var zone in branch.Root["zones"].Items)
        {
            UniqueItems(branch, zone["languages"]);
            Refers(branch, zone["wider"], "zones");
        }

        foreach (var profile in branch.Root["workProfiles"].Items)
        {
            UniqueItems(branch, profile["services"]);
            foreach (var service in profile["services"].Items)
            {
                Refers(branch, service, "services");
            }
        }

        foreach (var person in branch.Root["operators"].Items)
        {
            Refers(branch, person["workProfile"], "workProfiles");
        }

        foreach (var counter in branch.Root["counters"].Items)
        {
            Refers(branch, counter["zone"], "zones");
            Refers(branch, counter["workProfile"], "workProfiles");
        }

        foreach (var (_, unit) in branch.Units)
        {
            Refers(branch, unit["display"]["counter"], "counters");
            Refers(branch, unit["keypad"]["counter"], "counters");
            Refers(branch, unit["console"]["counter"], "counters");
            Refers(branch, unit["audio"]["zone"], "zones");
            foreach (var target in unit["keypad"]["transferTargets"].Items)
            {
                Refers(branch, target["service"], "services");
                Refers(branch, target["counter"], "counters");
                Refers(branch, target["operator"], "operators");
                if (new[] { "service", "counter", "operator" }.Count(to => target[to].Exists) != 1)
                {
                    branch.Fault(target.Path, "A transfer goes to exactly one of 'service', 'counter', 'operator'. Keep one.");
                }

                if (target["counter"].Text is { } to && to == unit["keypad"]["counter"].Text)
                {
                    branch.Fault(target["counter"].Path, $"'{to}' is the counter of this keypad: nobody can be sent from there to there. Choose another.");
                }
            }

            foreach (var button in unit["dispenser"]["buttons"].Items)
            {
                Refers(branch, button["service"], "services");
                Refers(branch, button["segment"], "segments");
            }
        }

        branch.Unique(
            branch.Units.Select(u => (u.Unit["console"]["counter"], u.Unit["console"]["counter"].Text)),
            (counter, first) => $"'{counter}' has its console at {first}. Two screens would lock and unlock it against each other.");
        ZonesWiden(branch);
        EveryServiceIsCalled(branch);
    }

    private static void Unique(BranchUnderCheck branch, ConfigurationElement list, string property) => branch.Unique(
        list.Items.Select(item => (item[property], item[property].Text)),
        (value, first) => $"'{value}' is already the {property} of {first}. Give each its own.");

    private static void UniqueItems(BranchUnderCheck branch, ConfigurationElement list) => branch.Unique(
        list.Items.Select(item => (item, item.Text)), (value, first) => $"'{value}' is already at {first}. Keep one.");

    public static void Refers(BranchUnderCheck branch, ConfigurationElement reference, string list)
    {
        if (reference.Text is { } id && branch.Ids(list) is var known && !known.Contains(id))
        {
            branch.Fault(
                reference.Path,
                $"There is no '{id}' in {list}. Add it there{OrOneOf(known)}.{DidYouMean.Sentence(id, known)}");
        }
    }

    /// <summary>Half a sentence, or nothing when there is none.</summary>
    public static string OrOneOf(IReadOnlyCollection<string> known) =>
        known.Count == 0 ? "" : $", or name one of: {string.Join(", ", known.Order(StringComparer.Ordinal).Take(10))}";

    private static void ZonesWiden(BranchUnderCheck branch)
    {
        var wider = new Dictionary<string, string?>();
        foreach (var zone in branch.Root["zones"].Items.Where(z => z["id"].Text is not null))
        {
            wider.TryAdd(zone["id"].Text!, zone["wider"].Text);
        }

        foreach (var zone in branch.Root["zones"].Items)
        {
            var walked = new List<string>();
            for (var at = zone["id"].Text; at is not null; at = wider.GetValueOrDefault(at))
            {
                if (walked.Contains(at))
                {
                    // Told once for each zone of the circle, not for those that only lead into it.
                    if (at == zone["id"].Text)
                    {
                        branch.Fault(zone["wider"].Path, $"The zones go in a circle: {string.Join(" → ", walked)} → {at}. The widest zone has no 'wider'.");
                    }

                    break;
                }

                walked.Add(at);
            }
        }
    }

    // A ticket that no counter could ever call would wait for ever.
    private static void EveryServiceIsCalled(BranchUnderCheck branch)
    {
        var profiles = branch.Root["counters"].Items.Select(c => c["workProfile"].Text)
            .Concat(branch.Root["operators"].Items.Select(o => o["workProfile"].Text)).ToHashSet();
        var called = branch.Root["workProfiles"].Items.Where(p => profiles.Contains(p["id"].Text))
            .SelectMany(p => p["services"].Items).Select(s => s.Text).ToHashSet();
        foreach (var service in branch.Root["services"].Items.Where(s => s["id"].Text is { } id && !called.Contains(id)))
        {
            branch.Fault(service["id"].Path, $"No counter's or operator's work profile has '{service["id"].Text}': its customers would wait for ever. Add it to a work profile in use, or remove the service.");
        }
    }
}
