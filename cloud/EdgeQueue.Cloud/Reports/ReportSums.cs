using System.Globalization;
using EdgeQueue.Cloud.Reports.Figures;
using EdgeQueue.Cloud.Reports.Periods;

namespace EdgeQueue.Cloud.Reports;

/// <summary>A report while it is added up, zone by zone. Pure.</summary>
internal sealed class ReportSums(ReportPeriod period)
{
    private readonly Sums _all = new();
    private readonly Sums[] _days = [.. Enumerable.Range(0, period.Days).Select(_ => new Sums())];
    private readonly Sums[] _halfHours = [.. Enumerable.Range(0, 48).Select(_ => new Sums())];
    private readonly Sums[,] _week = new Sums[7, 24];
    private readonly Dictionary<string, Sums> _services = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Sums> _counters = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Sums> _branches = new(StringComparer.Ordinal);
    private int? _begun;

    /// <summary>Times that somebody was called, and served.</summary>
    public long Turns => _all.Called + _all.Served;

    /// <param name="local">What the clock of a zone shows while this is read.</param>
    public void AddClock(DateTime local)
    {
        bool today = DateOnly.FromDateTime(local) == period.To && period.Days == 1;
        int begun = today ? (local.Hour * 2) + (local.Minute / 30) + 1 : DateOnly.FromDateTime(local) < period.From ? 0 : 48;
        _begun = Math.Max(_begun ?? 0, begun);
    }

    /// <param name="local">When the quarter of an hour began by the branch's clock.</param>
    public void AddQuarter(DateTime local, ReadOnlySpan<long> row)
    {
        int day = Math.Clamp(DateOnly.FromDateTime(local).DayNumber - period.From.DayNumber, 0, _days.Length - 1);
        _all.Add(row);
        _days[day].Add(row);
        _halfHours[(local.Hour * 2) + (local.Minute / 30)].Add(row);
        (_week[((int)local.DayOfWeek + 6) % 7, local.Hour] ??= new()).Add(row);
    }

    public void AddService(string service, long[] row) => Add(_services, service, row);

    public void AddCounter(string counter, long[] row) => Add(_counters, counter, row);

    public void AddBranch(string branch, long[] row) => Add(_branches, branch, row);

    public Report Report(
        ReportScope scope, IReadOnlyList<BranchPlace> branches, ServiceNames services, Dictionary<string, string> counters, WorkFigures? work, BookingFigures bookings, IReadOnlyList<long> scores,
        IReadOnlyList<BranchPlace> away)
    {
        for (int i = 0; i < 7 * 24; i++)
        {
            _week[i / 24, i % 24] ??= new();
        }

        string title = branches.Count == 1 ? branches[0].Title : scope.Region
            ?? string.Create(CultureInfo.InvariantCulture, $"{(scope.Branches.Count > 0 ? "" : "All ")}{branches.Count} branches");
        return new(
            scope, title, period, _all, [.. _days.Select((d, i) => (period.From.AddDays(i), d))], _halfHours, _week, branches,
            branches.Count == 1 ? [] : [.. branches.Select(b => new NamedSums(b.Name, b.Title, _branches.GetValueOrDefault(b.Id.ToString(CultureInfo.InvariantCulture)) ?? new()))],
            services, Named(_services, services.Of), Named(_counters, c => counters.GetValueOrDefault(c, c)), work, bookings, scores, away) { Begun = _begun ?? 48 };
    }

    private static void Add(Dictionary<string, Sums> to, string key, long[] row)
    {
        if (!to.TryGetValue(key, out Sums? sums))
        {
            to[key] = sums = new();
        }

        sums.Add(row);
    }

    /// <summary>Without what no counter or service is concerned with, in the order of their names; 2 comes before 10.</summary>
    private static List<NamedSums> Named(Dictionary<string, Sums> of, Func<string, string> name) =>
        [.. of.Where(s => s.Key.Length > 0 && !s.Value.IsEmpty).Select(s => new NamedSums(s.Key, name(s.Key), s.Value)).OrderBy(s => s.Name.Length).ThenBy(s => s.Name, StringComparer.Ordinal)];
}
