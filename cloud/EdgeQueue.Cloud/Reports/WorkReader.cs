using System.Text;
using System.Text.Json;
using Dapper;
using EdgeQueue.Cloud.Reports.Figures;
using EdgeQueue.Cloud.Reports.Periods;
using EdgeQueue.Cloud.Storage;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Cloud.Reports;

/// <summary>Reads the events that say who served and how it ended; they are kept for <c>ingest.keepDays</c>.</summary>
internal sealed class WorkReader(IDatabase database, ReportsSettings settings)
{
    private static readonly string[] Types = [.. WorkFigures.Wanted.Select(EventJson.TypeOf)];

    /// <returns>Null: there are more events than one report reads.</returns>
    public Task<WorkFigures?> ReadAsync(IReadOnlyList<BranchPlace> branches, ReportPeriod period, CancellationToken cancellation) => database.ReadAsync(
        async connection =>
        {
            // The day of an event is of its wall clock in UTC: a branch's own days lie within one day more on either side.
            long first = period.From.DayNumber - DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber - 1;
            IAsyncEnumerable<Row> rows = connection.QueryUnbufferedAsync<Row>(
                $"""
                select j.branch as Branch, e.at as At, e.type as Type, e.data as Data from event e join journal j on j.id = e.journal
                where {database.Sql.AnyOf("j.branch", "@branches")} and e.day >= @first and e.day <= @last and {database.Sql.AnyOf("e.type", "@Types")}
                order by e.journal, e.seq limit @most
                """,
                new { branches = branches.Select(b => b.Id).ToArray(), first, last = first + period.Days + 1, Types, most = settings.MostEvents + 1L });
            Dictionary<long, (long From, long To)> ranges = branches.ToDictionary(b => b.Id, b =>
            {
                var days = new LocalDays(LocalDays.Zone(b.Zone, settings.FindZone()));
                return (days.StartMs(period.From), days.StartMs(period.To.AddDays(1)));
            });
            var figures = new WorkFigures();
            long read = 0;
            await foreach (Row row in rows.WithCancellation(cancellation))
            {
                if (++read > settings.MostEvents)
                {
                    return null;
                }

                (long from, long to) = ranges[row.Branch];
                if (EventOf(row) is { } happened)
                {
                    // Who was called before midnight is finished after it, and what was finished before it is taken back after it.
                    figures.Take(row.Branch, happened, counts: row.At >= from && row.At < to);
                }
            }

            return (WorkFigures?)figures;
        },
        cancellation);

    private static Event? EventOf(Row row)
    {
        try
        {
            return EventJson.NameOf(row.Type) is { } known ? EventJson.Read(known, StorableText.OfJson(Encoding.UTF8.GetBytes(row.Data))) : null;
        }
        catch (Exception fault) when (fault is JsonException or NotSupportedException or InvalidOperationException)
        {
            // Of a newer release of the hub: it is counted when this one can read it.
            return null;
        }
    }

    private sealed record Row(long Branch, long At, string Type, string Data);
}
