using EdgeQueue.Core.Forecast;
using EdgeQueue.Core.Queue;
using EdgeQueue.Tool.Simulation.Demand;

namespace EdgeQueue.Tool.Simulation.Scenarios;

/// <summary>Days one after the other in one state, closed each evening: a branch that lives, for whoever looks on or learns.</summary>
internal sealed class DaysInARow
{
    private const long HalfHour = 1_800_000;
    private const long Night = 24 * 3_600_000L;

    /// <summary>Monday 2026-01-05 00:00; local time is UTC here.</summary>
    private const long Monday = 1_767_571_200_000;

    private readonly Scenario _scenario;
    private readonly BranchDemand _demand;
    private readonly ulong _seed;
    private readonly RollWatch? _watch;
    private int _day;
    private long _version;

    public DaysInARow(Scenario scenario, BranchDemand demand, ulong seed, RollWatch? watch)
    {
        (_scenario, _demand, _seed, _watch) = (scenario, demand, seed, watch);
        State = new BranchState();
        Do(new Tick(new BranchClock(0, 0, true), new Moment(Monday)));
        Do(new ApplyRules(scenario.Rules, new Moment(Monday)));
    }

    public BranchState State { get; }

    /// <summary>Five days a week.</summary>
    /// <returns>Who came, then those who waited again.</returns>
    public IReadOnlyList<Customer> RunDay()
    {
        var opens = Monday + (_demand.OpensMinute * 60_000L) + (((_day / 5 * 7) + (_day % 5)) * Night);
        var (customers, bookings) = DayMaker.Make(_demand, _seed, _day++).MovedBy(opens);
        var staff = _scenario.Staff.Select(s => s with { Duties = [.. s.Duties.Select(d => new Duty(d.From + opens, Math.Min(d.To, Duty.Never - opens) + opens))] }).ToList();
        var roll = new BranchRoll(State, staff, new RollOptions(_demand.AbsentMs, _demand.GapMs), _watch) { PaceAt = _demand.PaceAt };
        if (bookings.Count > 0)
        {
            Replay.Hold(roll, bookings, ++_version, opens - HalfHour);
        }

        roll.Open(opens);
        roll.Run(customers, enough: () => roll.Ended == customers.Count + roll.Again.Count);
        roll.CloseCounters();

        // Bookings that nobody came for lapse in the evening.
        roll.Run([]);
        roll.EndUnserved();
        roll.Do(new CloseDay(new Moment(Math.Max(roll.Now, opens) + 1000)));
        return [.. customers, .. roll.Again];
    }

    private void Do(Command command)
    {
        var decision = Decider.Decide(State, command);
        if (decision.Refusal is { } refusal)
        {
            throw new InvalidOperationException($"{command.GetType().Name} was refused: {refusal.Sentence}");
        }

        Evolve.Apply(State, decision.Events);
        _watch?.Happened(decision.Events);
    }
}
