using System.Diagnostics;
using System.Globalization;
using EdgeQueue.Core.Contracts.Cloud;
using Npgsql;

namespace EdgeQueue.Benchmarks.Ingest;

/// <summary>
/// The limit: the same rows into tables of the same form on the same server, as durably, by one prepared statement for 5,000 events:
/// <c>insert … select from unnest … on conflict do nothing returning …</c>, which feeds the upsert of the same aggregates. No brokers, no reading of events
/// (what is to be counted of each is known beforehand), no watermarks, no open visits.
/// </summary>
internal sealed class BareStatement(string connection, int writers)
{
    private const int BranchesAtOnce = 25;
    private const int AtOnce = BranchesAtOnce * EventBatch.MostEvents;

    private static readonly string[] Durations = ["wait", "walk", "serve"];
    private static readonly string[] Kinds = ["kind in (2, 3)", "kind = 4", "kind = 5"];

    // A plan for any arrays takes them for short ones, and would compare each row with each.
    private readonly NpgsqlDataSource _source = NpgsqlDataSource.Create(connection + ";Options=-c enable_nestloop=off");
    private long _branches;

    /// <summary>Makes the tables, by the cloud's own.</summary>
    public async Task PrepareAsync()
    {
        await ExecuteAsync("create table bare_event (like event including defaults including constraints, primary key (journal, seq, day)) partition by range (day)");
        await ExecuteAsync("create table bare_event_other partition of bare_event default");
        long today = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds() / 86_400_000;
        for (long day = today - 3; day <= today; day++)
        {
            await ExecuteAsync(string.Create(CultureInfo.InvariantCulture, $"create table bare_event_{day} partition of bare_event for values from ({day}) to ({day + 1})"));
        }

        await ExecuteAsync("create table bare_quarter (like quarter including all) with (fillfactor = 80)");
    }

    /// <summary>Rows for so many events, made before the clock runs.</summary>
    /// <param name="eventsOfABranch">As the hubs of the run beside it have.</param>
    public IReadOnlyList<IReadOnlyList<BareRows>> Make(int events, int eventsOfABranch) =>
        [.. Enumerable.Range(0, writers).Select(_ => MakeOne(events / writers, eventsOfABranch))];

    /// <returns>Seconds, and events that were stored.</returns>
    public async Task<(double Seconds, long Events)> RunAsync(IReadOnlyList<IReadOnlyList<BareRows>> rows)
    {
        var began = Stopwatch.StartNew();
        int[] stored = await Task.WhenAll(rows.Select(some => Task.Run(() => WriteAsync(some))));
        return (began.Elapsed.TotalSeconds, stored.Sum());
    }

    private List<BareRows> MakeOne(int events, int eventsOfABranch)
    {
        var statements = new List<BareRows>();
        long now = DateTimeOffset.UtcNow.ToUnixTimeMilliseconds();
        while (statements.Count * AtOnce < events)
        {
            long first = _branches + 1;
            _branches += BranchesAtOnce;
            BranchDay[] days = [.. Enumerable.Range(0, BranchesAtOnce).Select(_ => new BranchDay())];
            for (int from = 0; from < eventsOfABranch && statements.Count * AtOnce < events; from += EventBatch.MostEvents)
            {
                var rows = new BareRows(AtOnce);
                for (int branch = 0; branch < BranchesAtOnce; branch++)
                {
                    for (int i = from; i < from + EventBatch.MostEvents; i++)
                    {
                        rows.Add(first + branch, i + 1, days[branch], now - (4000L * (eventsOfABranch - i)), 4000);
                    }
                }

                statements.Add(rows);
            }
        }

        return statements;
    }

    private async Task<int> WriteAsync(IReadOnlyList<BareRows> statements)
    {
        await using NpgsqlConnection opened = await _source.OpenConnectionAsync();
        await using var command = new NpgsqlCommand(Sql(), opened);
        var numbers = Enumerable.Range(0, 12).Select(_ => new NpgsqlParameter<long[]>()).ToArray();
        var texts = Enumerable.Range(0, 12).Select(_ => new NpgsqlParameter<string[]>()).ToArray();
        for (int i = 0; i < 12; i++)
        {
            command.Parameters.Add(i is 4 or 5 or 7 or 8 ? texts[i] : numbers[i]);
        }

        bool prepared = false;
        int stored = 0;
        foreach (BareRows rows in statements)
        {
            (numbers[0].TypedValue, numbers[1].TypedValue, numbers[2].TypedValue, numbers[3].TypedValue) = (rows.Journal, rows.Seq, rows.Day, rows.At);
            (texts[4].TypedValue, texts[5].TypedValue, numbers[6].TypedValue, texts[7].TypedValue) = (rows.Type, rows.Data, rows.Quarter, rows.Service);
            (texts[8].TypedValue, numbers[9].TypedValue, numbers[10].TypedValue, numbers[11].TypedValue) = (rows.Counter, rows.Kind, rows.Milliseconds, rows.Bucket);
            if (!prepared)
            {
                await command.PrepareAsync();
                prepared = true;
            }

            await command.ExecuteNonQueryAsync();
            stored += AtOnce;
        }

        return stored;
    }

    private static string Sql()
    {
        (string Column, string Sum)[] sums =
        [
            ("issued", "count(*) filter (where kind = 1)"), ("called", "count(*) filter (where kind in (2, 3))"), ("over_target", "count(*) filter (where kind = 3)"),
            ("served", "count(*) filter (where kind = 5)"),
            .. Durations.Zip(Kinds).Select(d => ($"{d.First}_ms", $"coalesce(sum(ms) filter (where {d.Second}), 0)")),
            .. Durations.Zip(Kinds).SelectMany(d => Enumerable.Range(0, 12).Select(b =>
                (string.Create(CultureInfo.InvariantCulture, $"{d.First}_{b}"), string.Create(CultureInfo.InvariantCulture, $"count(*) filter (where {d.Second} and bucket = {b})")))),
        ];
        return
            $"""
            with r as materialized (
              select * from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::text[], $6::text[], $7::bigint[], $8::text[], $9::text[], $10::bigint[], $11::bigint[], $12::bigint[])
                as r(journal, seq, day, at, type, data, quarter, service, counter, kind, ms, bucket)),
            stored as (
              insert into bare_event(journal, seq, day, at, type, data) select journal, seq, day, at, type, data from r order by 1, 2 on conflict do nothing returning journal, seq)
            insert into bare_quarter(branch, quarter, service, counter, {string.Join(", ", sums.Select(s => s.Column))})
            select journal, quarter, service, counter, {string.Join(", ", sums.Select(s => s.Sum))}
            from r join stored using (journal, seq) where kind > 0 group by 1, 2, 3, 4 order by 1, 2, 3, 4
            on conflict (branch, quarter, service, counter) do update set {string.Join(", ", sums.Select(s => $"{s.Column} = bare_quarter.{s.Column} + excluded.{s.Column}"))}
            """;
    }

    private async Task ExecuteAsync(string sql)
    {
        await using NpgsqlCommand command = _source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
