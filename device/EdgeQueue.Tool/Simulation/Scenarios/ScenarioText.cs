using System.Globalization;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Forecast;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Tool.Simulation.Scenarios;

/// <summary>
/// A change to a branch in words: <c>rule=strict; counters=-5,+3@11:00-13:00; profile=3:desk-1; busier=1.1</c>.
/// </summary>
internal static partial class ScenarioText
{
    public const string Grammar = "KEY=VALUE, several divided by ';'; 'edgequeue simulate --help' lists the keys";

    /// <summary>For the help: each key with what it does.</summary>
    public const string Keys = """
          rule=NAME                        the calling rule of every work profile; 'ratio' only where each has one in the file
          rule=WORKPROFILE:NAME            of this work profile; several divided by commas
          counters=N                       so many counters; or, divided by commas, changes of them:
          counters=-ID, +ID                without this one; one more like it, or this one where nobody works there
          counters=-ID@11:00-13:00         only then; the same with +
          profile=COUNTER:WORKPROFILE      the counter calls from other queues
          services=WORKPROFILE:A+B         the work profile has these services
          skills=COUNTER:A+B               the operator there can do these only
          autocall=SECONDS or off          counters call the next by themselves so long after a service, if no operator pressed before
          spacing=SECONDS or off           least time between two calls of a zone; who is called later comes later
          buffer=WORKPROFILE:SIZE or off   so many are called ahead near the counters, and come from there when one is free
          personwait=SECONDS or off        so long somebody waits for the operator they asked for
          early=MINUTES, late=MINUTES      check-in opens so long before the slot; an appointment stays one so long after it
          toolate=walkin or refused        what becomes of who comes later than that
          guard=MINUTES or off             counters are kept free for bookings due within so long
          hours=SERVICE:09:00-15:00        tickets for the service then only; without SERVICE: for all of them
          busier=FACTOR                    so many times as many walk-ins
        """;

    /// <summary>The scenario with the change; null and a sentence when it cannot be.</summary>
    /// <param name="openMs">How long the days are open; null: not known.</param>
    public static Scenario? Change(Scenario before, string text, LoadedBranch branch, int opensMinute, out string fault, long? openMs = null)
    {
        var changed = before with { Name = text.Trim() };
        var parts = text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries);
        if (parts.Length == 0)
        {
            return Nothing($"it says nothing; a change is {Grammar}", out fault);
        }

        var said = new HashSet<string>();
        foreach (var part in parts)
        {
            var at = part.IndexOf('=', StringComparison.Ordinal);
            var (key, value) = at < 0 ? (part, "") : (part[..at].Trim(), part[(at + 1)..].Trim());

            // Of each work profile its services can be said.
            var subject = key == "services" ? $"services={value.Split(':')[0]}" : key;
            if (!said.Add(subject))
            {
                return Nothing($"'{subject}' is said twice, and one of them would count for nothing; say it once{(key is "counters" or "profile" or "skills" or "buffer" or "hours" ? ", what belongs to it divided by commas" : "")}", out fault);
            }

            var next = key switch
            {
                "rule" => Rule(changed, value, branch, out fault),
                "counters" => Counters(changed, value, branch, new(opensMinute, openMs), out fault),
                "profile" => Profiles(changed, value, out fault),
                "services" => Services(changed, value, out fault),
                "busier" => Busier(changed, value, out fault),
                "skills" => Skills(changed, value, out fault),
                "autocall" => AutoCall(changed, value, out fault),
                "spacing" => Spacing(changed, value, out fault),
                "buffer" => Buffers(changed, value, out fault),
                "personwait" => PersonWait(changed, value, out fault),
                "hours" => Hours(changed, value, out fault),
                "guard" or "early" or "late" or "toolate" => Appointments(changed, key, value, out fault),
                _ => Nothing($"'{part}' is not understood; a change is {Grammar}", out fault),
            };
            if (next is null)
            {
                return null;
            }

            changed = next;
        }

        fault = "";
        return changed;
    }

    /// <summary>What stands twice before a colon, in a list divided by commas; null: nothing.</summary>
    private static string? Twice(string list) => list.Split(',', StringSplitOptions.TrimEntries).Select(pair => pair.Split(':')[0])
        .GroupBy(name => name).FirstOrDefault(g => g.Count() > 1)?.Key;

    private static Scenario? Nothing(string sentence, out string fault)
    {
        fault = sentence;
        return null;
    }

    private static Scenario? Rule(Scenario before, string name, LoadedBranch branch, out string fault)
    {
        if (name.Contains(':', StringComparison.Ordinal))
        {
            return RulesOfProfiles(before, name, branch, out fault);
        }

        if (!RuleNames.All.TryGetValue(name, out var rule))
        {
            return Nothing($"there is no rule '{name}'; the rules are {RuleNames.Listed}", out fault);
        }

        // As the loader refuses it: which ratio it is, only the branch can say.
        if (rule == CallingRuleKind.Ratio && branch.Configuration.WorkProfiles.Where(p => p.Ratio is null).Select(p => $"'{p.Id}'").ToList() is { Count: > 0 } without)
        {
            return Nothing(
                $"rule=ratio: {(without.Count == 1 ? "the work profile" : "the work profiles")} {string.Join(", ", without)} {(without.Count == 1 ? "has" : "have")} no 'ratio' in the branch's file. "
                + "Add to each from which priority on, and how many of each side, such as \"ratio\": {\"priority\": 60, \"first\": 2, \"others\": 1}", out fault);
        }

        fault = "";
        return before with { Rules = RuleNames.With(before.Rules, rule) };
    }

    private static Scenario? RulesOfProfiles(Scenario before, string text, LoadedBranch branch, out string fault)
    {
        if (Twice(text) is { } twice)
        {
            return Nothing($"rule={text}: '{twice}' is said twice", out fault);
        }

        var profiles = before.Rules.WorkProfiles.ToDictionary();
        foreach (var pair in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var words = pair.Split(':');
            if (words.Length != 2 || !profiles.TryGetValue(words[0], out var profile) || !RuleNames.All.TryGetValue(words[1], out var rule))
            {
                return Nothing(
                    $"rule={pair}: say WORKPROFILE:NAME of this branch; work profiles are {string.Join(", ", profiles.Keys)}, the rules are {RuleNames.Listed}", out fault);
            }

            if (rule == CallingRuleKind.Ratio && branch.WorkProfile(words[0])?.Ratio is null)
            {
                return Nothing($"rule={pair}: the work profile '{words[0]}' has no 'ratio' in the branch's file, such as {{\"priority\": 60, \"first\": 2, \"others\": 1}}", out fault);
            }

            profiles[words[0]] = profile with { Rule = rule };
        }

        fault = "";
        return before with { Rules = before.Rules with { WorkProfiles = profiles } };
    }

    private static Scenario? Busier(Scenario before, string factor, out string fault)
    {
        fault = "";
        return double.TryParse(factor, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var busier) && busier is > 0 and <= 100
            ? before with { Busier = busier }
            : Nothing($"busier={factor}: a factor above 0 and at most 100, for example 1.1", out fault);
    }

    private static Scenario? Profiles(Scenario before, string text, out string fault)
    {
        var staff = before.Staff.ToList();
        if (Twice(text) is { } twice)
        {
            return Nothing($"profile={text}: '{twice}' is said twice", out fault);
        }

        foreach (var pair in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var words = pair.Split(':');
            var index = staff.FindIndex(s => s.Counter == words[0]);
            if (words.Length != 2 || index < 0 || !before.Rules.WorkProfiles.ContainsKey(words[1]))
            {
                return Nothing($"profile={pair}: say COUNTER:WORKPROFILE of this branch; work profiles are {string.Join(", ", before.Rules.WorkProfiles.Keys)}", out fault);
            }

            staff[index] = staff[index] with { WorkProfile = words[1] };
        }

        fault = "";
        return before with { Staff = staff };
    }

    private static Scenario? Services(Scenario before, string text, out string fault)
    {
        var words = text.Split(':');
        if (words.Length != 2 || !before.Rules.WorkProfiles.TryGetValue(words[0], out var profile)
            || words[1].Split('+').FirstOrDefault(s => !before.Rules.Services.ContainsKey(s)) is not null)
        {
            return Nothing($"services={text}: say WORKPROFILE:SERVICE+SERVICE of this branch", out fault);
        }

        fault = "";
        return before with
        {
            Rules = before.Rules with
            {
                WorkProfiles = before.Rules.WorkProfiles.ToDictionary(
                    p => p.Key, p => p.Key == words[0] ? profile with { Services = words[1].Split('+') } : p.Value),
            },
        };
    }
}
