namespace EdgeQueue.Core.Contracts.Configuration.Checks;

/// <summary>What a dispenser's buttons say and ask, and the priorities that a keypad gives: that each leads to something.</summary>
internal static class ButtonChecks
{
    public static void Run(BranchUnderCheck branch)
    {
        var looked = branch.Root["segmentRules"].Items.SelectMany(r => r["attributes"].Items).Select(a => a.Text).OfType<string>().ToHashSet();
        foreach (var (_, unit) in branch.Units)
        {
            foreach (var button in unit["dispenser"]["buttons"].Items)
            {
                Attributes(branch, button["attributes"], looked);
                Steps(branch, button);
                Questions(branch, unit["dispenser"], button);
            }

            Priorities(branch, unit["keypad"]["priorities"]);
        }
    }

    /// <summary>A mistyped attribute would be nobody's, silently.</summary>
    private static void Attributes(BranchUnderCheck branch, ConfigurationElement attributes, HashSet<string> looked)
    {
        Same(branch, attributes);
        foreach (var attribute in attributes.Items.Where(a => a.Text is { } name && !looked.Contains(name)))
        {
            branch.Fault(
                attribute.Path,
                $"No rule of $.segmentRules looks at '{attribute.Text}', so it would change nothing. Add a rule, or leave it out.{DidYouMean.Sentence(attribute.Text!, looked)}");
        }
    }

    private static void Steps(BranchUnderCheck branch, ConfigurationElement button)
    {
        foreach (var step in button["steps"].Items)
        {
            NameChecks.Refers(branch, step["service"], "services");
            NameChecks.Refers(branch, step["operator"], "operators");
        }

        if (button["bestOrder"].Json.ValueKind == System.Text.Json.JsonValueKind.True && !button["steps"].Items.Any())
        {
            branch.Fault(button["bestOrder"].Path, "There is nothing to put in order. Give the button 'steps', or leave this out.");
        }
    }

    private static void Questions(BranchUnderCheck branch, ConfigurationElement dispenser, ConfigurationElement button)
    {
        var ask = button["ask"];
        Same(branch, ask);
        var (pad, scanner) = (dispenser["checkIn"]["keypad"].Exists, dispenser["checkIn"]["scanner"].Exists);
        foreach (var question in ask.Items)
        {
            if (!pad && !(question.Text == "case" && scanner))
            {
                branch.Fault(question.Path, "Nobody can answer this: the dispenser has no number pad. Give it a 'checkIn' with a 'keypad', or leave the question out.");
            }

            if (question.Text == "person" && !branch.Root["checkIn"].Exists)
            {
                branch.Fault(question.Path, "A phone number is understood by the country code of $.checkIn, which is missing. Add it, or leave the question out.");
            }

            if (question.Text == "people" && button["people"].Number is { } people)
            {
                branch.Fault(question.Path, $"The button says already that they are {people}. Keep 'people', or ask for it.");
            }
        }
    }

    private static void Priorities(BranchUnderCheck branch, ConfigurationElement priorities)
    {
        var may = branch.Root["workProfiles"].Items.Concat(branch.Root["operators"].Items)
            .Any(p => p["setPriority"].Json.ValueKind == System.Text.Json.JsonValueKind.True);
        if (priorities.Items.Any() && !may)
        {
            branch.Fault(priorities.Path, "Nobody may change a priority: no work profile and no operator has \"setPriority\": true. Permit it, or leave these out.");
        }
    }

    private static void Same(BranchUnderCheck branch, ConfigurationElement list) => branch.Unique(
        list.Items.Select(item => (item, item.Text)), (value, first) => $"'{value}' is already at {first}. Keep one.");
}
