using System.Diagnostics;
using System.Globalization;
using EdgeQueue.Benchmarks.Stage;
using EdgeQueue.Benchmarks.Table;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Hub.Journal;

namespace EdgeQueue.Benchmarks.Replay;

/// <summary>How long a hub takes to know its branch again, from all events and from a snapshot, beside only reading the rows.</summary>
internal static class ReplayBenchmark
{
    private const int Rounds = 3;
    private const double SecondsBudget = 10;

    public static async Task<IReadOnlyList<BudgetRow>> RunAsync(int events)
    {
        await using var stage = BenchStage.Prepare(null, 10, shortLabels: false, _ => false);
        var path = stage.Branch.Journal;
        JournalFile.Create(path, BenchBranch.Name);
        long written;
        using (var journal = SqliteJournal.Open(path))
        {
            written = new JournalOfYears(journal, stage.Branch.Branch.Rules).Write(events);
        }

        var (reading, parsing, replaying) = (new Samples(), new Samples(), new Samples());
        for (var round = 0; round < Rounds; round++)
        {
            reading.Add(Time(reader =>
            {
                long bytes = 0;
                reader.Events(0, long.MaxValue, (_, _, _, data) => bytes += data.Length);
                return bytes;
            }));
            parsing.Add(Time(reader =>
            {
                long read = 0;
                reader.Events(0, long.MaxValue, (_, _, type, data) => read += EventJson.Read(type, data).At.Milliseconds);
                return read;
            }));
            replaying.Add(Time(reader => EdgeQueue.Hub.Journal.Replay.All(reader).Seq));
        }

        var cold = await StartAsync(stage);
        using (var journal = SqliteJournal.Open(path))
        {
            using var reader = journal.Reader();
            var latest = EdgeQueue.Hub.Journal.Replay.All(reader);
            journal.Commit(new JournalBatch { Snapshot = new SnapshotRow(latest.Seq, EdgeQueue.Hub.Journal.Replay.Write(latest.State)) });
        }

        var warm = await StartAsync(stage);
        var count = BudgetRow.Count(written);
        return
        [
            new($"replay of {count} events, in memory", Seconds(replaying.Median), $"reading the rows {Seconds(reading.Median)}",
                BudgetRow.Times(replaying.Median / reading.Median), "≤ 3 ×, ≤ 10 s",
                replaying.Median <= 3 * reading.Median && replaying.Median <= SecondsBudget * 1000),
            new("of that, to read and parse them", Seconds(parsing.Median), $"reading the rows {Seconds(reading.Median)}",
                BudgetRow.Times(parsing.Median / reading.Median), "", null),
            new($"start of the published hub with {count} events and no snapshot, until /healthz says well", Seconds(cold), "", "",
                "≤ 10 s", cold <= SecondsBudget * 1000),
            new("the same with a snapshot", Seconds(warm), "", "", "", null),
        ];

        double Time(Func<JournalReader, long> read)
        {
            using var reader = JournalReader.Open(path);
            var (began, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
            if (read(reader) == 0)
            {
                throw new BenchmarkException("The journal is empty.");
            }

            var elapsed = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"  {elapsed / written * 1000:0.00} µs a row, of processor time {(Environment.CpuUsage.TotalTime - used).TotalMicroseconds / written:0.00} µs"));
            return elapsed;
        }
    }

    /// <summary>Milliseconds. The broker runs already: what is asked is the hub's own start.</summary>
    private static async Task<double> StartAsync(BenchStage stage)
    {
        await using var branch = new RestartedHub(stage.Branch);
        return await branch.StartAsync();
    }

    private static string Seconds(double milliseconds) => string.Create(CultureInfo.InvariantCulture, $"{milliseconds / 1000:0.00} s");
}
