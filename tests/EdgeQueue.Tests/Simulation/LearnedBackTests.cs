using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Forecast;
using EdgeQueue.Tool.Simulation.Demand;
using EdgeQueue.Tool.Simulation.Scenarios;

namespace EdgeQueue.Tests.Simulation;

/// <summary>A journal of a simulated branch gives back what the branch was made of; the margins are what sixty days leave to chance.</summary>
public sealed class LearnedBackTests(LearnedBackTests.Journal branch) : IClassFixture<LearnedBackTests.Journal>
{
    private const long Noon = 3 * 3_600_000;

    [Fact]
    public void Who_comes_when()
    {
        Assert.Equal((branch.True.OpensMinute, branch.True.OpenMs), (branch.Learned.OpensMinute, branch.Learned.OpenMs));
        Assert.Equal(branch.True.CustomersPerDay, branch.Learned.CustomersPerDay, branch.True.CustomersPerDay * 0.03);
        Assert.Equal(branch.True.DayFactorCv, branch.Learned.DayFactorCv, 0.04);
        Assert.All(branch.True.WalkIns, w => Assert.Equal(w.PerPart.Sum(), LearnedOf(w).PerPart.Sum(), Math.Max(1.5, w.PerPart.Sum() * 0.06)));
        for (var part = 0; part < branch.True.WalkIns[0].PerPart.Count; part++)
        {
            var comes = branch.True.WalkIns.Sum(w => w.PerPart[part]);
            Assert.Equal(comes, branch.Learned.WalkIns.Sum(w => w.PerPart[part]), comes * 0.15);
        }
    }

    [Fact]
    public void Who_is_booked_who_comes_of_them_and_how_early() => Assert.All(branch.True.Booked, b =>
    {
        var learned = Assert.Single(branch.Learned.Booked, l => (l.Service, l.Segment) == (b.Service, b.Segment));
        Assert.Equal(b.PerDay, learned.PerDay, b.PerDay * 0.02);
        Assert.Equal(0.88, learned.Shows, 0.04);
        var late = branch.History.Bookings.Of(b.Service)!.Lateness.Select(l => l / 1000.0).ToList();
        var mean = late.Average();
        Assert.Equal(-600, mean, 90.0);
        Assert.Equal(588, Math.Sqrt(late.Average(l => (l - mean) * (l - mean))), 90.0);
    });

    [Fact]
    public void How_long_services_take_and_how_operators_work()
    {
        // These three are never served by the slow one.
        foreach (var service in (string[])["cash", "business", "pickup"])
        {
            var (stream, made) = (branch.Learned.WalkIns.First(w => w.Service == service), branch.True.WalkIns.First(w => w.Service == service));
            Assert.Equal(made.Serving.Mean, stream.Serving.Mean, made.Serving.Mean * 0.06);
        }

        // 1.3 it is; some five hundred services are remembered of each, whose means are sure to 4 %.
        Assert.Equal(1.3, branch.Learned.Staff!["8"].Pace / branch.Learned.Staff["7"].Pace, 0.15);
        Assert.Equal(branch.True.GapMs, branch.Learned.GapMs, 500.0);
        Assert.Equal(branch.True.AbsentMs, branch.Learned.AbsentMs, 500.0);
    }

    [Fact]
    public void Who_works_where_and_when()
    {
        Assert.Equal(
            Enumerable.Range(1, 8).Select(i => (i.ToString(null, null), $"10{i}")), branch.Learned.Staff!.OrderBy(s => s.Key).Select(s => (s.Key, s.Value.Operator!)));
        Assert.Equal([new(0, Noon), new(Noon + 3_600_000, Duty.Never)], branch.Learned.Staff!["4"].Duties);
        Assert.All(branch.Learned.Staff.Where(s => s.Key != "4"), s => Assert.Equal([new(0, Duty.Never)], s.Value.Duties));
    }

    [Fact]
    public void How_long_people_have_patience()
    {
        var chance = new Chance(1);
        var patience = Enumerable.Range(0, 10_000).Select(_ => branch.Learned.WalkIns[0].Patience(chance)).ToList();
        foreach (var (minutes, margin) in ((int, double)[])[(5, 0.02), (10, 0.03), (20, 0.05), (30, 0.08)])
        {
            // Weibull of shape 2 and an hour.
            Assert.Equal(1 - Math.Exp(-Math.Pow(minutes / 60.0, 2)), patience.Count(p => p < minutes * 60_000L) / 10_000.0, margin);
        }
    }

    private WalkInStream LearnedOf(WalkInStream stream) =>
        Assert.Single(branch.Learned.WalkIns, l => (l.Service, l.Segment) == (stream.Service, stream.Segment));

    /// <summary>Sixty days of the branch of the oracles, written to a file and read from there.</summary>
    public sealed class Journal : IAsyncLifetime
    {
        private const int Days = 60;
        private readonly string _file = Path.Combine(Path.GetTempPath(), $"eq-journal-{Guid.NewGuid():N}.jsonl");

        internal BranchDemand True { get; private set; } = null!;

        internal BranchDemand Learned { get; private set; } = null!;

        internal BranchHistory History { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            var branch = OracleBranch.Load();
            True = OracleBranch.Demand(branch) with { GapMs = 20_000 };
            var asItIs = Scenario.AsConfigured(branch, True);

            // Somebody slow, and a counter that is closed over noon.
            var scenario = asItIs with
            {
                Staff = [.. asItIs.Staff.Select(s => s.Counter switch
                {
                    "8" => s with { Pace = 1.3 },
                    "4" => s with { Duties = Scenario.Without([], [new Duty(Noon, Noon + 3_600_000)]) },
                    _ => s,
                })],
            };
            JournalOfDays.Write(_file, scenario, True, Days, seed: 21, null, CancellationToken.None);
            var learned = await JournalEvents.LearnAsync(_file, null, CancellationToken.None);
            History = learned.Branch;
            var (demand, faults) = LearnedDemand.Of(learned, branch, _file);
            Assert.Empty(faults);
            Learned = demand!;
        }

        public ValueTask DisposeAsync()
        {
            File.Delete(_file);
            return ValueTask.CompletedTask;
        }
    }
}
