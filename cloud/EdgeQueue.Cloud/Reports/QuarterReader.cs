using System.Data.Common;
using System.Globalization;
using Dapper;
using EdgeQueue.Cloud.Ingest;
using EdgeQueue.Cloud.Reports.Periods;
using EdgeQueue.Cloud.Storage;

namespace EdgeQueue.Cloud.Reports;

/// <summary>Branches of one time zone, and their days as the quarters of an hour of the table <c>quarter</c> and as moments.</summary>
internal sealed record ReportRange(long[] Branches, long FirstQuarter, long EndQuarter, long FromMs, long ToMs);

/// <summary>Brings the rows of <c>quarter</c> into a report: by time, by service, and by branch, or of one branch by counter.</summary>
internal sealed class QuarterReader(IDatabase database)
{
    /// <summary>Of one of a report's queries.</summary>
    public const int LongestSeconds = 300;

    private const string Rows = "q.quarter >= @first and q.quarter < @end";

    private static readonly string Measures = string.Join(", ", Measure.Columns.Select(c => $"q.{c}"));

    private static readonly string Sums = string.Join(", ", Measure.Columns.Select(c => $"cast(sum(q.{c}) as bigint)"));

    public async Task ReadAsync(ReportRange of, LocalDays days, bool oneBranch, ReportSums to, CancellationToken cancellation)
    {
        if (!database.Sql.AddsUpElsewhere)
        {
            await EachAsync(of, days, oneBranch, to, cancellation);
            return;
        }

        await GroupsAsync("cast(q.quarter as text)", of, (key, row) => to.AddQuarter(days.LocalOf(long.Parse(key, CultureInfo.InvariantCulture)), row), cancellation);
        await GroupsAsync("q.service", of, to.AddService, cancellation);
        await (oneBranch ? GroupsAsync("q.counter", of, to.AddCounter, cancellation) : GroupsAsync("cast(q.branch as text)", of, to.AddBranch, cancellation));
    }

    private Task<bool> GroupsAsync(string by, ReportRange of, Action<string, long[]> add, CancellationToken cancellation) => ReadAsync(
        $"{by}, {Sums}", "group by 1", of,
        reader =>
        {
            long[] row = new long[Measure.Count];
            return () => add(reader.GetString(0), Fill(row, reader, 1));
        },
        cancellation);

    private Task<bool> EachAsync(ReportRange of, LocalDays days, bool oneBranch, ReportSums to, CancellationToken cancellation) => ReadAsync(
        $"q.branch, q.quarter, q.service, q.counter, {Measures}", "", of,
        reader =>
        {
            long[] row = new long[Measure.Count];
            Dictionary<long, DateTime> locals = [];
            Dictionary<long, string> branches = of.Branches.ToDictionary(b => b, b => b.ToString(CultureInfo.InvariantCulture));
            return () =>
            {
                Fill(row, reader, 4);
                long quarter = reader.GetInt64(1);
                if (!locals.TryGetValue(quarter, out DateTime local))
                {
                    locals[quarter] = local = days.LocalOf(quarter);
                }

                to.AddQuarter(local, row);
                to.AddService(reader.GetString(2), row);
                if (oneBranch)
                {
                    to.AddCounter(reader.GetString(3), row);
                }
                else
                {
                    to.AddBranch(branches[reader.GetInt64(0)], row);
                }
            };
        },
        cancellation);

    private Task<bool> ReadAsync(string columns, string end, ReportRange of, Func<DbDataReader, Action> takerOf, CancellationToken cancellation) => database.ReadAsync(
        async connection =>
        {
            await using DbDataReader reader = await connection.ExecuteReaderAsync(new CommandDefinition(
                $"select {columns} from quarter q where {database.Sql.AnyOf("q.branch", "@branches")} and {Rows} {end}",
                new { branches = of.Branches, first = of.FirstQuarter, end = of.EndQuarter }, commandTimeout: LongestSeconds, cancellationToken: cancellation));
            Action take = takerOf(reader);
            while (await reader.ReadAsync(cancellation))
            {
                take();
            }

            return true;
        },
        cancellation);

    private static long[] Fill(long[] row, DbDataReader reader, int from)
    {
        for (int i = 0; i < row.Length; i++)
        {
            row[i] = reader.GetInt64(from + i);
        }

        return row;
    }
}
