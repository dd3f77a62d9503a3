using System.Buffers.Text;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using EdgeQueue.Benchmarks.Ingest;
using EdgeQueue.Benchmarks.Stage;
using EdgeQueue.Benchmarks.Table;
using Npgsql;

namespace EdgeQueue.Benchmarks.Network;

/// <summary>
/// Head office's look at 65,000 branches over PostgreSQL, of which 2,000 say something every half minute as hubs do: how long the page and a search take
/// beside the bare query, how much is sent, and what a hundred watchers cost beside one.
/// </summary>
internal static class NetworkBenchmark
{
    private const int Branches = 65_000;
    private const int ChangesASecond = 70;

    private const string Query =
        """
        select count(*), sum(waiting), sum(over_target), sum(counters_open), sum(missing + faults), max(at - oldest_since) from live;
        select b.name, b.title, l.online, l.waiting, l.over_target, l.oldest_since, l.counters_open, l.missing, l.version from live l join branch b on b.id = l.branch
        order by case when l.online = 1 then 0 else 1000000 end + least(l.faults, 50) * 10000 + least(l.missing, 50) * 5000 + least(l.over_target, 40) * 100 desc, b.name limit 100
        """;

    /// <param name="watched">How long watchers watch, four times.</param>
    public static async Task<IReadOnlyList<BudgetRow>> RunAsync(TimeSpan watched)
    {
        await using var stage = new IngestStage();
        await stage.StartAsync(CancellationToken.None);
        using var http = new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = 200 }) { BaseAddress = stage.Url };
        await using NpgsqlDataSource source = NpgsqlDataSource.Create(stage.Connection);
        await ExecuteAsync(
            source,
            string.Create(CultureInfo.InvariantCulture, $"insert into branch(name, created_at) select 'branch-' || i, 0 from generate_series(1, {Branches}) i;")
            + "insert into live select id, 'j', 1, 1, 0, (extract(epoch from now()) * 1000)::bigint, id % 40, case when id % 50 = 0 then id % 31 else 0 end, -1, 3, case when id % 500 = 0 then 1 else 0 end, 0, '0.1.0', 'Branch no ' || id, '{}' from branch;"
            + "analyze");
        http.DefaultRequestHeaders.Add("Cookie", await SignInAsync(source));
        await WaitForAllAsync(http);

        using var end = new CancellationTokenSource();
        Task changing = ChangeAsync(source, end.Token);
        Samples query = await TimesAsync(() => ExecuteAsync(source, Query));
        Samples page = await TimesAsync(() => http.GetByteArrayAsync("/network"));
        Samples search = await TimesAsync(() => http.GetByteArrayAsync("/network?q=branch-64321"));
        int bytes = (await http.GetByteArrayAsync("/network")).Length;

        (double one, double hundred, long sent) = (0, 0, 0);
        for (int turn = 0; turn < 2; turn++)
        {
            one += (await WatchAsync(stage, http, 1, watched)).Cpu;
            (double cpu, long got) = await WatchAsync(stage, http, 100, watched);
            hundred += cpu;
            sent += got;
        }

        await end.CancelAsync();
        await changing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        double seconds = 2 * watched.TotalSeconds;
        return
        [
            new(
                string.Create(CultureInfo.InvariantCulture, $"cloud: network page over {BudgetRow.Count(Branches)} branches, {ChangesASecond} of them changed each second: p50 of {page.Count}"),
                BudgetRow.Milliseconds(page.Median), $"the bare query {BudgetRow.Milliseconds(query.Median)}", BudgetRow.Times(page.Median / query.Median), "≤ 2 ×, ≤ 0.5 s",
                page.Median <= 500 && page.Median <= 2 * query.Median),
            new("… longest; and its bytes", $"{BudgetRow.Milliseconds(page.Percentile(100))}, {BudgetRow.Count(bytes)} bytes", "", "", "≤ 0.5 s, ≤ 64 KiB", page.Percentile(100) <= 500 && bytes <= 64 * 1024),
            new("… a search, p50, longest", $"{BudgetRow.Milliseconds(search.Median)}, {BudgetRow.Milliseconds(search.Percentile(100))}", "", "", "≤ 0.5 s", search.Percentile(100) <= 500),
            new(
                string.Create(CultureInfo.InvariantCulture, $"… the cloud's processor time while 100 people watch it live, twice {watched.TotalSeconds:0} s"),
                string.Create(CultureInfo.InvariantCulture, $"{hundred / seconds * 1000:0} ms a second, {sent / seconds / 100 / 1000:0} kB/s each"),
                string.Create(CultureInfo.InvariantCulture, $"one watcher {one / seconds * 1000:0} ms a second"), BudgetRow.Times(hundred / one), "no more than with one (≤ 1.25 ×)", hundred <= 1.25 * one),
        ];
    }

    /// <summary>Somebody of head office who is signed in, as the cloud would have written it.</summary>
    private static async Task<string> SignInAsync(NpgsqlDataSource source)
    {
        string secret = Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));
        string hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.ASCII.GetBytes(secret)));
        await ExecuteAsync(
            source,
            string.Create(CultureInfo.InvariantCulture, $"""
            with a as (insert into account(name, role, password, disabled, made_at, signed_in_at) values ('watcher', 'head-office', '', 0, 0, 0) returning id)
            insert into session(token_hash, account, made_at, seen_at) select '{hash}', id, {DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()}, {DateTimeOffset.UtcNow.ToUnixTimeMilliseconds()} from a
            """));
        return "edgequeue=" + secret;
    }

    private static async Task WaitForAllAsync(HttpClient http)
    {
        // The board reads all rows every half minute.
        for (var waited = Stopwatch.StartNew(); !(await http.GetStringAsync("/network")).Contains("<b>65000</b>", StringComparison.Ordinal); await Task.Delay(500))
        {
            if (waited.Elapsed > TimeSpan.FromMinutes(2))
            {
                throw new BenchmarkException("The cloud did not see its 65,000 branches.");
            }
        }
    }

    /// <summary>As the replica that takes the hubs' messages writes them.</summary>
    private static async Task ChangeAsync(NpgsqlDataSource source, CancellationToken end)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(0.25));
        for (int turn = 0; await timer.WaitForNextTickAsync(end); turn++)
        {
            await ExecuteAsync(
                source,
                string.Create(CultureInfo.InvariantCulture, $$"""
                with c as (
                  update live set beat = beat + 1, received_at = (extract(epoch from now()) * 1000)::bigint, waiting = (waiting + 1) % 40
                  where branch in (select 1 + (({{turn}} * {{ChangesASecond / 4}} + i) * 29) % 65000 from generate_series(1, {{ChangesASecond / 4}}) i) returning branch)
                select pg_notify('edgequeue_live', (select string_agg(branch::text, ',') from c))
                """));
        }
    }

    private static async Task<Samples> TimesAsync(Func<Task> act)
    {
        const int Unmeasured = 10;
        var samples = new Samples();
        for (int i = 0; i < 60 + Unmeasured; i++)
        {
            long began = Stopwatch.GetTimestamp();
            await act();
            if (i >= Unmeasured)
            {
                samples.Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
            }
        }

        return samples;
    }

    private static async Task<(double Cpu, long Bytes)> WatchAsync(IngestStage stage, HttpClient http, int watchers, TimeSpan time)
    {
        using var end = new CancellationTokenSource();
        Stream[] streams = await Task.WhenAll(Enumerable.Range(0, watchers).Select(async _ =>
            await (await http.GetAsync("/network/live", HttpCompletionOption.ResponseHeadersRead, end.Token)).EnsureSuccessStatusCode().Content.ReadAsStreamAsync(end.Token)));
        long got = 0;
        Task[] reading = [.. streams.Select(s => Task.Run(async () =>
        {
            byte[] buffer = new byte[64 * 1024];
            while (await s.ReadAsync(buffer, end.Token) is > 0 and var read)
            {
                Interlocked.Add(ref got, read);
            }
        }))];
        await Task.Delay(TimeSpan.FromSeconds(2));
        double before = CpuTime.Of(stage.Cloud.Pid);
        long beforeBytes = Interlocked.Read(ref got);
        await Task.Delay(time);
        double cpu = CpuTime.Of(stage.Cloud.Pid) - before;
        long bytes = Interlocked.Read(ref got) - beforeBytes;
        await end.CancelAsync();
        await Task.WhenAll(reading).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        foreach (Stream stream in streams)
        {
            await stream.DisposeAsync();
        }

        return bytes > 0 ? (cpu, bytes) : throw new BenchmarkException("The watchers saw nothing.");
    }

    private static async Task ExecuteAsync(NpgsqlDataSource source, string sql)
    {
        await using NpgsqlCommand command = source.CreateCommand(sql);
        await using NpgsqlDataReader reader = await command.ExecuteReaderAsync();
        do
        {
            while (await reader.ReadAsync())
            {
                // A page would read them, too.
            }
        }
        while (await reader.NextResultAsync());
    }
}
