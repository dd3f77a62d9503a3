using System.Globalization;
using EdgeQueue.Core.Contracts;

namespace EdgeQueue.Cloud.Bookings.Offers;

/// <summary>All that is wrong with what branches offer, each with its place and a sentence.</summary>
internal static class OfferChecks
{
    public static readonly IReadOnlyList<string> Weekdays = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

    public static IReadOnlyList<string> FaultsOf(OfferDocument document)
    {
        var faults = new List<string>();
        foreach ((int index, BranchOffer branch) in document.Branches.Index())
        {
            Check(branch, $"branches[{index}]", faults);
        }

        foreach (string twice in document.Branches.GroupBy(b => b.Branch).Where(g => g.Count() > 1).Select(g => g.Key))
        {
            faults.Add($"branches: '{twice}' is there more than once.");
        }

        return faults;
    }

    private static void Check(BranchOffer branch, string at, List<string> faults)
    {
        Require(Topics.IsName(branch.Branch), $"{at}.branch", "needs the branch's name as in MQTT.", faults);
        Require(branch.Revision >= 1, $"{at}.revision", "needs a number from 1 on that rises with each change.", faults);
        Require(branch.Languages.Count > 0, $"{at}.languages", "needs at least one language.", faults);
        Require(branch.Name.Count > 0, $"{at}.name", "needs a name in at least one language.", faults);
        Require(branch.CountryCode.All(char.IsAsciiDigit) && branch.TrunkPrefix.All(char.IsAsciiDigit), $"{at}.countryCode", "has digits only, as 47.", faults);
        Require(TimeZoneInfo.TryFindSystemTimeZoneById(branch.TimeZone, out _), $"{at}.timeZone", $"'{branch.TimeZone}' is no time zone as Europe/Oslo.", faults);
        CheckTimes(branch.Hours, branch.Breaks, branch.Exceptions, at, faults);
        if (branch.CheckIn is { } link)
        {
            Require(link.Anywhere || link.Place is not null, $"{at}.checkIn", "needs latitude and longitude in degrees, as 59.9133, or \"anywhere\": true.", faults);
            Within(link.RadiusMetres, 20, 5_000, $"{at}.checkIn.radiusMetres", faults);
            Within(link.EarlyMinutes, 0, 1_440, $"{at}.checkIn.earlyMinutes", faults);
            Within(link.LateMinutes, 0, 1_440, $"{at}.checkIn.lateMinutes", faults);
        }

        foreach ((int index, ServiceOffer service) in branch.Services.Index())
        {
            Check(service, branch, $"{at}.services[{index}]", faults);
        }

        foreach ((int index, OfficerOffer officer) in branch.Officers.Index())
        {
            Check(officer, branch, $"{at}.officers[{index}]", faults);
        }

        foreach (string twice in branch.Officers.GroupBy(o => o.Officer).Where(g => g.Count() > 1).Select(g => g.Key))
        {
            faults.Add($"{at}.officers: '{twice}' is there more than once.");
        }

        foreach (string twice in branch.Services.GroupBy(s => s.Service).Where(g => g.Count() > 1).Select(g => g.Key))
        {
            faults.Add($"{at}.services: '{twice}' is there more than once.");
        }
    }

    private static void Check(OfficerOffer officer, BranchOffer branch, string at, List<string> faults)
    {
        Require(Topics.IsName(officer.Officer), $"{at}.officer", "needs the operator's id in the branch's configuration.", faults);
        Require(officer.Name.Count > 0, $"{at}.name", "needs a name in at least one language.", faults);
        Require(officer.Services.Count > 0, $"{at}.services", "needs at least one service.", faults);
        foreach (string unknown in officer.Services.Where(s => branch.Services.All(b => b.Service != s)))
        {
            faults.Add($"{at}.services: '{unknown}' is no service of this branch.");
        }

        Within(officer.Capacity, 1, 20, $"{at}.capacity", faults);
        CheckTimes(officer.Hours ?? new Dictionary<string, IReadOnlyList<string>>(), officer.Breaks, officer.Exceptions, at, faults);
    }

    private static void Check(ServiceOffer service, BranchOffer branch, string at, List<string> faults)
    {
        Require(Topics.IsName(service.Service), $"{at}.service", "needs the service's id in the branch's configuration.", faults);
        Require(service.Name.Count > 0, $"{at}.name", "needs a name in at least one language.", faults);
        Within(service.Minutes, 1, 480, $"{at}.minutes", faults);
        Within(service.BufferMinutes, 0, 480, $"{at}.bufferMinutes", faults);
        Within(service.Capacity, 1, 100, $"{at}.capacity", faults);
        Within(service.NoticeMinutes, 0, 43_200, $"{at}.noticeMinutes", faults);
        Within(service.HorizonDays, 1, 366, $"{at}.horizonDays", faults);
        Within(service.FreedAfterMinutes, 0, 1_440, $"{at}.freedAfterMinutes", faults);
        Within(service.HoldMinutes, 1, 30, $"{at}.holdMinutes", faults);
        Within(service.OverbookPercent, 0, 100, $"{at}.overbookPercent", faults);
        Require(service.Hours is not null || branch.Hours.Count > 0, $"{at}.hours", "neither the service nor the branch has hours.", faults);
        CheckTimes(service.Hours ?? new Dictionary<string, IReadOnlyList<string>>(), service.Breaks ?? [], service.Exceptions, at, faults);
    }

    private static void CheckTimes(
        IReadOnlyDictionary<string, IReadOnlyList<string>> hours, IReadOnlyList<string> breaks, IReadOnlyList<DayOffer> exceptions, string at, List<string> faults)
    {
        foreach ((string day, IReadOnlyList<string> ranges) in hours)
        {
            Require(Weekdays.Contains(day), $"{at}.hours.{day}", $"is no weekday: {string.Join(", ", Weekdays)}.", faults);
            CheckRanges(ranges, $"{at}.hours.{day}", faults);
        }

        CheckRanges(breaks, $"{at}.breaks", faults);
        foreach ((int index, DayOffer day) in exceptions.Index())
        {
            Require(
                DateOnly.TryParseExact(day.Date, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _),
                $"{at}.exceptions[{index}].date", $"'{day.Date}' is no date as 2026-12-24.", faults);
            CheckRanges(day.Hours ?? [], $"{at}.exceptions[{index}].hours", faults);
        }
    }

    private static void CheckRanges(IReadOnlyList<string> ranges, string at, List<string> faults)
    {
        int last = 0;
        foreach (string range in ranges)
        {
            if (TimeRange.Of(range) is not { } read)
            {
                faults.Add($"{at}: '{range}' is no time as 09:00-12:30.");
            }
            else
            {
                Require(read.From >= last, at, $"'{range}' begins before the one before it ends.", faults);
                last = read.To;
            }
        }
    }

    private static void Within(int value, int least, int most, string at, List<string> faults) =>
        Require(value >= least && value <= most, at, $"{value} is not between {least} and {most}.", faults);

    private static void Require(bool so, string at, string sentence, List<string> faults)
    {
        if (!so)
        {
            faults.Add($"{at}: {sentence}");
        }
    }
}
