using System.Data.Common;
using System.Globalization;
using Dapper;
using EdgeQueue.Cloud.Reports.Periods;
using EdgeQueue.Cloud.Storage;

namespace EdgeQueue.Cloud.Reports.Days;

/// <summary>Branch days that one report may still read quarter by quarter.</summary>
internal sealed class QuarterDays(long left)
{
    private long _left = left;

    public bool Take(long days) => (_left -= days) >= 0;
}

/// <summary>
/// Brings days into a report: packed ones from <c>packed_day</c>, and the others from <c>quarter</c> (not over yet, added to since, or open at the report's midnight). Each day of a
/// branch is read from one of the two.
/// </summary>
internal sealed class DayReader(IDatabase database, QuarterReader quarters, TimeProvider time)
{
    private const int BranchesAtOnce = 1_000;

    /// <returns>False: more days than <paramref name="allowed"/> would have to be read quarter by quarter.</returns>
    public async Task<bool> ReadAsync(ReportRange of, LocalDays days, ReportSums to, QuarterDays allowed, CancellationToken cancellation)
    {
        foreach (long[] some in of.Branches.Chunk(BranchesAtOnce))
        {
            if (!await ReadSomeAsync(of with { Branches = some }, days, to, allowed, cancellation))
            {
                return false;
            }
        }

        return true;
    }

    private async Task<bool> ReadSomeAsync(ReportRange of, LocalDays days, ReportSums to, QuarterDays allowed, CancellationToken cancellation)
    {
        long firstDay = of.FirstQuarter / PackedDay.Quarters;
        long lastDay = (of.EndQuarter - 1) / PackedDay.Quarters;
        // Read before the days: those that are packed meanwhile are read as they were.
        Dictionary<long, long> until = (await database.ReadAsync(
            connection => connection.QueryAsync<Place>($"select branch as Branch, day as Day from packed_until where {database.Sql.AnyOf("branch", "@Branches")}", new { of.Branches }), cancellation))
            .ToDictionary(p => p.Branch, p => p.Day);
        long UntilOf(long branch) => Math.Clamp(until.GetValueOrDefault(branch, -1), firstDay - 1, lastDay);

        // Of days to come nothing is read: they are none of those that cost something.
        long today = time.GetUtcNow().ToUnixTimeMilliseconds() / (PackedDay.Quarters * LocalDays.QuarterMs);
        List<ReportRange> rest = [.. of.Branches.GroupBy(UntilOf).Where(g => g.Key < lastDay).Select(g => of with { Branches = [.. g], FirstQuarter = Math.Max(of.FirstQuarter, (g.Key + 1) * PackedDay.Quarters) })];
        if (!allowed.Take(of.Branches.Sum(b => Math.Max(0, Math.Min(lastDay, today) - UntilOf(b)))) || await PackedAsync(of, firstDay, lastDay, UntilOf, days, to, allowed, cancellation) is not { } open)
        {
            return false;
        }

        rest.AddRange(open.GroupBy(p => p.Day).Select(d => of with
        {
            Branches = [.. d.Select(p => p.Branch)],
            FirstQuarter = Math.Max(of.FirstQuarter, d.Key * PackedDay.Quarters), EndQuarter = Math.Min(of.EndQuarter, (d.Key + 1) * PackedDay.Quarters),
        }));
        foreach (ReportRange range in rest)
        {
            await quarters.ReadAsync(range, days, oneBranch: false, to, cancellation);
        }

        return true;
    }

    /// <returns>Days whose rows have to be read; null: they are too many.</returns>
    private Task<List<Place>?> PackedAsync(
        ReportRange of, long firstDay, long lastDay, Func<long, long> untilOf, LocalDays days, ReportSums to, QuarterDays allowed, CancellationToken cancellation) => database.ReadAsync(
        async connection =>
        {
            await using DbDataReader reader = await connection.ExecuteReaderAsync(new CommandDefinition(
                $"select branch, day, sums from packed_day where {database.Sql.AnyOf("branch", "@Branches")} and day >= @firstDay and day <= @lastDay",
                new { of.Branches, firstDay, lastDay }, commandTimeout: QuarterReader.LongestSeconds, cancellationToken: cancellation));
            List<Place> open = [];
            var taker = new Taker(days, to);
            while (await reader.ReadAsync(cancellation))
            {
                (long branch, long day) = (reader.GetInt64(0), reader.GetInt64(1));
                taker.Of(branch);
                if (day > untilOf(branch) || (!await reader.IsDBNullAsync(2, cancellation) && PackedDay.Add((byte[])reader.GetValue(2), day, of.FirstQuarter, of.EndQuarter, taker)))
                {
                    continue;
                }

                open.Add(new(branch, day));
                if (!allowed.Take(1))
                {
                    return null;
                }
            }

            return open;
        },
        cancellation);

    private sealed class Taker(LocalDays days, ReportSums to) : IPackedTaker
    {
        private readonly Dictionary<long, DateTime> _locals = [];
        private string _branch = "";
        private long _id = -1;

        public void Of(long branch)
        {
            if (_id != branch)
            {
                (_id, _branch) = (branch, branch.ToString(CultureInfo.InvariantCulture));
            }
        }

        public void Quarter(long quarter, long[] row)
        {
            if (!_locals.TryGetValue(quarter, out DateTime local))
            {
                _locals[quarter] = local = days.LocalOf(quarter);
            }

            to.AddQuarter(local, row);
        }

        public void Service(string service, long[] row)
        {
            to.AddService(service, row);
            to.AddBranch(_branch, row);
        }
    }

    private sealed record Place(long Branch, long Day);
}
