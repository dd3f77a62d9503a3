using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Forecast;
using EdgeQueue.Tool.Simulation.Scenarios;

namespace EdgeQueue.Tool.Simulation.Demand;

/// <summary>Who comes, as a branch's own journal tells.</summary>
internal static class LearnedDemand
{
    private const int LeastDays = 3;
    private const int LeastServices = 20;
    private const long HalfHour = 1_800_000;

    public static (BranchDemand? Demand, IReadOnlyList<string> Faults) Of(JournalHistory learned, LoadedBranch branch, string journal)
    {
        var history = learned.Branch;
        var arrivals = history.Arrivals;
        if (arrivals.Days < LeastDays)
        {
            return (null, [$"{journal}: it has {arrivals.Days} whole days with customers; at least {LeastDays} are needed to learn from."]);
        }

        // What was configured away since then does not come.
        var streams = arrivals.Streams.Where(s => IsHere(branch, s)).ToList();
        var booked = history.Bookings.Slots.Streams.Where(s => IsHere(branch, s)).ToList();
        var perSlot = streams.Select(s => PerSlot(arrivals, s)).ToList();
        var perBooked = booked.Select(s => PerSlot(history.Bookings.Slots, s)).ToList();
        var total = Enumerable.Range(0, ArrivalHistory.Slots).Select(i => perSlot.Concat(perBooked).Sum(p => p[i])).ToList();
        var (first, last) = (total.FindIndex(t => t > 0.01), total.FindLastIndex(t => t > 0.01));
        if (first < 0)
        {
            return (null, [$"{journal}: nobody came for a service of this branch."]);
        }

        var parts = last - first + 1;
        var staff = Staff(history, branch, first, parts);
        var visits = new LearnedVisits(learned, branch, staff);
        var walk = history.WholeWalks.Count >= LeastServices ? history.WholeWalks.Law : history.Walks.Law;
        return (new(
            first * 30,
            parts * HalfHour,
            [.. streams.Select((s, i) => new WalkInStream(
                s.Service, s.Segment, [.. perSlot[i].Skip(first).Take(parts)], Serving(history, branch, s.Service),
                chance => history.Patience(s.Segment)?.Sample(chance) ?? Customer.Endless, walk,
                Steady: arrivals.Unevenness(s.Segment) < 0.0025, Errands: visits.Errands(s), Open: OpeningTimes.Spans(branch.Rules.Services[s.Service], first * 30)))],
            [.. booked.Select((s, i) => Booked(history, branch, s, [.. perBooked[i].Skip(first).Take(parts)], walk) with { Errands = visits.Errands(s, booked: true) })],
            Math.Sqrt(Math.Clamp(arrivals.Unevenness(null), 0, 0.25)),
            (long)(history.Absences.Law?.Mean ?? 45_000),
            (long)(history.Gaps.Law?.Mean ?? 0),
            new Dictionary<string, IReadOnlyList<Duty>>(),
            $"as {Path.GetFileName(journal)} tells of {arrivals.Days} days",
            staff,
            history.PaceAt,
            visits.Episodes,
            visits.Sentence), []);
    }

    private static bool IsHere(LoadedBranch branch, ArrivalStream s) =>
        branch.Service(s.Service) is not null && (s.Segment is null || branch.Segment(s.Segment) is not null);

    /// <summary>By half-hours, on an average day of the week.</summary>
    private static double[] PerSlot(ArrivalHistory arrivals, ArrivalStream stream)
    {
        var weekdays = Enum.GetValues<DayOfWeek>();
        var sum = new double[ArrivalHistory.Slots];
        foreach (var weekday in weekdays)
        {
            var expected = arrivals.Expected(stream, weekday);
            for (var i = 0; i < sum.Length; i++)
            {
                sum[i] += expected[i] / weekdays.Length;
            }
        }

        return sum;
    }

    private static BookedStream Booked(BranchHistory history, LoadedBranch branch, ArrivalStream stream, double[] perPart, DurationLaw? walk)
    {
        const long Slot = 900_000;
        var punctuality = history.Bookings.Of(stream.Service)!;
        return new(
            stream.Service, stream.Segment, perPart.Sum(), punctuality.Shows, Slot, chance => punctuality.Sample(chance, long.MinValue / 2),
            Serving(history, branch, stream.Service), walk,
            chance => history.Patience(stream.Segment, booked: true)?.Sample(chance) ?? Customer.Endless, perPart);
    }

    /// <summary>
    /// A counter works in the half-hours in which it was open more often than not; whoever works in the last one stays until
    /// the last customer has gone.
    /// </summary>
    private static Dictionary<string, StaffedCounter>? Staff(BranchHistory history, LoadedBranch branch, int first, int parts)
    {
        var staff = new Dictionary<string, StaffedCounter>();
        foreach (var counter in history.Staff.Counters.Where(c => branch.Counter(c) is not null))
        {
            var open = history.Staff.OpenShare(counter)!;
            var duties = new List<Duty>();
            for (var i = 0; i < parts; i++)
            {
                if (open[first + i] < 0.5)
                {
                    continue;
                }

                var (from, to) = (i * HalfHour, i == parts - 1 ? Duty.Never : (i + 1) * HalfHour);
                if (duties.Count > 0 && duties[^1].To == from)
                {
                    duties[^1] = new(duties[^1].From, to);
                }
                else
                {
                    duties.Add(new(from, to));
                }
            }

            if (duties.Count > 0)
            {
                var person = history.Staff.UsualOperator(counter);
                staff[counter] = new(person is not null && branch.Rules.Operators.Contains(person) ? person : null, history.PaceOf(person), duties);
            }
        }

        // Service times are those of all of them together, so their paces are 1 on average.
        var together = staff.Count == 0 ? 1 : staff.Values.Average(s => s.Pace);
        return staff.Count > 0 ? staff.ToDictionary(s => s.Key, s => s.Value with { Pace = s.Value.Pace / together }) : null;
    }

    // A service that hardly anybody came for has no times of its own.
    internal static DurationLaw Serving(BranchHistory history, LoadedBranch branch, string service) =>
        history.Services(service) is { Count: >= LeastServices, Law: { } law }
            ? law
            : new LognormalDuration(branch.Service(service)!.MeanServiceSeconds * 1000.0, 1);
}
