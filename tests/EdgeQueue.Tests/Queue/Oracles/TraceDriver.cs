using System.Globalization;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Tests.Queue.Oracles;

/// <summary>
/// Plays a trace through the real decider as <c>branch.json</c> says in its <c>semantics</c>, and writes the call log.
/// The counters here only know when they are free; whom they call is the decider's choice.
/// </summary>
internal sealed class TraceDriver(BranchRules rules)
{
    private readonly BranchState _state = new();
    private readonly List<string> _log = ["call_s,counter_1based,ticket_id,present"];
    private readonly Dictionary<long, Customer> _customers = [];
    private readonly Desk[] _desks = [.. rules.Counters.Keys.Select(id => new Desk(id, rules.WorkProfiles[id].Services))];

    public IReadOnlyList<string> Run(IReadOnlyList<Customer> customers)
    {
        Do(new ApplyRules(rules, At(0)));
        foreach (var desk in _desks)
        {
            Do(new OpenCounter(desk.Id, "operator-" + desk.Id, null, false, At(0)));
        }

        var arrivals = new Queue<Customer>(customers.OrderBy(c => c.CheckIn).ThenBy(c => c.Id));
        while (arrivals.Count > 0 || _desks.Any(d => d.BusyUntil is not null))
        {
            var now = Math.Min(
                arrivals.TryPeek(out var next) ? next.CheckIn : long.MaxValue, _desks.Min(d => d.BusyUntil ?? long.MaxValue));
            foreach (var desk in _desks.Where(d => d.BusyUntil == now))
            {
                Free(desk, now);
            }

            while (arrivals.TryPeek(out next) && next.CheckIn == now)
            {
                CheckIn(arrivals.Dequeue(), now);
            }
        }

        return _log;
    }

    private void Free(Desk desk, long now)
    {
        desk.BusyUntil = null;
        desk.FreeSince = now;
        if (!desk.Present)
        {
            Do(new NoShow(desk.Id, Seen(desk), At(now)));
        }

        Call(desk, now);
    }

    // The check-in is given as an event: the command for an appointment is another part of the core.
    private void CheckIn(Customer c, long now)
    {
        var service = rules.Services[c.Service];
        var visit = c.Id + 1;
        _customers[visit] = c;
        Evolve.Apply(_state, new TicketIssued(
            visit, TicketLabel.Of(service.Prefix, (int)visit, 3), service.Prefix, (int)visit, c.Service, null, c.Priority,
            c.Target * 1000, service.MeanServiceMs, "en", null, $"press-{c.Id}", null, At(c.Clock), false, true, At(now)));
        var idle = _desks
            .Where(d => d.BusyUntil is null && d.Skills.Contains(c.Service))
            .OrderBy(d => d.Skills.Count).ThenBy(d => d.FreeSince).ThenBy(d => int.Parse(d.Id, CultureInfo.InvariantCulture))
            .FirstOrDefault();
        if (idle is not null)
        {
            Call(idle, now);
        }
    }

    private void Call(Desk desk, long now)
    {
        var decision = Decider.Decide(_state, new CallNext(desk.Id, Seen(desk), At(now)));
        Evolve.Apply(_state, decision.Events);
        if (decision.Events.OfType<VisitCalled>().SingleOrDefault() is not { } called)
        {
            return;
        }

        var customer = _customers[called.Visit];
        desk.Present = customer.Patience is not { } patience || now - customer.CheckIn <= patience;
        desk.BusyUntil = now + (desk.Present ? customer.ServiceTime : TraceBranch.AbsentSeconds);
        _log.Add(string.Create(CultureInfo.InvariantCulture, $"{now},{desk.Id},{customer.Id},{(desk.Present ? 1 : 0)}"));
        if (desk.Present)
        {
            Do(new Arrive(desk.Id, Seen(desk), At(now)));
        }
    }

    private long Seen(Desk desk) => _state.Counter(desk.Id).Version;

    private void Do(Command command)
    {
        var decision = Decider.Decide(_state, command);
        Assert.Null(decision.Refusal);
        Evolve.Apply(_state, decision.Events);
    }

    private static Moment At(long seconds) => new(seconds * 1000);

    private sealed class Desk(string id, IReadOnlyList<string> skills)
    {
        public string Id => id;
        public IReadOnlyList<string> Skills => skills;
        public long? BusyUntil { get; set; }
        public long FreeSince { get; set; }
        public bool Present { get; set; }
    }
}
