using System.Globalization;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Forecast;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Tool.Simulation.Scenarios;

/// <summary>
/// A change to a branch in words: <c>rule=strict; counters=-5,+3@11:00-13:00; profile=3:desk-1; busier=1.1</c>.
/// </summary>
internal static class ScenarioText
{
    public const string Grammar =
        "rule=NAME; counters=N | -ID | +ID | -ID@HH:MM-HH:MM | +ID@HH:MM-HH:MM,…; profile=COUNTER:WORKPROFILE,…; services=WORKPROFILE:SERVICE+SERVICE; busier=FACTOR";

    /// <summary>The scenario with the change; null and a sentence when it cannot be.</summary>
    public static Scenario? Change(Scenario before, string text, LoadedBranch branch, int opensMinute, out string fault)
    {
        var changed = before with { Name = text.Trim() };
        foreach (var part in text.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var at = part.IndexOf('=', StringComparison.Ordinal);
            var (key, value) = at < 0 ? (part, "") : (part[..at].Trim(), part[(at + 1)..].Trim());
            var next = key switch
            {
                "rule" => Rule(changed, value, out fault),
                "counters" => Counters(changed, value, branch, opensMinute, out fault),
                "profile" => Profiles(changed, value, out fault),
                "services" => Services(changed, value, out fault),
                "busier" => Busier(changed, value, out fault),
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

    private static Scenario? Nothing(string sentence, out string fault)
    {
        fault = sentence;
        return null;
    }

    private static Scenario? Rule(Scenario before, string name, out string fault)
    {
        if (!RuleNames.All.TryGetValue(name, out var rule))
        {
            return Nothing($"there is no rule '{name}'; the rules are {RuleNames.Listed}", out fault);
        }

        fault = "";
        return before with { Rules = RuleNames.With(before.Rules, rule) };
    }

    private static Scenario? Busier(Scenario before, string factor, out string fault)
    {
        fault = "";
        return double.TryParse(factor, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var busier) && busier is > 0 and <= 100
            ? before with { Busier = busier }
            : Nothing($"busier={factor}: a factor from 0 to 100, for example 1.1", out fault);
    }

    private static Scenario? Profiles(Scenario before, string text, out string fault)
    {
        var staff = before.Staff.ToList();
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

    private static Scenario? Counters(Scenario before, string text, LoadedBranch branch, int opensMinute, out string fault)
    {
        var (staff, rules) = (before.Staff.ToList(), before.Rules);
        foreach (var word in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is >= 1 and <= 1000)
            {
                var all = staff.ToList();
                staff = [.. all.Take(number)];
                for (var i = all.Count; i < number; i++)
                {
                    Add(all[i % all.Count], all[i % all.Count].Duties);
                }

                continue;
            }

            var at = word.IndexOf('@', StringComparison.Ordinal);
            var id = word.Length < 2 ? "" : at < 0 ? word[1..] : word[1..at];
            var index = staff.FindIndex(s => s.Counter == id);
            Duty? span = at < 0 ? new(0, Duty.Never) : Span(word[(at + 1)..], opensMinute);
            if (word.Length < 2 || word[0] is not ('+' or '-') || index < 0 || span is not { } hours)
            {
                return Nothing($"counters={word}: say how many, or -ID, +ID, -ID@HH:MM-HH:MM, +ID@HH:MM-HH:MM; counters are {string.Join(", ", branch.Configuration.Counters.Select(c => c.Id))}", out fault);
            }

            if (word[0] == '+')
            {
                Add(staff[index], at < 0 ? [] : [hours]);
            }
            else if (Scenario.Without(staff[index].Duties, [hours]) is { Count: > 0 } left)
            {
                staff[index] = staff[index] with { Duties = left };
            }
            else
            {
                staff.RemoveAt(index);
            }
        }

        fault = "";
        return before with { Staff = staff, Rules = rules };

        void Add(DeskPlan like, IReadOnlyList<Duty> duties)
        {
            var copies = 2;
            while (rules.Counters.ContainsKey($"{like.Counter}-{copies}"))
            {
                copies++;
            }

            var copy = $"{like.Counter}-{copies}";
            rules = rules with
            {
                Counters = new Dictionary<string, CounterRules>(rules.Counters) { [copy] = rules.Counters[like.Counter] },
                Operators = rules.Operators.Append(Staffing.SomebodyAt(copy)).ToHashSet(),
            };
            staff.Add(like with { Counter = copy, Operator = Staffing.SomebodyAt(copy), Duties = duties });
        }
    }

    private static Duty? Span(string text, int opensMinute)
    {
        var ends = text.Split('-');
        return ends.Length == 2 && TimeOfDay.MinuteOf(ends[0]) is { } from && TimeOfDay.MinuteOf(ends[1]) is { } to && from < to
            ? new((from - opensMinute) * 60_000L, (to - opensMinute) * 60_000L)
            : null;
    }
}
