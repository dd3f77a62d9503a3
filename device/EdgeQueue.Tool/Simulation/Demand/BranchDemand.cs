using EdgeQueue.Core.Forecast;

namespace EdgeQueue.Tool.Simulation.Demand;

/// <summary>Who comes, ready to be sampled; wherever it was learned. Times in milliseconds from the opening.</summary>
/// <param name="OpensMinute">Local minute of the day at which the day begins.</param>
/// <param name="WalkIns">In an order that stays: each stream has chance of its own.</param>
/// <param name="DayFactorCv">Of the factor on all walk-ins of a day.</param>
/// <param name="Breaks">By counter id.</param>
/// <param name="Source">A sentence that says where the figures are from.</param>
internal sealed record BranchDemand(
    int OpensMinute, long OpenMs, IReadOnlyList<WalkInStream> WalkIns, IReadOnlyList<BookedStream> Booked, double DayFactorCv,
    long AbsentMs, long GapMs, IReadOnlyDictionary<string, IReadOnlyList<Duty>> Breaks, string Source)
{
    public double CustomersPerDay => WalkIns.Sum(w => w.PerPart.Sum()) + Booked.Sum(b => b.PerDay * b.Shows);
}

/// <param name="PerPart">How many come on average in each of the equal parts of the day.</param>
/// <param name="Early">How long before their slot they come, when they have one; null: they have none.</param>
/// <param name="Steady">As many come on every day: the day's factor is not theirs.</param>
internal sealed record WalkInStream(
    string Service, string? Segment, IReadOnlyList<double> PerPart, DurationLaw Serving, Func<Chance, long> Patience, DurationLaw? Walk,
    DurationLaw? Early = null, bool Steady = false);

/// <param name="PerDay">Slots that are booked.</param>
/// <param name="Shows">Share who come.</param>
/// <param name="MeanLateMs">When they come, after the slot; mostly negative.</param>
internal sealed record BookedStream(
    string Service, string? Segment, double PerDay, double Shows, long SlotMs, double MeanLateMs, double LateSdMs, DurationLaw Serving,
    DurationLaw? Walk);
