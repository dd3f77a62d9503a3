using EdgeQueue.Cloud.Reports.Figures;
using EdgeQueue.Cloud.Reports.Periods;

namespace EdgeQueue.Cloud.Reports;

/// <summary>Sums of something that has a name.</summary>
/// <param name="Id">As in the branch's configuration, or of the branch in MQTT.</param>
internal sealed record NamedSums(string Id, string Name, Sums Sums);

/// <summary>Of the bookings whose slots are in the period; made: those that were made in it.</summary>
internal sealed record BookingFigures(long Made, long Kept, long Missed, long Cancelled, long Open)
{
    public static readonly BookingFigures None = new(0, 0, 0, 0, 0);

    public BookingFigures Plus(BookingFigures other) => new(Made + other.Made, Kept + other.Kept, Missed + other.Missed, Cancelled + other.Cancelled, Open + other.Open);
}

/// <summary>All that a report shows; pages, CSV and XLSX are made from it.</summary>
/// <param name="Title">Of the branches.</param>
/// <param name="Days">Each day of the period, in order.</param>
/// <param name="HalfHours">Of the branches' own clocks: 48.</param>
/// <param name="Week">By weekday (Monday is 0) and hour of the branches' own clocks.</param>
/// <param name="Branches">Those that the report is of.</param>
/// <param name="ByBranch">Empty when it is of one.</param>
/// <param name="Names">Of services.</param>
/// <param name="Counters">Empty when it is of several: their counters have nothing in common.</param>
/// <param name="Work">Null: too many events, see <see cref="ReportsSettings.MostEvents"/>.</param>
/// <param name="Scores">Answers of the survey, 1 … 5.</param>
/// <param name="Away">Branches that have not been heard since before the end of the period, the longest first: what happened there since is in none of these figures.</param>
internal sealed record Report(
    ReportScope Scope, string Title, ReportPeriod Period, Sums All, IReadOnlyList<(DateOnly Day, Sums Sums)> Days, IReadOnlyList<Sums> HalfHours, Sums[,] Week,
    IReadOnlyList<BranchPlace> Branches, IReadOnlyList<NamedSums> ByBranch, ServiceNames Names, IReadOnlyList<NamedSums> Services, IReadOnlyList<NamedSums> Counters, WorkFigures? Work,
    BookingFigures Bookings, IReadOnlyList<long> Scores, IReadOnlyList<BranchPlace> Away)
{
    /// <summary>Half hours that have begun in one of the branches, 0 to 48: of today the others are still to come, and nothing is not zero.</summary>
    public int Begun { get; init; } = 48;
}
