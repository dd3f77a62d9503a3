namespace EdgeQueue.Core.Contracts.Configuration.Checks;

/// <summary>Who can serve whom: no queue, wish, person or step for which nobody could ever come.</summary>
internal static class ServingChecks
{
    /// <param name="Serves">The services that this person calls from some counter, by work profile and skills.</param>
    private sealed record Server(string Id, HashSet<string> Serves, HashSet<string> Has);

    public static void Run(BranchUnderCheck branch)
    {
        var people = branch.Root["operators"].Items.Where(o => o["id"].Text is not null).Select(o => Of(branch, o)).ToArray();
        if (people.Length == 0)
        {
            return; // a branch that is still being written, or simulated: nobody can sign in at all, and that is seen at once
        }

        foreach (var service in branch.Root["services"].Items.Where(s => s["id"].Text is { } id && IsCalled(branch, id) && !people.Any(p => p.Serves.Contains(id))))
        {
            branch.Fault(
                service["id"].Path,
                $"No operator can serve '{service["id"].Text}': those whose work profile has it have other 'skills'. Its customers would wait for ever. Give somebody the skill, or take the service away.");
        }

        foreach (var button in branch.Units.SelectMany(u => u.Unit["dispenser"]["buttons"].Items))
        {
            Button(branch, button, people);
        }
    }

    private static void Button(BranchUnderCheck branch, ConfigurationElement button, Server[] people)
    {
        // A segment rule may send them to another queue than the button's.
        var queues = branch.Root["segmentRules"].Items.Select(r => r["service"].Text).Append(button["service"].Text).OfType<string>().ToHashSet();
        var able = people.Where(p => p.Serves.Overlaps(queues)).ToArray();
        var wants = button["wants"].Items.Select(w => w.Text).OfType<string>().ToArray();
        if (wants.Length > 0 && able.Length > 0 && AllKnown(branch, button["wants"]) && !able.Any(p => wants.All(p.Has.Contains)))
        {
            branch.Fault(
                button["wants"].Path,
                $"No operator who serves '{button["service"].Text}' has {(wants.Length == 1 ? $"'{wants[0]}'" : "all of this")}: customers of this button would wait for ever. Give it to somebody's 'attributes', or leave it out.");
        }

        Person(branch, button["operator"], queues, people);
        foreach (var step in button["steps"].Items)
        {
            Person(branch, step["operator"], step["service"].Text is { } service ? [service] : [], people);
        }
    }

    private static void Person(BranchUnderCheck branch, ConfigurationElement person, HashSet<string> services, Server[] people)
    {
        if (person.Text is { } id && people.FirstOrDefault(p => p.Id == id) is { } server && services.All(branch.Ids("services").Contains) && !server.Serves.Overlaps(services))
        {
            branch.Fault(person.Path, $"'{id}' serves none of what these customers come for, neither by work profile nor by 'skills': they would wait in vain. Name somebody else, or give '{id}' the service.");
        }
    }

    private static bool AllKnown(BranchUnderCheck branch, ConfigurationElement wants)
    {
        var known = branch.Root["operatorAttributes"].Items.Select(a => a.Text).ToHashSet();
        return wants.Items.All(w => known.Contains(w.Text));
    }

    private static bool IsCalled(BranchUnderCheck branch, string service) => Profiles(branch, null).Any(p => Services(branch, p).Contains(service))
        || branch.Root["operators"].Items.Any(o => Profiles(branch, o["workProfile"].Text).Any(p => Services(branch, p).Contains(service)));

    private static Server Of(BranchUnderCheck branch, ConfigurationElement person)
    {
        var serves = Profiles(branch, person["workProfile"].Text).SelectMany(p => Services(branch, p)).ToHashSet();
        if (person["skills"].Items.Any())
        {
            serves.IntersectWith(person["skills"].Items.Select(s => s["service"].Text).OfType<string>());
        }

        return new(person["id"].Text!, serves, [.. person["attributes"].Items.Select(a => a.Text).OfType<string>()]);
    }

    /// <summary>The operator's own work profile, or those of all counters: they may sign in at any.</summary>
    private static IEnumerable<string> Profiles(BranchUnderCheck branch, string? own) =>
        own is not null ? [own] : branch.Root["counters"].Items.Select(c => c["workProfile"].Text).OfType<string>();

    private static IEnumerable<string> Services(BranchUnderCheck branch, string profile) => branch.Root["workProfiles"].Items
        .Where(p => p["id"].Text == profile).SelectMany(p => p["services"].Items).Select(s => s.Text).OfType<string>();
}
