using System.Text.Json;

namespace EdgeQueue.Core.Contracts.Configuration.Checks;

/// <summary>Time zone, opening hours, nights.</summary>
internal static class TimeChecks
{
    public static void Run(BranchUnderCheck branch, Predicate<string> knowsTimeZone)
    {
        var zone = branch.Root["timeZone"];
        if (zone.Text is { Length: > 0 } name && !knowsTimeZone(name))
        {
            branch.Fault(zone.Path, $"This machine knows no time zone '{name}'. Use an IANA name such as Europe/Oslo; if it is one, install the package tzdata.");
        }

        foreach (var service in branch.Root["services"].Items)
        {
            Overlaps(branch, service["hours"]);
        }

        foreach (var hours in branch.Root["services"].Items.SelectMany(s => s["hours"].Items))
        {
            branch.Unique(hours["days"].Items.Select(d => (d, d.Text)), (day, first) => $"'{day}' is already at {first}. Keep one.");
            if (TimeOfDay.MinuteOf(hours["from"].Text) is { } from && TimeOfDay.MinuteOf(hours["to"].Text) is { } to && from >= to)
            {
                branch.Fault(hours["to"].Path, $"It closes at {hours["to"].Text}, not later than it opens ({hours["from"].Text}). Hours that pass midnight are two entries: to 24:00, and from 00:00 on the next day.");
            }
        }

        DayEnds(branch);
        Nights(branch);
    }

    /// <summary>Whoever waits is cleared when the day ends: not while people still come.</summary>
    private static void DayEnds(BranchUnderCheck branch)
    {
        var day = branch.Root["businessDay"];
        if (day["clearAtClose"].Json.ValueKind == JsonValueKind.False || TimeOfDay.MinuteOf(day["ends"].Text) is not { } ends)
        {
            return;
        }

        foreach (var service in branch.Root["services"].Items)
        {
            var open = service["hours"].Items.Select(h => (h.Path, From: TimeOfDay.MinuteOf(h["from"].Text), To: TimeOfDay.MinuteOf(h["to"].Text))).ToArray();
            // Open round the clock: some minute has to be the last.
            if (!open.Any(h => h is { From: 0, To: 24 * 60 }) && open.FirstOrDefault(h => h.From < ends && ends < h.To) is { Path: { } path })
            {
                branch.Fault(day["ends"].Path, $"The business day ends in the middle of the hours at {path}, and whoever waits then is sent away. Choose a time at which nobody is served, or \"clearAtClose\": false.");
                return;
            }
        }
    }

    /// <summary>Two entries that share a day and a time: one of them was meant otherwise.</summary>
    private static void Overlaps(BranchUnderCheck branch, ConfigurationElement list)
    {
        var entries = list.Items.Select(h => (h.Path, Days: h["days"].Items.Select(d => d.Text).OfType<string>().ToList(),
            From: TimeOfDay.MinuteOf(h["from"].Text), To: TimeOfDay.MinuteOf(h["to"].Text))).Where(h => h.From < h.To).ToList();
        for (var later = 1; later < entries.Count; later++)
        {
            for (var first = 0; first < later; first++)
            {
                var (one, other) = (entries[first], entries[later]);
                if (one.From < other.To && other.From < one.To && one.Days.Intersect(other.Days).FirstOrDefault() is { } day)
                {
                    branch.Fault(other.Path, $"These hours and those at {one.Path} overlap on '{day}'. Make them one, or move them apart.");
                }
            }
        }
    }

    private static void Nights(BranchUnderCheck branch)
    {
        foreach (var night in branch.Units.SelectMany(u => new[] { u.Unit["display"]["night"], u.Unit["audio"]["night"], u.Unit["dispenser"]["speech"]["night"] }))
        {
            if (night.Items.Select(t => TimeOfDay.MinuteOf(t.Text) % 1440).ToArray() is [{ } from, { } to] && from == to)
            {
                branch.Fault(night.Path, "The night begins and ends at the same time. Leave it out for no night.");
            }
        }
    }
}
