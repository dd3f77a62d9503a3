using EdgeQueue.Core.Forecast;

namespace EdgeQueue.Tool.Simulation.Demand;

/// <summary>
/// Makes the customers of one day. The same seed and day are the same people with the same errands and the same patience,
/// whatever rules and staff they find: so that two branches can be compared day by day.
/// </summary>
internal static class DayMaker
{
    private const int Booked = 1_000;

    public static List<Customer> Make(BranchDemand demand, ulong seed, int day)
    {
        var customers = new List<Customer>();
        var factor = demand.DayFactorCv > 0 ? new LognormalDuration(1e9, demand.DayFactorCv).Sample(Chance.Of(seed, day)) / 1e9 : 1;
        for (var i = 0; i < demand.WalkIns.Count; i++)
        {
            WalkIns(demand, demand.WalkIns[i], demand.WalkIns[i].Steady ? 1 : factor, Chance.Of(seed, day, i + 1), customers);
        }

        for (var i = 0; i < demand.Booked.Count; i++)
        {
            Appointments(demand, demand.Booked[i], Chance.Of(seed, day, Booked + i), customers);
        }

        // Ids in the order in which they come, as at a dispenser.
        List<Customer> ordered = [.. customers.OrderBy(c => c.ArrivesAt)];
        for (var id = 0; id < ordered.Count; id++)
        {
            ordered[id].Id = id;
        }

        return ordered;
    }

    private static void WalkIns(BranchDemand demand, WalkInStream stream, double factor, Chance chance, List<Customer> into)
    {
        var part = (double)demand.OpenMs / stream.PerPart.Count;
        for (var i = 0; i < stream.PerPart.Count; i++)
        {
            for (var left = chance.Poisson(stream.PerPart[i] * factor); left > 0; left--)
            {
                var at = (long)((i + chance.Uniform()) * part);
                into.Add(new Customer
                {
                    Id = 0,
                    ArrivesAt = at,
                    SlotAt = at + stream.Early?.Sample(chance),
                    Service = stream.Service,
                    Segment = stream.Segment,
                    ServiceMs = stream.Serving.Sample(chance),
                    PatienceMs = stream.Patience(chance),
                    WalkMs = stream.Walk?.Sample(chance) ?? 0,
                });
            }
        }
    }

    private static void Appointments(BranchDemand demand, BookedStream stream, Chance chance, List<Customer> into)
    {
        // The last half hour has no slot: whoever comes then is served before the end.
        var slots = Math.Max(1, (int)((demand.OpenMs - 1_800_000) / stream.SlotMs) + 1);
        var count = (int)stream.PerDay + (chance.Uniform() < stream.PerDay - Math.Floor(stream.PerDay) ? 1 : 0);
        for (var i = 0; i < count; i++)
        {
            // Slots have room for a few each, so bookings lie evenly over the day and not in heaps.
            var slot = Math.Min(slots - 1, (int)((i + chance.Uniform()) * slots / count)) * stream.SlotMs;
            var (shows, late, serving) = (chance.Uniform(), chance.Normal(), stream.Serving.Sample(chance));
            if (shows < stream.Shows)
            {
                into.Add(new Customer
                {
                    Id = 0,
                    ArrivesAt = Math.Clamp(slot + (long)(stream.MeanLateMs + (late * stream.LateSdMs)), 0, demand.OpenMs - 1),
                    SlotAt = slot,
                    Service = stream.Service,
                    Segment = stream.Segment,
                    ServiceMs = serving,
                    WalkMs = stream.Walk?.Sample(chance) ?? 0,
                });
            }
        }
    }
}
