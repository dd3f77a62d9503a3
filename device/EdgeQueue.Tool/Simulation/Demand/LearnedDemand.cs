using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Forecast;

namespace EdgeQueue.Tool.Simulation.Demand;

/// <summary>Who comes, as a branch's own journal tells.</summary>
internal static class LearnedDemand
{
    private const int LeastDays = 3;
    private const int LeastServices = 20;
    private const long HalfHour = 1_800_000;

    public static (BranchDemand? Demand, IReadOnlyList<string> Faults) Of(BranchHistory history, LoadedBranch branch, string journal)
    {
        var arrivals = history.Arrivals;
        if (arrivals.Days < LeastDays)
        {
            return (null, [$"{journal}: it has {arrivals.Days} whole days with customers; at least {LeastDays} are needed to learn from."]);
        }

        // What was configured away since then does not come.
        var streams = arrivals.Streams
            .Where(s => branch.Service(s.Service) is not null && (s.Segment is null || branch.Segment(s.Segment) is not null)).ToList();
        var weekdays = Enum.GetValues<DayOfWeek>();
        var perSlot = streams.Select(s =>
        {
            var sum = new double[ArrivalHistory.Slots];
            foreach (var weekday in weekdays)
            {
                var expected = arrivals.Expected(s, weekday);
                for (var i = 0; i < sum.Length; i++)
                {
                    sum[i] += expected[i] / weekdays.Length;
                }
            }

            return sum;
        }).ToList();
        var total = Enumerable.Range(0, ArrivalHistory.Slots).Select(i => perSlot.Sum(p => p[i])).ToList();
        var (first, last) = (total.FindIndex(t => t > 0.01), total.FindLastIndex(t => t > 0.01));
        if (first < 0)
        {
            return (null, [$"{journal}: nobody came for a service of this branch."]);
        }

        var parts = last - first + 1;
        var walk = history.Walks.Law;
        return (new(
            first * 30,
            parts * HalfHour,
            [.. streams.Select((s, i) => new WalkInStream(
                s.Service, s.Segment, [.. perSlot[i].Skip(first).Take(parts)], Serving(history, branch, s.Service),
                chance => history.Patience(s.Segment)?.Sample(chance) ?? Customer.Endless, walk,
                history.Earliness(s)?.Law is { Mean: > 1000 } early ? early : null,
                Steady: arrivals.Unevenness(s.Segment) < 0.0025))],
            [],
            Math.Sqrt(Math.Clamp(arrivals.Unevenness(null), 0, 0.25)),
            (long)(history.Absences.Law?.Mean ?? 45_000),
            (long)(history.Gaps.Law?.Mean ?? 0),
            new Dictionary<string, IReadOnlyList<Duty>>(),
            $"as {Path.GetFileName(journal)} tells of {arrivals.Days} days"), []);
    }

    // A service that hardly anybody came for has no times of its own.
    private static DurationLaw Serving(BranchHistory history, LoadedBranch branch, string service) =>
        history.Services(service) is { Count: >= LeastServices, Law: { } law }
            ? law
            : new LognormalDuration(branch.Service(service)!.MeanServiceSeconds * 1000.0, 1);
}
