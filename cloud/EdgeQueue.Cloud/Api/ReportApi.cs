using System.Globalization;
using System.Data.Common;
using EdgeQueue.Cloud.Ingest;
using EdgeQueue.Cloud.Storage;
using EdgeQueue.Core.Contracts;

namespace EdgeQueue.Cloud.Api;

/// <summary>The figures of each quarter of an hour, as they are kept.</summary>
internal sealed class ReportApi(IDatabase database)
{
    public const int MostAtOnce = 1_000;

    private const int MostDays = 31;

    private const long QuarterMs = 900_000;

    /// <param name="branch">One branch; null: all of the key's.</param>
    /// <param name="from">Begin of the range, RFC 3339; whole quarters of an hour that begin in it are given.</param>
    /// <param name="to">Its end, exclusive; at most 31 days later.</param>
    public async Task<IResult> QuartersAsync(KeyInUse key, string? branch, string? from, string? to, string? cursor, int? limit, CancellationToken cancellation)
    {
        if (InstantJson.Of(from) is not { } begin || InstantJson.Of(to) is not { } end || end <= begin || end - begin > TimeSpan.FromDays(MostDays) || limit is < 1 or > MostAtOnce
            || (branch is not null && !Topics.IsName(branch)) || PlaceOf(cursor) is not { } after)
        {
            return ApiFault.Wrong($"'from' and 'to' are times like 2026-11-22T00:00:00Z, at most {MostDays} days apart; 'limit' is 1 to {MostAtOnce}; 'cursor' is what 'next' was.");
        }

        int most = limit ?? MostAtOnce;
        List<(QuarterItem Item, string Place)> rows = await database.ReadAsync(
            async connection =>
            {
                await using DbCommand command = connection.CreateCommand();
                command.CommandText =
                    $"""
                    select b.name, q.branch, q.quarter, q.service, q.counter, {string.Join(", ", Measure.Columns.Select(c => "q." + c))} from quarter q join branch b on b.id = q.branch
                    where q.quarter >= @first and q.quarter < @last and (@branch = '' or b.name = @branch) and {Scope(key)}
                      and (q.quarter > @quarter or (q.quarter = @quarter and (q.branch > @of or (q.branch = @of and (q.service > @service or (q.service = @service and q.counter > @counter))))))
                    order by q.quarter, q.branch, q.service, q.counter limit {most + 1}
                    """;
                Add(command, "first", Quarter(begin));
                Add(command, "last", Quarter(end));
                Add(command, "branch", branch ?? "");
                Add(command, "quarter", after.Quarter);
                Add(command, "of", after.Branch);
                Add(command, "service", after.Service);
                Add(command, "counter", after.Counter);
                if (!key.Sees.IsAll)
                {
                    Add(command, "region", key.Sees.Regions[0]);
                }

                var found = new List<(QuarterItem, string)>();
                await using DbDataReader row = await command.ExecuteReaderAsync(cancellation);
                while (await row.ReadAsync(cancellation))
                {
                    found.Add((ItemOf(row), string.Create(CultureInfo.InvariantCulture, $"{row.GetInt64(2)}~{row.GetInt64(1)}~{row.GetString(3)}~{row.GetString(4)}")));
                }

                return found;
            },
            cancellation);
        return TypedResults.Ok(new QuarterList([.. rows.Take(most).Select(r => r.Item)], rows.Count > most ? rows[most - 1].Place : null));
    }

    /// <summary>A key sees all, or one region.</summary>
    private static string Scope(KeyInUse key) => key.Sees.IsAll ? "1 = 1" : "b.region = @region";

    private static QuarterItem ItemOf(DbDataReader row)
    {
        long Of(int measure) => row.GetInt64(5 + measure);
        long[] Bucket(int first) => [.. Enumerable.Range(first, Buckets.Count).Select(Of)];
        return new(
            row.GetString(0), DateTimeOffset.FromUnixTimeMilliseconds(Math.Clamp(row.GetInt64(2), 0, 281_474_000) * QuarterMs), row.GetString(3), row.GetString(4),
            Of(Measure.Issued), Of(Measure.Called), Of(Measure.Served), Of(Measure.NoShows), Of(Measure.Gone), Of(Measure.OverTarget),
            Of(Measure.WaitMs), Of(Measure.WalkMs), Of(Measure.ServeMs), Bucket(Measure.WaitBuckets), Bucket(Measure.WalkBuckets), Bucket(Measure.ServeBuckets));
    }

    private static long Quarter(DateTimeOffset at) => (at.ToUnixTimeMilliseconds() + QuarterMs - 1) / QuarterMs;

    /// <returns>Null: it is none of ours.</returns>
    private static QuarterKey? PlaceOf(string? cursor)
    {
        if (cursor is null)
        {
            return new(-1, -1, "", "");
        }

        string[] parts = cursor.Split('~');
        return parts.Length == 4 && cursor.Length <= 300 && !cursor.Contains('\0', StringComparison.Ordinal)
            && long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out long quarter) && long.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out long branch)
            ? new(branch, quarter, parts[2], parts[3]) : null;
    }

    private static void Add(DbCommand command, string name, object value)
    {
        DbParameter parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
    }
}
