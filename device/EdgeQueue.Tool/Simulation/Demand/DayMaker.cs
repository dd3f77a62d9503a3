using System.Globalization;
using EdgeQueue.Core.Forecast;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Tool.Simulation.Demand;

/// <summary>
/// Makes the customers of one day. The same seed and day are the same people with the same errands and the same patience,
/// whatever rules and staff they find: so that two branches can be compared day by day.
/// </summary>
internal static class DayMaker
{
    private const int Booked = 1_000;

    public static SimulatedDay Make(BranchDemand demand, ulong seed, int day)
    {
        var (customers, bookings) = (new List<Customer>(), new List<Booking>());
        var factor = demand.DayFactorCv > 0 ? new LognormalDuration(1e9, demand.DayFactorCv).Sample(Chance.Of(seed, day)) / 1e9 : 1;
        for (var i = 0; i < demand.WalkIns.Count; i++)
        {
            WalkIns(demand, demand.WalkIns[i], demand.WalkIns[i].Steady ? 1 : factor, Chance.Of(seed, day, i + 1), customers);
        }

        for (var i = 0; i < demand.Booked.Count; i++)
        {
            Appointments(demand, demand.Booked[i], Chance.Of(seed, day, Booked + i), day, customers, bookings);
        }

        // Ids in the order in which they come, as at a dispenser.
        List<Customer> ordered = [.. customers.OrderBy(c => c.ArrivesAt)];
        for (var id = 0; id < ordered.Count; id++)
        {
            ordered[id].Id = id;
        }

        return new(ordered, bookings);
    }

    private static void WalkIns(BranchDemand demand, WalkInStream stream, double factor, Chance chance, List<Customer> into)
    {
        var part = (double)demand.OpenMs / stream.PerPart.Count;
        for (var i = 0; i < stream.PerPart.Count; i++)
        {
            for (var left = chance.Poisson(stream.PerPart[i] * factor); left > 0; left--)
            {
                var at = Within(stream.Open, i * part, (i + 1) * part, chance.Uniform());
                var (serving, patience, walk) = (stream.Serving.Sample(chance), stream.Patience(chance), stream.Walk?.Sample(chance) ?? 0);
                var errand = ErrandOf(stream.Errands, chance);
                errand = stream.Asks?.Invoke(chance) is { } person ? errand with { Operator = person } : errand;
                into.Add(new Customer
                {
                    Id = 0,
                    ArrivesAt = at,
                    Errand = errand,
                    Service = stream.Service,
                    Segment = stream.Segment,
                    ServiceMs = serving,
                    Episodes = demand.Episodes?.Invoke(chance, stream.Service, errand.Steps ?? []) ?? [],
                    PatienceMs = patience,
                    WalkMs = walk,
                });
            }
        }
    }

    private static void Appointments(
        BranchDemand demand, BookedStream stream, Chance chance, int day, List<Customer> into, List<Booking> bookings)
    {
        // The last half hour has no slot: whoever comes then is served before the end.
        var slots = Math.Max(1, (int)((demand.OpenMs - 1_800_000) / stream.SlotMs) + 1);
        var count = (int)stream.PerDay + (chance.Uniform() < stream.PerDay - Math.Floor(stream.PerDay) ? 1 : 0);
        for (var i = 0; i < count; i++)
        {
            // Slots have room for a few each, so bookings lie evenly over the day and not in heaps.
            var position = (i + chance.Uniform()) / count;
            var slot = stream.PerPart is { } profile
                ? (long)(PositionIn(profile, position) * demand.OpenMs) / stream.SlotMs * stream.SlotMs
                : Math.Min(slots - 1, (int)(position * slots)) * stream.SlotMs;
            var (late, serving) = (stream.Late(chance), stream.Serving.Sample(chance));
            var errand = ErrandOf(stream.Errands, chance);
            var booking = new Booking(
                string.Create(CultureInfo.InvariantCulture, $"{day}-{bookings.Count}"), stream.Service, slot, Segment: stream.Segment,
                People: errand.People, Operator: errand.Operator);
            bookings.Add(booking);
            if (late is { } after)
            {
                into.Add(new Customer
                {
                    Id = 0,
                    ArrivesAt = Math.Clamp(slot + after, 0, Math.Max(slot, demand.OpenMs - 1)),
                    SlotAt = slot,
                    Booking = booking.Id,
                    Errand = errand,
                    Service = stream.Service,
                    Segment = stream.Segment,
                    ServiceMs = serving,
                    WalkMs = stream.Walk?.Sample(chance) ?? 0,
                    PatienceMs = stream.Patience?.Invoke(chance) ?? Customer.Endless,
                    Episodes = demand.Episodes?.Invoke(chance, stream.Service, []) ?? [],
                });
            }
        }
    }

    /// <summary>Somewhere between two moments, as long as it is open there; anywhere where it is not open at all.</summary>
    private static long Within(IReadOnlyList<Duty>? open, double from, double to, double share)
    {
        var left = share * (open?.Sum(Length) ?? 0);
        foreach (var span in left > 0 ? open! : [])
        {
            if (left < Length(span))
            {
                return (long)(Math.Max(from, span.From) + left);
            }

            left -= Length(span);
        }

        return (long)(from + (share * (to - from)));

        double Length(Duty span) => Math.Max(0, Math.Min(to, span.To) - Math.Max(from, span.From));
    }

    private static Errand ErrandOf(IReadOnlyList<Errand>? errands, Chance chance) =>
        errands is { Count: > 0 } ? errands[chance.Below(errands.Count)] : Errand.Plain;

    // Where of the day so much of the whole profile has passed; 0 … 1.
    private static double PositionIn(IReadOnlyList<double> profile, double share)
    {
        var left = share * profile.Sum();
        for (var i = 0; i < profile.Count; i++)
        {
            if (left < profile[i])
            {
                return (i + (left / profile[i])) / profile.Count;
            }

            left -= profile[i];
        }

        return 1.0 - (1e-9 / profile.Count);
    }
}
