using EdgeQueue.Core.Forecast;
using EdgeQueue.Core.Queue;
using EdgeQueue.Tests.Simulation;
using EdgeQueue.Tool.Simulation.Demand;
using EdgeQueue.Tool.Simulation.Scenarios;

namespace EdgeQueue.Tests.Forecast;

/// <summary>What a branch's own events tell of it.</summary>
public sealed class HistoryTests
{
    private static readonly BranchHistory Learned = Learn(40);

    [Fact]
    public void Service_times_are_learned_from_the_journal()
    {
        Assert.Equal(240, Learned.Services("cash")!.Law!.Mean / 1000, 25.0);
        Assert.Equal(1320, Learned.Services("loans")!.Law!.Mean / 1000, 200.0);
        Assert.Null(Learned.Services("gold"));
    }

    [Fact]
    public void Arrivals_are_learned_by_the_half_hour()
    {
        var cash = Learned.Arrivals.Expected(new("cash", null), DayOfWeek.Monday);

        Assert.Equal(40, Learned.Arrivals.Days);
        Assert.Equal(0.34 * 520, cash.Sum(), 20.0);
        Assert.Equal(0, cash[17]);
        Assert.True(cash[22] > cash[18], "more come at eleven than at nine");
        Assert.Equal(0, cash[34]);
    }

    [Fact]
    public void Who_waits_long_is_found_gone_more_often()
    {
        var chance = new Chance(1);
        var gone = Enumerable.Range(0, 4000).Select(_ => Learned.Patience(null)!.Sample(chance)).ToList();

        // Weibull 2, one hour: after 20 minutes one in ten has left.
        Assert.Equal(0.105, gone.Count(p => p < 20 * 60_000) / 4000.0, 0.06);
        Assert.True(gone.Count(p => p < 5 * 60_000) < 200, "hardly anybody leaves in the first minutes");
    }

    [Fact]
    public void A_busy_morning_foretells_a_busy_day_but_one_early_customer_does_not()
    {
        var arrivals = new ArrivalHistory();
        for (var day = 0; day < 10; day++)
        {
            for (var i = 0; i < 100; i++)
            {
                arrivals.Add(new("cash", null), 20, DayOfWeek.Monday);
            }

            arrivals.EndDay();
        }

        Assert.Equal(1, arrivals.TodayFactor(null, 0), 0.001);
        arrivals.Add(new("cash", null), 18, DayOfWeek.Monday);
        Assert.InRange(arrivals.TodayFactor(null, 0.5), 1, 1.01);
        for (var i = 0; i < 200; i++)
        {
            arrivals.Add(new("cash", null), 20, DayOfWeek.Monday);
        }

        Assert.InRange(arrivals.TodayFactor(null, 100), 1.1, 2);
    }

    [Fact]
    public void A_manager_gets_the_days_of_the_journal_back()
    {
        var branch = OracleBranch.Load();
        var (demand, faults) = LearnedDemand.Of(new JournalHistory { Branch = Learned }, branch, "branch.journal");

        Assert.Empty(faults);
        Assert.Equal(9 * 60, demand!.OpensMinute);
        Assert.Equal(500, demand.CustomersPerDay, 25.0);
        var days = ScenarioRun.Run([Scenario.AsConfigured(branch, demand)], demand, 60, seed: 1, null, TestContext.Current.CancellationToken)[0];
        Assert.Equal(4, ScenarioFigures.Of(days).Mean.Value, 2.5);
    }

    [Fact]
    public void A_journal_of_two_days_is_too_little_to_simulate_from()
    {
        var (demand, faults) = LearnedDemand.Of(new JournalHistory { Branch = Learn(2) }, OracleBranch.Load(), "branch.journal");

        Assert.Null(demand);
        Assert.Contains("at least 3", Assert.Single(faults), StringComparison.Ordinal);
    }

    private static BranchHistory Learn(int days)
    {
        var history = new BranchHistory();
        var branch = OracleBranch.DaysInARow(CallingRuleKind.Target, seed: 8, new Learns(history));
        for (var day = 0; day < days; day++)
        {
            branch.RunDay();
        }

        return history;
    }

    private sealed class Learns(BranchHistory history) : RollWatch
    {
        public override void Happened(IReadOnlyList<Event> events)
        {
            foreach (var e in events)
            {
                history.Learn(e);
            }
        }
    }
}
