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

        foreach (var hours in branch.Root["services"].Items.SelectMany(s => s["hours"].Items))
        {
            branch.Unique(hours["days"].Items.Select(d => (d, d.Text)), (day, first) => $"'{day}' is already at {first}. Keep one.");
            if (TimeOfDay.MinuteOf(hours["from"].Text) is { } from && TimeOfDay.MinuteOf(hours["to"].Text) is { } to && from >= to)
            {
                branch.Fault(hours["to"].Path, $"It closes at {hours["to"].Text}, not later than it opens ({hours["from"].Text}). Hours that pass midnight are two entries: to 24:00, and from 00:00 on the next day.");
            }
        }

        foreach (var night in branch.Units.SelectMany(u => new[] { u.Unit["display"]["night"], u.Unit["audio"]["night"], u.Unit["dispenser"]["speech"]["night"] }))
        {
            if (night.Items.Select(t => TimeOfDay.MinuteOf(t.Text) % 1440).ToArray() is [{ } from, { } to] && from == to)
            {
                branch.Fault(night.Path, "The night begins and ends at the same time. Leave it out for no night.");
            }
        }
    }
}
