using System.Data.Common;
using Dapper;
using EdgeQueue.Cloud.Ingest;
using EdgeQueue.Cloud.Storage;

namespace EdgeQueue.Cloud.Reports.Days;

/// <summary>
/// Packs the days that are over, and anew those that something was added to since, a small part in each transaction: it may be killed at any moment, goes on where it was,
/// and ingest writes in between.
/// </summary>
internal sealed class DayPacker(IDatabase database, TimeProvider time)
{
    /// <summary>After the end of a day, in UTC. Two hours less than what is not late may be late (<c>0540-packed-day.sql</c>): replicas' clocks differ, and transactions take their time.</summary>
    private const long RestMs = 4 * 3_600_000;

    private const long DayMs = 86_400_000;

    private const int DaysAtOnce = 8;

    private const int BranchesAtOnce = 20;

    /// <summary>Rows of <c>quarter</c> after which a transaction ends: some 50 ms, for which SQLite lets nobody else write.</summary>
    private const int RowsAtOnce = 4_000;

    /// <summary>One replica at a time.</summary>
    private const long Lock = 0x6571_7061_636b;

    private static readonly RowsStatement Mark = new(
        "insert into packed_day(branch, day, sums) select branch, day, null from {rows} where true order by 1, 2 on conflict (branch, day) do update set sums = null", ("branch", ColumnType.Bigint), ("day", ColumnType.Bigint));

    private static readonly RowsStatement Put = new(
        "update packed_day set sums = r.sums from {rows} where packed_day.branch = r.branch and packed_day.day = r.day", ("branch", ColumnType.Bigint), ("day", ColumnType.Bigint), ("sums", ColumnType.Bytea));

    private static readonly RowsStatement Forget = new(
        "delete from packed_day where (branch, day) in (select branch, day from {rows})", ("branch", ColumnType.Bigint), ("day", ColumnType.Bigint));

    private static readonly RowsStatement Move = new(
        "insert into packed_until(branch, day) select branch, day from {rows} where true order by 1 on conflict (branch) do update set day = excluded.day", ("branch", ColumnType.Bigint), ("day", ColumnType.Bigint));

    private static readonly string Columns = string.Join(", ", Measure.Columns);

    /// <summary>The last day that is packed.</summary>
    private long Last => ((time.GetUtcNow().ToUnixTimeMilliseconds() - RestMs) / DayMs) - 1;

    /// <summary>Packs a part of what is to be packed.</summary>
    /// <returns>Whether there may be more.</returns>
    public Task<bool> PackSomeAsync(CancellationToken cancellation) => database.WriteAsync(
        async t =>
        {
            await database.Sql.LockAsync(t, Lock);
            await StepBackAsync(t);
            return await PackLateAsync(t, cancellation) || await PackNewAsync(t, cancellation);
        },
        cancellation);

    /// <summary>The clock was ahead when days were packed that are not over: what is counted of them now is not late and marks nothing.</summary>
    private async Task StepBackAsync(DbTransaction t)
    {
        if (await t.Connection!.ExecuteAsync("update packed_until set day = @Last where day > @Last", new { Last }, t) > 0)
        {
            await t.Connection!.ExecuteAsync("update packed_day set sums = null where day > @Last and sums is not null", new { Last }, t);
        }
    }

    private async Task<bool> PackLateAsync(DbTransaction t, CancellationToken cancellation)
    {
        List<Place> late = (await t.Connection!.QueryAsync<Place>(
            $"select d.branch as Branch, d.day as Day from packed_day d join packed_until u on u.branch = d.branch where d.sums is null and d.day <= u.day order by d.branch, d.day limit {BranchesAtOnce}", transaction: t)).AsList();
        foreach (Place place in late)
        {
            await PackAsync(t, place.Branch, place.Day, place.Day, cancellation);
        }

        return late.Count > 0;
    }

    private async Task<bool> PackNewAsync(DbTransaction t, CancellationToken cancellation)
    {
        // Nobody packs days that ingest has not seen the branch of: a branch is there before its rows.
        List<Place> behind = (await t.Connection!.QueryAsync<Place>(
            $"select b.id as Branch, coalesce(u.day, -1) as Day from branch b left join packed_until u on u.branch = b.id where coalesce(u.day, -1) < @Last order by b.id limit {BranchesAtOnce}", new { Last }, t)).AsList();
        long last = Last;
        int read = 0;
        foreach (Place place in behind)
        {
            // From the first of its days on that has something.
            long? next = await t.Connection!.ExecuteScalarAsync<long?>(
                "select min(quarter) from quarter where branch = @Branch and quarter >= @from", new { place.Branch, from = (place.Day + 1) * PackedDay.Quarters }, t) / PackedDay.Quarters;
            long until = next is { } first && first <= last ? Math.Min(first + DaysAtOnce - 1, last) : last;
            if (next <= last)
            {
                read += await PackAsync(t, place.Branch, next.Value, until, cancellation);
            }

            await Move.RunAsync(database.Sql, t, [[place.Branch, until]], cancellation);
            if (read >= RowsAtOnce)
            {
                break;
            }
        }

        return behind.Count > 0;
    }

    /// <summary>The marks first: who adds to one of these days waits for this transaction, or this one has waited for them and reads what they added.</summary>
    private async Task<int> PackAsync(DbTransaction t, long branch, long first, long last, CancellationToken cancellation)
    {
        await Mark.RunAsync(database.Sql, t, [.. Range(first, last).Select(d => (object[])[branch, d])], cancellation);
        Dictionary<long, List<(long, string, long[])>> days = [];
        int read = 0;
        await using (DbDataReader reader = await t.Connection!.ExecuteReaderAsync(new CommandDefinition(
            $"select quarter, service, {Columns} from quarter where branch = @branch and quarter >= @from and quarter < @to",
            new { branch, from = first * PackedDay.Quarters, to = (last + 1) * PackedDay.Quarters }, t, cancellationToken: cancellation)))
        {
            while (await reader.ReadAsync(cancellation))
            {
                long quarter = reader.GetInt64(0);
                long[] row = new long[Measure.Count];
                for (int i = 0; i < row.Length; i++)
                {
                    row[i] = reader.GetInt64(2 + i);
                }

                if (!days.TryGetValue(quarter / PackedDay.Quarters, out List<(long, string, long[])>? day))
                {
                    days[quarter / PackedDay.Quarters] = day = [];
                }

                day.Add((quarter, reader.GetString(1), row));
                read++;
            }
        }

        await Put.RunAsync(database.Sql, t, [.. days.OrderBy(d => d.Key).Select(d => (object[])[branch, d.Key, PackedDay.Write(d.Key, d.Value)])], cancellation);
        await Forget.RunAsync(database.Sql, t, [.. Range(first, last).Where(d => !days.ContainsKey(d)).Select(d => (object[])[branch, d])], cancellation);
        return read;
    }

    private static IEnumerable<long> Range(long first, long last)
    {
        for (long day = first; day <= last; day++)
        {
            yield return day;
        }
    }

    private sealed record Place(long Branch, long Day);
}
