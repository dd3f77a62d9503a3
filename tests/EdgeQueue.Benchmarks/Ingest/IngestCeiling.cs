using System.Diagnostics;
using System.Globalization;
using EdgeQueue.Benchmarks.Stage;
using EdgeQueue.Benchmarks.Table;

namespace EdgeQueue.Benchmarks.Ingest;

/// <summary>
/// As fast as it goes: hubs with a backlog, as after a night without a link, beside the bare statement. Both take turns, several times, so that both
/// see the same moods of the machine and of the disk; and both tell what they used of the processors.
/// </summary>
internal sealed class IngestCeiling(IngestStage stage, int hubs, int events, int rounds, Func<int> nextBranch)
{
    private const int Writers = 3;

    private readonly List<double> _ratios = [];
    private double _seconds;
    private double _bareSeconds;
    private long _bareStored;
    private Cost _cost;
    private Cost _bareCost;

    public long Created { get; private set; }

    public long Acknowledged { get; private set; }

    public long Tickets { get; private set; }

    public async Task<IReadOnlyList<BudgetRow>> MeasureAsync()
    {
        int ofABranch = events / rounds / hubs;
        var bare = new BareStatement(stage.Connection, Writers);
        await bare.PrepareAsync();
        // The first of each is not counted: in it the program is compiled, and a server of weeks does that no more.
        await BareAsync(bare, ofABranch * hubs, ofABranch, counts: false);
        await CloudAsync(ofABranch, counts: false);
        for (int round = 0; round < rounds; round++)
        {
            double limit = await BareAsync(bare, ofABranch * hubs, ofABranch, counts: true);
            double reached = await CloudAsync(ofABranch, counts: true);
            _ratios.Add(reached / limit);
            await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"round {round + 1}: {reached:0}/s beside {limit:0}/s"));
        }

        long bareRows = await stage.CountAsync("select count(*) from bare_event");
        long bareIssued = await stage.CountAsync("select sum(issued) from bare_quarter");
        if (bareRows != bareIssued * BranchDay.EventsOfAVisit || bareRows < _bareStored)
        {
            throw new BenchmarkException($"The bare statement stored {bareRows} of at least {_bareStored} events and counted {bareIssued} tickets.");
        }

        int count = ofABranch * hubs * rounds;
        (double cloud, double limitRate) = (count / _seconds, _bareStored / _bareSeconds);
        double thousands = count / 1000.0;
        double bareThousands = _bareStored / 1000.0;
        return
        [
            new(
                string.Create(CultureInfo.InvariantCulture, $"cloud ingest with aggregates, PostgreSQL, as fast as it goes, {hubs} hubs with a backlog, {BudgetRow.Count(count)} events in {rounds} rounds"),
                $"{BudgetRow.Count(cloud)}/s", $"bare statement with aggregates {BudgetRow.Count(limitRate)}/s",
                string.Create(CultureInfo.InvariantCulture, $"{cloud / limitRate:0.00} × (rounds {_ratios.Min():0.00} to {_ratios.Max():0.00})"), "≥ 15,000/s and ≥ 0.6 ×", cloud >= 15_000 && cloud >= 0.6 * limitRate),
            new(
                "… processor time of 1,000 events",
                string.Create(CultureInfo.InvariantCulture, $"cloud {_cost.Cloud / thousands * 1000:0.0} + PostgreSQL {_cost.Database / thousands * 1000:0.0} + broker {_cost.Broker / thousands * 1000:0.0} ms (and the hubs {_cost.Own / thousands * 1000:0.0} ms)"),
                string.Create(CultureInfo.InvariantCulture, $"PostgreSQL {_bareCost.Database / bareThousands * 1000:0.0} + its client {_bareCost.Own / bareThousands * 1000:0.0} ms"),
                BudgetRow.Times((_cost.Cloud + _cost.Database + _cost.Broker) / thousands / ((_bareCost.Database + _bareCost.Own) / bareThousands)), "", null),
        ];
    }

    private async Task<double> BareAsync(BareStatement bare, int count, int ofABranch, bool counts)
    {
        IReadOnlyList<IReadOnlyList<BareRows>> rows = bare.Make(count, ofABranch);
        GC.Collect();
        Cost before = Cost.Now(stage);
        (double seconds, long stored) = await bare.RunAsync(rows);
        if (counts)
        {
            _bareCost += Cost.Now(stage) - before;
            _bareSeconds += seconds;
            _bareStored += stored;
        }

        return stored / seconds;
    }

    private async Task<double> CloudAsync(int ofABranch, bool counts)
    {
        var load = new IngestLoad(stage, hubs, 0, int.MaxValue, nextBranch);
        load.MakeBacklog(ofABranch);
        await load.ConnectAsync();
        GC.Collect();
        Cost before = Cost.Now(stage);
        var watch = Stopwatch.StartNew();
        load.Start();
        await load.AcknowledgedAsync();
        double seconds = watch.Elapsed.TotalSeconds;
        if (counts)
        {
            _cost += Cost.Now(stage) - before;
            _seconds += seconds;
        }

        await load.DisposeAsync();
        Created += load.Created;
        Acknowledged += load.Acknowledged;
        Tickets += load.Tickets;
        return load.Created / seconds;
    }

    /// <summary>Seconds of the processors.</summary>
    private readonly record struct Cost(double Cloud, double Database, double Broker, double Own)
    {
        public static Cost Now(IngestStage stage) =>
            new(CpuTime.Of(stage.Cloud.Pid), CpuTime.Of(stage.Database.Pid), CpuTime.Of(stage.Broker.Pid), Environment.CpuUsage.TotalTime.TotalSeconds);

        public static Cost operator +(Cost a, Cost b) => new(a.Cloud + b.Cloud, a.Database + b.Database, a.Broker + b.Broker, a.Own + b.Own);

        public static Cost operator -(Cost a, Cost b) => new(a.Cloud - b.Cloud, a.Database - b.Database, a.Broker - b.Broker, a.Own - b.Own);
    }
}
