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
        var roll = new BranchRoll(StateOf(TakingWhatWasRecorded(rules, customers)), staff, options, watch);
        if (customers.Where(c => c.Booking is not null).Select(BookingOf).ToList() is { Count: > 0 } bookings)
        {
            Hold(roll, bookings, version: 1, at: 0);
        }

        roll.Open(0);
        roll.Run(customers, enough: () => roll.Ended == customers.Count);
        roll.EndUnserved();
    }

    /// <summary>
    /// A record is what happened: who checked in at nine did so at nine, and could be called from then on, whenever this branch would have
    /// opened the check-in. So where a record is earlier, the window is as wide as the record needs it.
    /// </summary>
    private static BranchRules TakingWhatWasRecorded(BranchRules rules, IReadOnlyList<Customer> customers)
    {
        var wider = customers.Where(c => c.Booking is not null && IsBeforeWindow(rules, c)).GroupBy(c => c.Service)
            .ToDictionary(g => g.Key, g => g.Max(c => c.SlotAt!.Value - c.ArrivesAt));
        if (wider.Count == 0)
        {
            return rules;
        }

        var visits = rules.Visits ?? VisitRules.None;
        var services = new Dictionary<string, ServiceVisitRules>(visits.Services);
        foreach (var (service, early) in wider)
        {
            services[service] = (services.GetValueOrDefault(service) ?? ServiceVisitRules.None) with
            {
                Appointments = AppointmentsOf(rules, service) with { EarlyMs = early },
            };
        }

        return rules with { Visits = visits with { Services = services } };
    }

    /// <summary>Customers of the record who would have been sent away at this branch's check-in, and are taken all the same.</summary>
    public static int CheckedInBeforeTheirWindow(BranchRules rules, IEnumerable<Customer> customers) =>
        customers.Count(c => c.Booking is not null && IsBeforeWindow(rules, c));

    private static bool IsBeforeWindow(BranchRules rules, Customer customer) =>
        customer.SlotAt - customer.ArrivesAt > AppointmentsOf(rules, customer.Service).EarlyMs;

    private static AppointmentRules AppointmentsOf(BranchRules rules, string service) =>
        rules.Visits?.Services.GetValueOrDefault(service)?.Appointments ?? AppointmentRules.Default;

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
