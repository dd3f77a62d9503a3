namespace EdgeQueue.Core.Queue;

/// <summary>When tickets are given: the day's exception if there is one, else the hours of the day of the week.</summary>
internal static class ServiceHours
{
    private const int MinutesOfDay = 1440;

    // Open for a week without a gap: it never closes.
    private const int DaysLookedAt = 8;

    public static bool Open(BranchRules rules, string name, ServiceRules service, BranchClock clock, Moment at)
    {
        if (!clock.Trusted)
        {
            return true;
        }

        var minute = clock.MinuteOfDay(at);
        return EndOf(rules, name, service, DayOf(clock, at), minute) is not null;
    }

    /// <summary>Milliseconds until tickets are not given any more; null: it never closes, is closed, or the clock is not trusted.</summary>
    public static long? ClosesInMs(BranchRules rules, string name, ServiceRules service, BranchClock clock, Moment at)
    {
        if (!clock.Trusted)
        {
            return null;
        }

        var (first, minute) = (DayOf(clock, at), clock.MinuteOfDay(at));
        for (var day = 0; day < DaysLookedAt; day++)
        {
            if (EndOf(rules, name, service, first + day, day == 0 ? minute : 0) is not { } end)
            {
                // The day before ended at midnight and this one does not go on.
                return day == 0 ? null : Until(day * MinutesOfDay);
            }

            if (end < MinutesOfDay)
            {
                return Until((day * MinutesOfDay) + end);
            }
        }

        return null;

        long Until(int minutes) => (minutes * 60_000L) - IntoDay(clock, at);
    }

    /// <summary>Minute at which the span ends that a minute lies in, spans that touch taken as one; null: closed.</summary>
    private static int? EndOf(BranchRules rules, string name, ServiceRules service, int day, int minute)
    {
        int? end = null;
        for (var again = true; again;)
        {
            again = false;
            foreach (var (from, to) in SpansOf(rules, name, service, day))
            {
                if ((end ?? minute) >= from && (end ?? minute) < to)
                {
                    (end, again) = (to, true);
                }
            }
        }

        return end;
    }

    private static IEnumerable<(int From, int To)> SpansOf(BranchRules rules, string name, ServiceRules service, int day)
    {
        if (rules.Visits?.Hall?.Exceptions.FirstOrDefault(e => e.Day == day && (e.Services.Count == 0 || e.Services.Contains(name))) is { } exception)
        {
            return exception.Hours.Select(h => (h.FromMinute, h.ToMinute));
        }

        // 1970-01-01 was a Thursday.
        var weekday = (DayOfWeek)((((day + 4) % 7) + 7) % 7);
        return service.Hours.Count == 0
            ? [(0, MinutesOfDay)]
            : service.Hours.Where(h => h.Days.Contains(weekday)).Select(h => (h.FromMinute, h.ToMinute));
    }

    private static int DayOf(BranchClock clock, Moment at) => (int)((clock.Local(at) - IntoDay(clock, at)) / 86_400_000);

    private static long IntoDay(BranchClock clock, Moment at) => ((clock.Local(at) % 86_400_000) + 86_400_000) % 86_400_000;
}
