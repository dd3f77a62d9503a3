using Dapper;
using EdgeQueue.Cloud.Accounts;
using EdgeQueue.Cloud.Live;
using EdgeQueue.Cloud.Reports.Days;
using EdgeQueue.Cloud.Reports.Figures;
using EdgeQueue.Cloud.Reports.Periods;
using EdgeQueue.Cloud.Storage;

namespace EdgeQueue.Cloud.Reports;

/// <summary>A report, or the sentence why there is none.</summary>
internal readonly record struct ReportAnswer(Report? Report, string Refusal);

/// <summary>Adds up what is stored. Each branch's days are its own: branches of one time zone are read together.</summary>
internal sealed class ReportReader(IDatabase database, ReportPlaces places, ReportsSettings settings, LiveDetails details, QuarterReader quarters, DayReader packed, WorkReader work, TimeProvider time) : IDisposable
{
    /// <summary>Reports that are added up at one time: ingest has the rest of the database.</summary>
    private const int MostAtOnce = 3;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _room = new(MostAtOnce);

    /// <param name="sees">Other branches are as if they were not there.</param>
    /// <exception cref="ReportsBusyException">As many as may be are being added up.</exception>
    public async Task<ReportAnswer> ReadAsync(ReportScope scope, VisibleBranches sees, ReportPeriod period, CancellationToken cancellation)
    {
        if (!await _room.WaitAsync(Patience, cancellation))
        {
            throw new ReportsBusyException();
        }

        try
        {
            return await AddUpAsync(scope, sees, period, cancellation);
        }
        finally
        {
            _room.Release();
        }
    }

    public void Dispose() => _room.Dispose();

    private async Task<ReportAnswer> AddUpAsync(ReportScope scope, VisibleBranches sees, ReportPeriod period, CancellationToken cancellation)
    {
        IReadOnlyList<BranchPlace> branches = await places.InAsync(scope, sees, cancellation);
        if (branches.Count == 0)
        {
            return new(null, scope == ReportScope.All ? "No branch has reported yet." : "There is no such branch or region.");
        }

        if ((long)branches.Count * period.Days > settings.MostBranchDays)
        {
            return new(null, FormattableString.Invariant(
                $"{branches.Count} branches over {period.Days} days are more than one report takes ({settings.MostBranchDays} branch days, setting reports.mostBranchDays). Choose a region, a branch, or fewer days."));
        }

        var adding = new ReportSums(period);
        var allowed = new QuarterDays(settings.MostQuarterDays);
        BookingFigures bookings = BookingFigures.None;
        long[] scores = new long[5];
        long there = time.GetUtcNow().ToUnixTimeMilliseconds() - LiveRow.SilentAfterMs;
        List<BranchPlace> away = [];
        foreach (IGrouping<string, BranchPlace> zone in branches.GroupBy(b => b.Zone, StringComparer.Ordinal))
        {
            var days = new LocalDays(LocalDays.Zone(zone.Key, settings.FindZone()));
            var range = new ReportRange([.. zone.Select(b => b.Id)], days.StartOf(period.From), days.StartOf(period.To.AddDays(1)), days.StartMs(period.From), days.StartMs(period.To.AddDays(1)));
            adding.AddClock(days.LocalAt(time.GetUtcNow().ToUnixTimeMilliseconds()));
            if (branches.Count == 1)
            {
                // By counter, which packed days have not.
                await quarters.ReadAsync(range, days, oneBranch: true, adding, cancellation);
            }
            else if (!await packed.ReadAsync(range, days, adding, allowed, cancellation))
            {
                return new(null, FormattableString.Invariant(
                    $"More than {settings.MostQuarterDays} branch days of it are not added up by day yet, and one report reads no more of those (setting reports.mostQuarterDays). A day is added up within hours of its end; a branch that comes back, or a first start, may take longer. Choose a region, a branch, or days that are over."));
            }

            // What happened there since then is not known yet, and in no figure.
            away.AddRange(zone.Where(b => b.HeardAt < Math.Min(range.ToMs, there)));
            bookings = bookings.Plus(await BookingsAsync(range, cancellation));
            await AddScoresAsync(range, scores, cancellation);
        }

        var services = new ServiceNames();
        Dictionary<string, string> counters = [];
        foreach (BranchPlace branch in branches.Take(ServiceNames.MostBranches))
        {
            if (await details.OfAsync(branch.Name, cancellation) is { Live: var live })
            {
                services.Add(live.Services);
                // Of several nothing is told by counter.
                counters = branches.Count > 1 ? counters : live.Counters.ToDictionary(c => c.Counter, c => $"Counter {c.Number}", StringComparer.Ordinal);
            }
        }

        return new(adding.Report(scope, branches, services, counters, await WorkAsync(adding, branches, period, cancellation), bookings, scores, [.. away.OrderBy(b => b.HeardAt).ThenBy(b => b.Id)]), "");
    }

    /// <summary>Each call and each time served is an event or more: where those alone are more than one report reads, none is looked for.</summary>
    private Task<WorkFigures?> WorkAsync(ReportSums adding, IReadOnlyList<BranchPlace> branches, ReportPeriod period, CancellationToken cancellation) =>
        adding.Turns > settings.MostEvents ? Task.FromResult<WorkFigures?>(null) : work.ReadAsync(branches, period, cancellation);

    private Task<BookingFigures> BookingsAsync(ReportRange of, CancellationToken cancellation) => database.ReadAsync(
        connection => connection.QuerySingleAsync<BookingFigures>(new CommandDefinition(
            $"""
            select count(*) filter (where b.made_at >= @from and b.made_at < @to) as Made,
              count(*) filter (where b.state = 'arrived' and b.starts_at >= @from and b.starts_at < @to) as Kept,
              count(*) filter (where b.state = 'missed' and b.starts_at >= @from and b.starts_at < @to) as Missed,
              count(*) filter (where b.state = 'cancelled' and b.starts_at >= @from and b.starts_at < @to) as Cancelled,
              count(*) filter (where b.state = 'booked' and b.starts_at >= @from and b.starts_at < @to) as Open
            from booking b where {database.Sql.AnyOf("b.branch", "@branches")} and b.state <> 'held' and ((b.made_at >= @from and b.made_at < @to) or (b.starts_at >= @from and b.starts_at < @to))
            """,
            new { branches = of.Branches, from = of.FromMs, to = of.ToMs }, commandTimeout: QuarterReader.LongestSeconds, cancellationToken: cancellation)), cancellation);

    private async Task AddScoresAsync(ReportRange of, long[] scores, CancellationToken cancellation)
    {
        foreach (Score score in await database.ReadAsync(
            connection => connection.QueryAsync<Score>(new CommandDefinition(
                $"select score as Of, count(*) as Answers from survey_answer where {database.Sql.AnyOf("branch", "@branches")} and at >= @from and at < @to group by score",
                new { branches = of.Branches, from = of.FromMs, to = of.ToMs }, commandTimeout: QuarterReader.LongestSeconds, cancellationToken: cancellation)), cancellation))
        {
            scores[Math.Clamp(score.Of, 1, 5) - 1] += score.Answers;
        }
    }

    private sealed record Score(long Of, long Answers);
}

/// <summary>Too many reports are being added up.</summary>
internal sealed class ReportsBusyException() : Exception("as many reports as may be are being added up");
