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
          rule=NAME                        the calling rule of every work profile
          counters=N                       so many counters; or, divided by commas, changes of them:
          counters=-ID, +ID                without this one; one more like it, or this one where nobody works there
          counters=-ID@11:00-13:00         only then; the same with +
          profile=COUNTER:WORKPROFILE      the counter calls from other queues
          services=WORKPROFILE:A+B         the work profile has these services
          skills=COUNTER:A+B               the operator there can do these only
          autocall=SECONDS or off          counters call the next by themselves so long after a service
          spacing=SECONDS or off           least time between two calls of a zone; who is called later comes later
          buffer=WORKPROFILE:SIZE or off   so many are called ahead near the counters, and come from there when one is free
          personwait=SECONDS or off        so long somebody waits for the operator they asked for
          early=MINUTES, late=MINUTES      check-in opens so long before the slot; an appointment stays one so long after it
          toolate=walkin or refused        what becomes of who comes later than that
          guard=MINUTES or off             counters are kept free for bookings due within so long
          busier=FACTOR                    so many times as many walk-ins
        """;

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
                "skills" => Skills(changed, value, out fault),
                "autocall" => AutoCall(changed, value, out fault),
                "spacing" => Spacing(changed, value, out fault),
                "buffer" => Buffers(changed, value, out fault),
                "personwait" => PersonWait(changed, value, out fault),
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
            : Nothing($"busier={factor}: a factor above 0 and at most 100, for example 1.1", out fault);
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
            if (word is ['+', ..] && index < 0 && branch.Counter(id) is not null && span is { } opened)
            {
                // Configured, but nobody works there.
                staff.Add(Staffing.EveryCounter(branch).First(p => p.Counter == id) with { Operator = Somebody(id), Duties = at < 0 ? [] : [opened] });
                continue;
            }

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
                Visits = rules.Visits?.AutoCall is { } calls && calls.TryGetValue(like.Counter, out var pause)
                    ? rules.Visits with { AutoCall = new Dictionary<string, long>(calls) { [copy] = pause } } : rules.Visits,
                Calling = rules.Calling?.People is { } people && people.TryGetValue(like.Operator, out var person)
                    ? rules.Calling with { People = new Dictionary<string, OperatorSettings>(people) { [Staffing.SomebodyAt(copy)] = person } } : rules.Calling,
            };
            staff.Add(like with { Counter = copy, Operator = Somebody(copy), Duties = duties });
        }

        string Somebody(string counter)
        {
            rules = rules with { Operators = rules.Operators.Append(Staffing.SomebodyAt(counter)).ToHashSet() };
            return Staffing.SomebodyAt(counter);
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
