using System.Globalization;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Tool.Simulation.Scenarios;

/// <summary>What a branch does besides calling by a rule, changed for all of it.</summary>
internal static partial class ScenarioText
{
    private static Scenario? AutoCall(Scenario before, string text, out string fault) => SecondsOrOff(text, 1, 600, out var ms)
        ? Life(before, out fault, v => v with { AutoCall = ms is { } pause ? before.Rules.Counters.Keys.ToDictionary(c => c, _ => pause) : null })
        : Nothing($"autocall={text}: off, or seconds from 1 to 600 after which each counter calls by itself", out fault);

    private static Scenario? Spacing(Scenario before, string text, out string fault) => SecondsOrOff(text, 0, 60, out var ms)
        ? Life(before, out fault, v => v with
        {
            CallSpacing = ms is { } spacing ? before.Rules.Counters.Values.Select(c => c.Zone).Distinct().ToDictionary(z => z, _ => spacing) : null,
        })
        : Nothing($"spacing={text}: off, or seconds from 0 to 60 between two calls of a zone", out fault);

    private static Scenario? PersonWait(Scenario before, string text, out string fault)
    {
        if (!SecondsOrOff(text, 1, 86_400, out var ms))
        {
            return Nothing($"personwait={text}: off (for ever), or seconds from 1 to 86400 that somebody waits for the operator they asked for", out fault);
        }

        fault = "";
        return before with { Rules = before.Rules with { Calling = (before.Rules.Calling ?? CallingSettings.None) with { PersonWaitMs = ms } } };
    }

    private static Scenario? Hours(Scenario before, string text, out string fault)
    {
        var hours = new Dictionary<string, (int From, int To)>();
        foreach (var word in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var (colon, dash) = (word.LastIndexOf(':', Math.Max(0, word.LastIndexOf('-'))), word.LastIndexOf('-'));
            var named = colon > 2 && word[colon - 3] == ':';
            var service = named ? word[..(colon - 3)] : null;
            if (dash < 0 || TimeOfDay.MinuteOf(named ? word[(colon - 2)..dash] : word[..dash]) is not { } from || TimeOfDay.MinuteOf(word[(dash + 1)..]) is not { } to
                || from >= to || (service is not null && !before.Rules.Services.ContainsKey(service)))
            {
                return Nothing($"hours={word}: say SERVICE:HH:MM-HH:MM of this branch, or HH:MM-HH:MM for all its services; the first before the second", out fault);
            }

            foreach (var one in service is null ? before.Rules.Services.Keys : (IEnumerable<string>)[service])
            {
                if (!hours.TryAdd(one, (from, to)))
                {
                    return Nothing($"hours={text}: '{one}' is said twice", out fault);
                }
            }
        }

        fault = "";
        return before with { Rules = OpeningTimes.Changed(before.Rules, hours) };
    }

    /// <summary>An automatic buffer of a work profile, in the zone of its first counter; in place of those that there are.</summary>
    private static Scenario? Buffers(Scenario before, string text, out string fault)
    {
        if (text == "off")
        {
            return Life(before, out fault, v => v with { Buffers = null });
        }

        if (Twice(text) is { } twice)
        {
            return Nothing($"buffer={text}: '{twice}' is said twice", out fault);
        }

        var buffers = new Dictionary<string, BufferRules>();
        foreach (var word in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var words = word.Split(':');
            var zone = before.Staff.Where(s => (s.WorkProfile ?? before.Rules.Counters[s.Counter].WorkProfile) == words[0])
                .Select(s => before.Rules.Counters[s.Counter].Zone).FirstOrDefault();
            if (words.Length != 2 || zone is null || !int.TryParse(words[1], NumberStyles.None, CultureInfo.InvariantCulture, out var size) || size is < 1 or > 100)
            {
                return Nothing($"buffer={word}: off, or WORKPROFILE:SIZE with a work profile that some counter has and a size from 1 to 100", out fault);
            }

            buffers["ahead-" + words[0]] = new(words[0], zone, size, Automatic: true);
        }

        return Life(before, out fault, v => v with { Buffers = buffers });
    }

    /// <summary>What the operator at a counter can do, of what the work profile has.</summary>
    private static Scenario? Skills(Scenario before, string text, out string fault)
    {
        if (Twice(text) is { } twice)
        {
            return Nothing($"skills={text}: '{twice}' is said twice", out fault);
        }

        var people = (before.Rules.Calling?.People ?? new Dictionary<string, OperatorSettings>()).ToDictionary();
        foreach (var pair in text.Split(',', StringSplitOptions.TrimEntries))
        {
            var words = pair.Split(':');
            if (words.Length != 2 || before.Staff.FirstOrDefault(s => s.Counter == words[0]) is not { } desk
                || words[1].Split('+').Any(s => !before.Rules.Services.ContainsKey(s)))
            {
                return Nothing($"skills={pair}: say COUNTER:SERVICE+SERVICE of this branch", out fault);
            }

            people[desk.Operator] = (people.GetValueOrDefault(desk.Operator) ?? OperatorSettings.None) with
            {
                Skills = words[1].Split('+').ToDictionary(s => s, _ => Skill.Primary),
            };
        }

        fault = "";
        return before with { Rules = before.Rules with { Calling = (before.Rules.Calling ?? CallingSettings.None) with { People = people } } };
    }

    /// <summary>How bookings of all services become visits.</summary>
    private static Scenario? Appointments(Scenario before, string key, string text, out string fault)
    {
        if (key == "toolate" && text is "walkin" or "refused")
        {
            return Changed(a => a with { LateIsWalkIn = text == "walkin" }, out fault);
        }

        if (key == "toolate" || !int.TryParse(text == "off" ? "0" : text, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes) || minutes > 1440)
        {
            return Nothing(key == "toolate" ? $"toolate={text}: walkin or refused" : $"{key}={text}: minutes from 0 to 1440, or off", out fault);
        }

        var ms = minutes * 60_000L;
        return Changed(
            a => key switch { "guard" => a with { GuardMs = ms }, "early" => a with { EarlyMs = ms }, _ => a with { LateMs = ms } }, out fault);

        Scenario? Changed(Func<AppointmentRules, AppointmentRules> change, out string fault) => Life(before, out fault, v => v with
        {
            Services = before.Rules.Services.Keys.ToDictionary(
                s => s, s => (v.Services.GetValueOrDefault(s) ?? ServiceVisitRules.None) is var own
                    ? own with { Appointments = change(own.Appointments ?? AppointmentRules.Default) } : own),
        });
    }

    private static Scenario Life(Scenario before, out string fault, Func<VisitRules, VisitRules> change)
    {
        fault = "";
        return before with { Rules = before.Rules with { Visits = change(before.Rules.Visits ?? VisitRules.None) } };
    }

    // The bounds are those of the configuration's schema: what cannot be configured is no answer to a question about this branch.
    private static bool SecondsOrOff(string text, int least, int most, out long? ms)
    {
        var said = double.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds) && seconds >= least && seconds <= most;
        ms = said ? (long)(seconds * 1000) : null;
        return said || text == "off";
    }
}
