using System.Globalization;
using EdgeQueue.Benchmarks.Table;

namespace EdgeQueue.Benchmarks.Ingest;

/// <summary>
/// Simulated hubs through mosquitto into PostgreSQL with aggregates: as fast as it goes, beside the bare statement; then at a steady rate with the ingester, the
/// broker and the database killed in between. Then everything is counted: created = acknowledged = stored = in the aggregates.
/// </summary>
internal static class IngestBenchmark
{
    private const int Branches = 65_000;
    private const int HubsWithBacklog = 200;

    /// <summary>Only as fast as it goes.</summary>
    public static async Task<IReadOnlyList<BudgetRow>> CeilingAsync(int events, int rounds)
    {
        await using var stage = new IngestStage();
        await stage.StartAsync(CancellationToken.None);
        int ids = 0;
        return await new IngestCeiling(stage, HubsWithBacklog, events, rounds, () => ++ids).MeasureAsync();
    }

    /// <param name="hubs">At once; over time they are 65,000 branches.</param>
    /// <param name="rate">Events a second.</param>
    /// <param name="kills">Of each of the three.</param>
    /// <param name="rounds">As fast as it goes; 0: only the steady rate.</param>
    public static async Task<IReadOnlyList<BudgetRow>> RunAsync(int hubs, int rate, TimeSpan time, int kills, int ceilingEvents, int rounds)
    {
        await using var stage = new IngestStage();
        await stage.StartAsync(CancellationToken.None);
        int ids = 0;
        var ceiling = new IngestCeiling(stage, HubsWithBacklog, ceilingEvents, rounds, () => Interlocked.Increment(ref ids));
        IReadOnlyList<BudgetRow> rows = rounds > 0 ? await ceiling.MeasureAsync() : [];

        int spread = Math.Max(BranchDay.EventsOfAVisit, (int)(rate * time.TotalSeconds / Branches) / BranchDay.EventsOfAVisit * BranchDay.EventsOfAVisit);
        var steady = new IngestLoad(stage, hubs, rate, spread, () => Interlocked.Increment(ref ids) is var id && id <= Branches ? id : 0);
        await using (steady)
        {
            await steady.GoAsync(time, kills);
            await steady.AcknowledgedAsync();
            foreach (string line in kills > 0 ? steady.Tail() : [])
            {
                await Console.Error.WriteLineAsync(line);
            }
        }

        double steadily = steady.Created / time.TotalSeconds;
        Samples latencies = steady.Latencies;

        long created = ceiling.Created + steady.Created;
        long acknowledged = ceiling.Acknowledged + steady.Acknowledged;
        long tickets = ceiling.Tickets + steady.Tickets;
        long stored = await stage.CountAsync("select count(*) from event");
        long issued = await stage.CountAsync("select sum(issued) from quarter");
        long gaps = await stage.CountAsync("select count(*) from journal j left join (select journal, count(*) n, max(seq) m from event group by 1) e on e.journal = j.id where j.seq <> coalesce(e.n, 0) or j.seq <> coalesce(e.m, 0)");
        long measured = await stage.CountAsync("select sum(issued + called + served) from quarter");
        long expected = await stage.CountAsync("select count(*) from event where type in ('ticketIssued', 'visitCalled', 'transactionFinished')");
        long waited = await stage.CountAsync("select sum(wait_ms) from quarter");
        long told = await stage.CountAsync("select sum((data::json->'why'->>'waitMs')::bigint) from event where type = 'visitCalled'");
        long buckets = await stage.CountAsync($"select sum({string.Join(" + ", Enumerable.Range(0, 12).Select(i => string.Create(CultureInfo.InvariantCulture, $"wait_{i}")))}) from quarter");
        long calls = await stage.CountAsync("select count(*) from event where type = 'visitCalled'");
        long branches = await stage.CountAsync("select count(*) from branch");
        bool sound = created == acknowledged && created == stored && issued == tickets && gaps == 0 && measured == expected && waited == told && buckets == calls;
        return
        [
            .. rows,
            new(
                string.Create(CultureInfo.InvariantCulture, $"the same at a steady rate for {time.TotalSeconds:0} s, {hubs} hubs at once, ingester, broker and PostgreSQL killed {kills} times each"),
                $"{BudgetRow.Count(steadily)}/s",
                $"from making to the answer p50 {BudgetRow.Milliseconds(latencies.Median)}, p99 {BudgetRow.Milliseconds(latencies.P99)}, longest {BudgetRow.Milliseconds(latencies.Percentile(100))}", "",
                $"≥ {BudgetRow.Count(rate)}/s", steadily >= rate * 0.99),
            new(
                "… created = acknowledged = stored = in the aggregates, no gap",
                $"{BudgetRow.Count(created)} = {BudgetRow.Count(acknowledged)} = {BudgetRow.Count(stored)}; tickets {BudgetRow.Count(tickets)} = {BudgetRow.Count(issued)}; waiting {BudgetRow.Count(told)} = {BudgetRow.Count(waited)} ms of {BudgetRow.Count(calls)} = {BudgetRow.Count(buckets)} calls",
                $"{BudgetRow.Count(branches)} branches, {gaps} gaps, {BudgetRow.Count(measured)} of {BudgetRow.Count(expected)} counted", "", "equal", sound),
        ];
    }
}
