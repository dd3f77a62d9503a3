using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Forecast;
using EdgeQueue.Core.Queue;
using EdgeQueue.Tool.Simulation.Demand;
using EdgeQueue.Tool.Simulation.Scenarios;

namespace EdgeQueue.Tests.Simulation;

/// <summary>What customers want beyond a service, and what becomes of them at the counters, comes back out of a journal, and acts.</summary>
public sealed class LearnedVisitsTests(LearnedVisitsTests.Journal branch) : IClassFixture<LearnedVisitsTests.Journal>
{
    [Fact]
    public void Wishes_people_asked_for_groups_and_journeys()
    {
        var errands = Assert.Single(branch.Learned.WalkIns, w => w is { Service: "cash", Segment: null }).Errands!;
        Assert.Equal(0.2, Share(errands, e => e.Wants is ["nb"]), 0.04);
        Assert.Equal(0.1, Share(errands, e => e.Operator == "103"), 0.03);
        Assert.Equal(0.2, Share(errands, e => e.People == 3), 0.04);
        Assert.Equal(0.1, Share(errands, e => e.Steps is [{ Service: "pickup" }]), 0.03);
        Assert.Equal(0.4, Share(errands, e => e == Errand.Plain), 0.05);
        Assert.Null(branch.Learned.WalkIns.First(w => w.Service == "premium").Errands);
        Assert.Contains(
            Assert.Single(branch.Learned.Booked, b => b.Service == "business").Errands!, e => e is { Operator: "106", People: 2 });
    }

    [Fact]
    public void Who_is_sent_on_with_return_and_who_is_put_aside()
    {
        var chance = new Chance(3);
        var visits = Enumerable.Range(0, 4000).Select(_ => branch.Learned.Episodes!(chance, "accounts", [])).ToList();
        var lent = visits.Where(v => v[0].Then is { Service: "cash", Return: true }).ToList();
        var aside = visits.Where(v => v[0].Then is { AsideMs: not null }).ToList();

        Assert.Equal(0.15, lent.Count / 4000.0, 0.04);
        Assert.Equal(0.10, aside.Count / 4000.0, 0.04);
        Assert.All(lent, v => Assert.Equal(["accounts", "cash", "accounts"], v.Select(e => e.Service)));
        Assert.All(aside, v => Assert.Equal(["accounts", "accounts"], v.Select(e => e.Service)));
        Assert.Equal(120, lent.Average(v => v[0].ServiceMs) / 1000, 5.0);
        Assert.Equal(60, lent.Average(v => v[2].ServiceMs) / 1000, 5.0);
        Assert.Equal(240, aside.Average(v => v[1].ServiceMs) / 1000, 5.0);
        Assert.Equal(600, aside.Average(v => v[0].Then!.AsideMs!.Value) / 1000.0, 5.0);
        Assert.Empty(branch.Learned.Episodes!(chance, "loans", []));
    }

    [Fact]
    public void The_report_says_what_is_known()
    {
        foreach (var words in (string[])["% ask for an operator who has something", "% ask for one operator", "% are groups", "% come for several services", "% are sent on", "% are put aside"])
        {
            Assert.Contains(words, branch.Learned.Beyond, StringComparison.Ordinal);
        }

        Assert.EndsWith("counts. After 8 stays nobody is sent on.", branch.Learned.Beyond, StringComparison.Ordinal);
    }

    [Fact]
    public void Simulated_days_have_them_so_waits_come_back_too()
    {
        double Mean(BranchDemand demand) => ScenarioFigures.Of(
            ScenarioRun.Run([Scenario.AsConfigured(branch.Branch, demand)], demand, 40, seed: 5, null, CancellationToken.None)[0]).Mean.Value;

        var (made, learned, blind) = (Mean(branch.True), Mean(branch.Learned), Mean(branch.Learned with
        {
            Episodes = null, WalkIns = [.. branch.Learned.WalkIns.Select(w => w with { Errands = null })],
        }));
        Assert.Equal(made, learned, made * 0.25);
        Assert.True(blind < made * 0.75, $"without what was learned the wait would be {blind:0.0} and not {made:0.0} minutes");
    }

    [Fact]
    public void Somebody_who_is_lent_waits_three_times_and_the_counters_work_for_each_of_them()
    {
        var customers = branch.DayOf(branch.True, seed: 7);
        var lent = customers.GroupBy(c => c.Visit).First(g => g.Count() == 3 && g.First().Episodes is [{ Then: { Service: "cash", Return: true } }, _, _]).ToList();

        Assert.Equal(["accounts", "cash", "accounts"], lent.Select(c => c.Service));
        Assert.All(lent, c => Assert.Equal(CustomerEnd.Served, c.End));
        Assert.True(lent[0].EndedAt == lent[1].ArrivesAt && lent[1].EndedAt == lent[2].ArrivesAt);
        Assert.Equal(lent[0].Counter, lent[2].Counter);
        Assert.True(lent[1].EndedAt - lent[1].CalledAt >= 90_000);
    }

    [Fact]
    public void Who_is_aside_is_not_waiting_and_who_goes_home_last_closes_the_day()
    {
        var customers = branch.DayOf(branch.True, seed: 8);
        var aside = customers.GroupBy(c => c.Visit).First(g => g.Count() == 2 && g.First().Episodes is [{ Then.AsideMs: not null }, _]).ToList();

        Assert.Equal(10 * 60_000, aside[1].ArrivesAt - aside[0].EndedAt);
        Assert.True(aside[1].CalledAt >= aside[1].ArrivesAt);
        Assert.DoesNotContain(customers, c => c.End == CustomerEnd.None);
    }

    [Fact]
    public void What_the_branch_does_not_have_any_more_nobody_asks_for()
    {
        var (demand, faults) = LearnedDemand.Of(branch.History, OracleBranch.Load(), "journal");

        Assert.Empty(faults);
        Assert.DoesNotContain(demand!.WalkIns.SelectMany(w => w.Errands ?? []), e => e.Wants is not null);
        Assert.Contains(demand.WalkIns.SelectMany(w => w.Errands ?? []), e => e.Operator == "103");
    }

    private static double Share(IReadOnlyList<Errand> errands, Func<Errand, bool> some) => errands.Count(some) / (double)errands.Count;

    /// <summary>Forty days of a branch whose customers want all of it.</summary>
    public sealed class Journal : IAsyncLifetime
    {
        private readonly string _file = Path.Combine(Path.GetTempPath(), $"eq-journal-{Guid.NewGuid():N}.jsonl");

        internal LoadedBranch Branch { get; private set; } = null!;

        internal BranchDemand True { get; private set; } = null!;

        internal BranchDemand Learned { get; private set; } = null!;

        internal JournalHistory History { get; private set; } = null!;

        public async ValueTask InitializeAsync()
        {
            Branch = OracleBranch.Load(text => text
                .Replace("\"operators\": [", "\"operatorAttributes\": [\"nb\"],\n  \"operators\": [", StringComparison.Ordinal)
                .Replace("{\"id\": \"101\"}", "{\"id\": \"101\", \"attributes\": [\"nb\"]}", StringComparison.Ordinal)
                .Replace("{\"id\": \"102\"}", "{\"id\": \"102\", \"attributes\": [\"nb\"]}", StringComparison.Ordinal));
            var made = OracleBranch.Demand(Branch);
            Errand[] wishes =
            [
                new(Wants: ["nb"]), new(Wants: ["nb"]), new(Operator: "103"), new(People: 3), new(People: 3), new(Steps: [new("pickup")]),
                Errand.Plain, Errand.Plain, Errand.Plain, Errand.Plain,
            ];
            True = made with
            {
                WalkIns = [.. made.WalkIns.Select(w => w.Service == "cash" ? w with { Errands = wishes } : w)],
                Booked = [.. made.Booked.Select(b => b.Service == "business" ? b with { Errands = [new(People: 2, Operator: "106"), Errand.Plain] } : b)],
                Episodes = Episodes,
            };
            JournalOfDays.Write(_file, Scenario.AsConfigured(Branch, True), True, 40, seed: 22, null, CancellationToken.None);
            History = await JournalEvents.LearnAsync(_file, null, CancellationToken.None);
            var (demand, faults) = LearnedDemand.Of(History, Branch, _file);
            Assert.Empty(faults);
            Learned = demand!;
        }

        public ValueTask DisposeAsync()
        {
            File.Delete(_file);
            return ValueTask.CompletedTask;
        }

        internal IReadOnlyList<Customer> DayOf(BranchDemand demand, ulong seed) =>
            ScenarioRun.Day(Scenario.AsConfigured(Branch, demand), demand, seed, day: 0, watch: null);

        // Accounts: three in twenty are lent to the cash desk, two aside for ten minutes; whoever has steps is served twice.
        private IReadOnlyList<Episode> Episodes(Chance chance, string service, IReadOnlyList<JourneyStep> steps)
        {
            var drawn = chance.Uniform();
            return service == "accounts" && drawn < 0.15 ? [new("accounts", 120_000, new(Service: "cash", Return: true)), new("cash", 90_000), new("accounts", 60_000)]
                : service == "accounts" && drawn < 0.25 ? [new("accounts", 180_000, new(AsideMs: 600_000)), new("accounts", 240_000)]
                : steps.Count > 0 ? [new("cash", 200_000), new("pickup", 150_000)]
                : [];
        }
    }
}
