using EdgeQueue.Core.Forecast;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Tool.Simulation.Demand;

/// <summary>Who comes, ready to be sampled; wherever it was learned. Times in milliseconds from the opening.</summary>
/// <param name="OpensMinute">Local minute of the day at which the day begins.</param>
/// <param name="WalkIns">In an order that stays: each stream has chance of its own.</param>
/// <param name="DayFactorCv">Of the factor on all walk-ins of a day.</param>
/// <param name="Breaks">By counter id.</param>
/// <param name="Source">A sentence that says where the figures are from.</param>
/// <param name="Staff">By counter id, who works there, when and how fast; null: nothing is known, every counter is open all day.</param>
/// <param name="PaceAt">By service and minute of the wall clock's day, service times ÷ the ordinary ones; null: always 1.</param>
/// <param name="Episodes">The stays at counters of who comes for a service and these further ones; null or none: one, of the stream's time.</param>
/// <param name="Beyond">A sentence that says what is known of the customers beyond their service; null: nothing.</param>
internal sealed record BranchDemand(
    int OpensMinute, long OpenMs, IReadOnlyList<WalkInStream> WalkIns, IReadOnlyList<BookedStream> Booked, double DayFactorCv,
    long AbsentMs, long GapMs, IReadOnlyDictionary<string, IReadOnlyList<Duty>> Breaks, string Source,
    IReadOnlyDictionary<string, StaffedCounter>? Staff = null, Func<string, int, double>? PaceAt = null,
    Func<Chance, string, IReadOnlyList<JourneyStep>, IReadOnlyList<Episode>>? Episodes = null, string? Beyond = null)
{
    public double CustomersPerDay => WalkIns.Sum(w => w.PerPart.Sum()) + Booked.Sum(b => b.PerDay * b.Shows);
}

/// <param name="Operator">Null: the configuration says who.</param>
/// <param name="Pace">Service times ÷ the ordinary ones.</param>
internal sealed record StaffedCounter(string? Operator, double Pace, IReadOnlyList<Duty> Duties);

/// <param name="PerPart">How many come on average in each of the equal parts of the day.</param>
/// <param name="Steady">As many come on every day: the day's factor is not theirs.</param>
/// <param name="Asks">The operator whom a customer asks for; null: nobody asks.</param>
/// <param name="Open">When tickets are given, so when they come, where a part of the day is not open from end to end; null: always.</param>
/// <param name="Errands">What they come with beyond the service, each as often as any other; null: nothing.</param>
internal sealed record WalkInStream(
    string Service, string? Segment, IReadOnlyList<double> PerPart, DurationLaw Serving, Func<Chance, long> Patience, DurationLaw? Walk,
    bool Steady = false, Func<Chance, string?>? Asks = null, IReadOnlyList<Errand>? Errands = null,
    IReadOnlyList<Duty>? Open = null)
{
    public bool AsksForPeople => Asks is not null || Errands?.Any(e => e.Operator is not null) == true;
}

/// <param name="PerDay">Slots that are booked.</param>
/// <param name="Shows">Share who come.</param>
/// <param name="Late">When one comes, milliseconds after the slot, mostly negative; null: never.</param>
/// <param name="Patience">Null: they stay.</param>
/// <param name="PerPart">How many are booked for each of the equal parts of the day, as ratios; null: evenly.</param>
/// <param name="Errands">What they come with beyond the service: with whom it is, and how many they are; null: with nothing.</param>
internal sealed record BookedStream(
    string Service, string? Segment, double PerDay, double Shows, long SlotMs, Func<Chance, long?> Late, DurationLaw Serving,
    DurationLaw? Walk, Func<Chance, long>? Patience = null, IReadOnlyList<double>? PerPart = null,
    IReadOnlyList<Errand>? Errands = null);

/// <summary>Who comes on one day, and what is booked for it, also by those who will not come; from the opening.</summary>
internal sealed record SimulatedDay(IReadOnlyList<Customer> Customers, IReadOnlyList<Booking> Bookings)
{
    public SimulatedDay MovedBy(long ms) => new(
        [.. Customers.Select(c => c.MovedBy(ms))], [.. Bookings.Select(b => b with { SlotUtcMs = b.SlotUtcMs + ms })]);
}
