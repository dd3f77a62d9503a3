using System.Globalization;
using System.Text.Json;

namespace EdgeQueue.Core.Contracts.Configuration.Checks;

/// <summary>That people can get in: by a booking where only bookings count, in a group that the hall can hold, on days that are said once.</summary>
internal static class AdmissionChecks
{
    public static void Run(BranchUnderCheck branch)
    {
        BookingsOnly(branch);
        Groups(branch);
        Days(branch);
    }

    /// <summary>Where only who has booked gets in, somebody must be able to check in.</summary>
    private static void BookingsOnly(BranchUnderCheck branch)
    {
        var only = branch.Root["services"].Items.Select(s => s["limits"]["bookingsOnly"]).Where(o => o.Json.ValueKind == JsonValueKind.True)
            .Concat(branch.Root["hall"]["mode"] is { Text: "bookings" } mode ? [mode] : []).ToArray();
        foreach (var place in only)
        {
            if (!branch.Root["checkIn"].Exists)
            {
                branch.Fault(place.Path, "Only who has booked gets a ticket, and the branch takes no bookings: nobody could get in. Give it a $.checkIn, or let others in.");
            }
            else if (!CanCheckIn(branch))
            {
                branch.Fault(place.Path, "Only who has booked gets a ticket, and nobody can check in: $.checkIn.by has no 'token', which is what a phone sends, and no dispenser has a 'checkIn' to type or scan a number. Add one of them.");
            }
        }
    }

    // A token comes from a phone, too: by the link of the booking, without any desk.
    private static bool CanCheckIn(BranchUnderCheck branch)
    {
        var by = branch.Root["checkIn"]["by"];
        return !by.Exists || by.Items.Any(b => b.Text == "token")
            || branch.Units.Select(u => u.Unit["dispenser"]["checkIn"]).Any(desk => desk["keypad"].Exists || (desk["scanner"].Exists && by.Items.Any(b => b.Text == "number")));
    }

    private static void Groups(BranchUnderCheck branch)
    {
        if (branch.Root["hall"]["maxPeople"].Number is not { } most)
        {
            return;
        }

        foreach (var people in branch.Units.SelectMany(u => u.Unit["dispenser"]["buttons"].Items).Select(b => b["people"]))
        {
            if (people.Number is { } group && group > most)
            {
                branch.Fault(people.Path, string.Create(CultureInfo.InvariantCulture, $"A group of {group} would never be let in: $.hall.maxPeople is {most}. Raise that, or say fewer."));
            }
        }
    }

    /// <summary>The first exception of a date that is about a service counts: what stands behind it for the same service is never looked at.</summary>
    private static void Days(BranchUnderCheck branch)
    {
        var days = branch.Root["hall"]["exceptions"].Items.Where(d => d["date"].Text is not null)
            .Select(d => (Where: d, Date: d["date"].Text!, Services: d["services"].Items.Select(s => s.Text).OfType<string>().ToHashSet())).ToArray();
        for (var later = 1; later < days.Length; later++)
        {
            var day = days[later];
            if (days[..later].FirstOrDefault(d => d.Date == day.Date && (d.Services.Count == 0 || d.Services.Overlaps(day.Services)
                || (day.Services.Count == 0 && d.Services.IsSupersetOf(branch.Ids("services"))))) is not { Date: not null } first)
            {
                continue;
            }

            branch.Fault(day.Where["date"].Path, first.Services.Count == 0 && day.Services.Count > 0
                ? $"{first.Where.Path} says already what all services do on {day.Date}, so this is never looked at. Put it before that one."
                : $"{first.Where.Path} is about {day.Date} and {(first.Services.Count == 0 ? "all services" : "the same services")} already, so this is never looked at. Make them one.");
        }
    }
}
