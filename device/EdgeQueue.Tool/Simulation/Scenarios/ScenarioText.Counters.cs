using System.Globalization;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Forecast;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Tool.Simulation.Scenarios;

/// <summary>More counters, or fewer, all day or for some hours of it.</summary>
internal static partial class ScenarioText
{
    /// <param name="OpensMinute">Local minute of the day.</param>
    /// <param name="OpenMs">Null: when it closes is not known.</param>
    private readonly record struct OpeningHours(int OpensMinute, long? OpenMs);

    private static Scenario? Counters(Scenario before, string text, LoadedBranch branch, OpeningHours hours, out string fault)
    {
        var (staff, rules) = (before.Staff.ToList(), before.Rules);
        foreach (var word in text.Split(',', StringSplitOptions.TrimEntries))
        {
            if (int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                if (number is < 1 or > 1000)
                {
                    return Nothing($"counters={word}: 1 to 1000 counters can be open", out fault);
                }

                var all = staff.ToList();
                if (all.Count == 0)
                {
                    return Nothing($"counters={word}: nobody works at any counter, so there is none to be like", out fault);
                }

                staff = [.. all.Take(number)];
                for (var i = all.Count; i < number; i++)
                {
                    Add(all[i % all.Count], all[i % all.Count].Duties);
                }

                continue;
            }

            if (Change(word, staff, branch, hours, out var on, out fault) is not { } index)
            {
                return null;
            }

            var always = !word.Contains('@', StringComparison.Ordinal);
            if (index < 0)
            {
                // Configured, but nobody works there.
                var id = IdOf(word);
                staff.Add(Staffing.EveryCounter(branch).First(p => p.Counter == id) with { Operator = Somebody(id), Duties = always ? [] : [on] });
                continue;
            }

            if (word[0] == '+')
            {
                Add(staff[index], always ? [] : [on]);
            }
            else if (Scenario.Without(staff[index].Duties, [on]) is { Count: > 0 } left)
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

    private static string IdOf(string word) => word.IndexOf('@', StringComparison.Ordinal) is >= 0 and var at ? word[1..at] : word[1..];

    /// <summary>Which of the staff is meant; -1: a counter of the branch where nobody works, to be opened. Null and a sentence: it cannot be.</summary>
    /// <param name="on">When: always, without hours.</param>
    private static int? Change(string word, List<DeskPlan> staff, LoadedBranch branch, OpeningHours hours, out Duty on, out string fault)
    {
        (on, fault) = (new(0, Duty.Never), "");
        if (word is not ['+' or '-', _, ..])
        {
            fault = $"counters={word}: say how many, or -ID, +ID, -ID@HH:MM-HH:MM, +ID@HH:MM-HH:MM; counters are {Ids()}";
            return null;
        }

        var id = IdOf(word);
        var index = staff.FindIndex(s => s.Counter == id);
        fault = index >= 0 ? ""
            : branch.Counter(id) is null ? $"counters={word}: there is no counter '{id}'; counters are {Ids()}"
            : word[0] == '-' ? $"counters={word}: nobody works at counter '{id}', so it cannot be taken away{(staff.Count == 0 ? "; no counter is left" : "")}"
            : "";
        if (fault.Length == 0 && word.IndexOf('@', StringComparison.Ordinal) is >= 0 and var at)
        {
            fault = Span(word[(at + 1)..], hours, out on) is { } wrong ? $"counters={word}: {wrong}" : "";
        }

        return fault.Length == 0 ? index : null;

        string Ids() => string.Join(", ", branch.Configuration.Counters.Select(c => c.Id));
    }

    /// <returns>Null, or what is wrong with it.</returns>
    private static string? Span(string text, OpeningHours hours, out Duty span)
    {
        span = default;
        var ends = text.Split('-');
        if (ends.Length != 2 || TimeOfDay.MinuteOf(ends[0]) is not { } from || TimeOfDay.MinuteOf(ends[1]) is not { } to)
        {
            return $"'{text}' is no time of the day HH:MM-HH:MM";
        }

        span = new((from - hours.OpensMinute) * 60_000L, (to - hours.OpensMinute) * 60_000L);
        return from >= to ? $"{ends[0]} is not before {ends[1]}"
            : span.To <= 0 ? $"the branch opens at {Wall(hours.OpensMinute)}, nobody is there before"
            : span.From >= hours.OpenMs ? $"the branch closes at {Wall(hours.OpensMinute + (int)(hours.OpenMs.Value / 60_000))}, nobody comes after that"
            : null;
    }

    private static string Wall(int minute) => string.Create(CultureInfo.InvariantCulture, $"{minute / 60:00}:{minute % 60:00}");
}
