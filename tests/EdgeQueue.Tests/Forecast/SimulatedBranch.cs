using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Forecast;
using EdgeQueue.Core.Queue;
using EdgeQueue.Tests.Simulation;
using EdgeQueue.Tool.Simulation;
using EdgeQueue.Tool.Simulation.Demand;
using EdgeQueue.Tool.Simulation.Scenarios;

namespace EdgeQueue.Tests.Forecast;

/// <summary>The branch of the oracles over many days, one after the other in one state, with whoever looks on.</summary>
internal sealed class SimulatedBranch
{
    private const long Night = 24 * 3_600_000L;

    /// <summary>Monday 2026-01-05 09:00, local time is UTC.</summary>
    private const long Opening = 1_767_603_600_000;

    private readonly Scenario _scenario;
    private readonly BranchDemand _demand;
    private readonly ulong _seed;
    private readonly RollWatch _watch;
    private int _day;

    public SimulatedBranch(CallingRuleKind rule, ulong seed, RollWatch watch)
    {
        (_seed, _watch) = (seed, watch);
        LoadedBranch branch = OracleBranch.Load();
        var (demand, faults) = DemandReader.Read(File.ReadAllText(OracleFiles.Path("branch.demand.json")), "", branch);
        Assert.Empty(faults);
        _demand = demand!;
        var scenario = Scenario.AsConfigured(branch, _demand);
        _scenario = scenario with { Rules = RuleNames.With(scenario.Rules, rule) };
        State = new BranchState();
        Do(new Tick(new BranchClock(0, 0, true), new Moment(Opening)));
        Do(new ApplyRules(_scenario.Rules, new Moment(Opening)));
    }

    public BranchState State { get; }

    public IReadOnlyList<Customer> RunDay()
    {
        var opens = Opening + (_day * Night);
        var customers = DayMaker.Make(_demand, _seed, _day++).Select(c => new Customer
        {
            Id = c.Id,
            ArrivesAt = c.ArrivesAt + opens,
            SlotAt = c.SlotAt + opens,
            Service = c.Service,
            Segment = c.Segment,
            ServiceMs = c.ServiceMs,
            PatienceMs = c.PatienceMs,
        }).ToList();
        var roll = new BranchRoll(State, _scenario.Staff, new RollOptions(_demand.AbsentMs), _watch);
        roll.Open(opens);
        roll.Run(customers);
        roll.Do(new CloseDay(new Moment(Math.Max(roll.Now, opens) + 1000)));
        return customers;
    }

    private void Do(Command command)
    {
        var decision = Decider.Decide(State, command);
        Assert.Null(decision.Refusal);
        Evolve.Apply(State, decision.Events);
        _watch.Happened(decision.Events);
    }
}
