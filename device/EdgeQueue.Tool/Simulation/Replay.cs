using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Forecast;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Tool.Simulation;

/// <summary>Recorded customers, run through the real decider at full speed.</summary>
internal static class Replay
{
    /// <param name="rule">For every work profile; null: each its own.</param>
    public static void Run(
        LoadedBranch branch, IReadOnlyList<Customer> customers, CallingRuleKind? rule, RollOptions options, RollWatch? watch)
    {
        var rules = Staffing.Rules(branch);
        Run(rule is { } chosen ? RuleNames.With(rules, chosen) : rules, Staffing.EveryCounter(branch), customers, options, watch);
    }

    public static void Run(
        BranchRules rules, IReadOnlyList<DeskPlan> staff, IReadOnlyList<Customer> customers, RollOptions options, RollWatch? watch)
    {
        var roll = new BranchRoll(StateOf(rules), staff, options, watch);
        if (customers.Where(c => c.Booking is not null).Select(BookingOf).ToList() is { Count: > 0 } bookings)
        {
            Hold(roll, bookings, version: 1, at: 0);
        }

        roll.Open(0);
        roll.Run(customers, enough: () => roll.Ended == customers.Count);
        roll.EndUnserved();
    }

    /// <summary>The branch holds these bookings too.</summary>
    /// <param name="version">Of the bookings, from 1, one more each time.</param>
    public static void Hold(BranchRoll roll, IReadOnlyList<Booking> bookings, long version, long at)
    {
        var decision = roll.Do(new ApplyBookings(version, version == 1 ? null : version - 1, bookings, [], new Moment(at)));
        if ((decision.Refusal?.Sentence ?? decision.Events.OfType<BookingsApplied>().SelectMany(b => b.Rejected).FirstOrDefault()?.Sentence) is { } refused)
        {
            throw new InvalidOperationException($"A booking of the simulation was refused: {refused}");
        }
    }

    private static Booking BookingOf(Customer customer) => new(customer.Booking!, customer.Service, customer.SlotAt!.Value, Segment: customer.Segment);

    /// <summary>A branch of its first moment, that knows what time it is.</summary>
    /// <param name="opensMinute">Of the day, on the wall, at moment 0.</param>
    public static BranchState StateOf(BranchRules rules, int opensMinute = 0)
    {
        var state = new BranchState();
        foreach (var command in (Command[])[new Tick(new BranchClock(0, opensMinute, true), new Moment(0)), new ApplyRules(rules, new Moment(0))])
        {
            var decision = Decider.Decide(state, command);
            if (decision.Refusal is { } refusal)
            {
                throw new InvalidOperationException($"A configuration without faults was refused: {refusal.Sentence}");
            }

            Evolve.Apply(state, decision.Events);
        }

        return state;
    }
}
