using EdgeQueue.Core.Queue;

namespace EdgeQueue.Core.Forecast;

/// <summary>
/// Rolls a branch forward: customers come, operators press their keys, and the real decider says whom they get. Nothing here
/// knows a calling rule. At one millisecond first the counters that become free call, in their order; then who arrives takes
/// an idle counter (the one with the fewest services, then the longest idle, then the first), or waits.
/// </summary>
public sealed partial class BranchRoll
{
    private readonly RollOptions _options;
    private readonly RollWatch? _watch;
    private readonly Desk[] _desks;
    private readonly DeskPlan[] _plans;
    private readonly Dictionary<string, Desk[]> _desksOf = [];
    private readonly Dictionary<long, Customer> _customers = [];
    private readonly PriorityQueue<Due, When> _calendar = new();
    private long _now;
    private int _idle;

    /// <param name="state">Rolled forward in place; it has its rules.</param>
    /// <param name="plans">The counters that take part, in the order that decides between equals.</param>
    public BranchRoll(BranchState state, IReadOnlyList<DeskPlan> plans, RollOptions options, RollWatch? watch = null)
    {
        (State, _options, _watch, _plans) = (state, options, watch, [.. plans]);
        _desks = new Desk[plans.Count];
        for (var i = 0; i < _desks.Length; i++)
        {
            var plan = _plans[i];
            var profile = plan.WorkProfile ?? state.Rules!.Counters[plan.Counter].WorkProfile;
            _desks[i] = new(i, plan.Counter, plan.Operator, profile, ServicesOf(profile, plan.Operator).Count()) { Pace = plan.Pace };
        }
    }

    /// <summary>The rules of a branch that gives tickets: in a live queue nobody comes to a counter of a roll.</summary>
    public static BranchRules RulesOf(BranchRules rules) => rules with
    {
        Visits = rules.Visits is { Hall: { Mode: HallMode.Live } hall } visits ? visits with { Hall = hall with { Mode = HallMode.Queue } } : rules.Visits,
    };

    public BranchState State { get; }

    /// <summary>Of how many customers it is known what became of them.</summary>
    public int Ended { get; private set; }

    /// <summary>Milliseconds; how far it has been rolled.</summary>
    public long Now => _now;

    /// <summary>Brings the operators to their counters as planned.</summary>
    /// <param name="at">The moment at which the roll begins.</param>
    public void Open(long at)
    {
        _now = at;
        for (var i = 0; i < _desks.Length; i++)
        {
            if (_plans[i].Duties.Count == 0)
            {
                Arrives(_desks[i]);
            }

            foreach (var duty in _plans[i].Duties.Where(d => d.To > at))
            {
                Enter(Math.Max(at, duty.From), i, DueKind.Comes, _desks[i]);
                if (duty.To < Duty.Never)
                {
                    Enter(duty.To, i, DueKind.Goes, _desks[i]);
                }
            }
        }
    }

    /// <summary>Somebody who comes when their time has come, besides the arrivals of <see cref="Run"/>.</summary>
    public void Later(Customer customer) => Enter(customer.ArrivesAt, int.MaxValue, DueKind.Appears, null, customer);

    /// <summary>Rolls until nobody comes any more and nobody is at a counter, or to a moment, or until somebody says enough.</summary>
    /// <param name="arrivals">In the order of their arrival.</param>
    public void Run(IEnumerable<Customer> arrivals, long until = long.MaxValue, Func<bool>? enough = null)
    {
        ForeseeTicks();
        using var coming = arrivals.GetEnumerator();
        var more = coming.MoveNext();
        while (enough?.Invoke() != true)
        {
            var due = _calendar.TryPeek(out _, out var first) ? first.At : long.MaxValue;
            var arrival = more ? coming.Current.ArrivesAt : long.MaxValue;
            var next = Math.Min(due, arrival);
            if (next > until || next == long.MaxValue || (!more && OnlyDaysEnd))
            {
                break;
            }

            _now = Math.Max(_now, next);
            while (_calendar.TryPeek(out var what, out first) && first.At <= _now)
            {
                _calendar.Dequeue();
                Happens(what);
            }

            while (more && coming.Current.ArrivesAt <= _now)
            {
                Admit(coming.Current);
                more = coming.MoveNext();
            }

            if (_idle > 0 && State.Waiting > 0)
            {
                CallFromIdleDesks();
            }
        }

        _now = until == long.MaxValue ? _now : Math.Max(_now, until);
    }

    /// <summary>The operators go home; a counter where somebody is stays as it is.</summary>
    public void CloseCounters()
    {
        foreach (var desk in _desks)
        {
            if (State.Counter(desk.Id) is { Phase: not CounterPhase.Closed } counter)
            {
                Do(new CloseCounter(desk.Id, counter.Version, At()));
                SetPhase(desk, DeskPhase.Away);
            }
        }
    }

    /// <summary>Whoever waits still is not served any more: the roll is over.</summary>
    public void EndUnserved()
    {
        foreach (var customer in _customers.Values.Where(c => c.End == CustomerEnd.None).OrderBy(c => c.Visit))
        {
            End(customer, CustomerEnd.Unserved);
        }

        _customers.Clear();
    }

    /// <summary>Something that no customer and no operator of the roll does; what is accepted happens.</summary>
    public Decision Do(Command command)
    {
        var decision = Decider.Decide(State, command);
        if (decision.Events.Count > 0)
        {
            Happened(decision.Events);
            ForeseeTicks(decision.Events);
        }

        return decision;
    }

    private void Happens(in Due due)
    {
        if (due.Kind == DueKind.Tick)
        {
            Ticks();
        }
        else if (due.Kind == DueKind.Appears)
        {
            Admit(due.Customer!);
        }
        else if (due.Kind == DueKind.Leaves)
        {
            Leaves(due.Customer!);
        }
        else if (due.Kind == DueKind.Comes)
        {
            Arrives(due.Desk!);
        }
        else if (due.Kind == DueKind.Goes)
        {
            Goes(due.Desk!);
        }
        else if (due.Stamp == due.Desk!.Stamp)
        {
            Proceeds(due.Desk);
        }
    }

    // What makes a waiting visit callable at an idle counter without anybody coming or going: a threshold that was passed.
    private void CallFromIdleDesks()
    {
        foreach (var desk in _desks)
        {
            if (desk.Phase == DeskPhase.Idle && State.WaitingAt(desk.Id) > 0)
            {
                Call(desk);
            }
        }
    }

    private Desk[] DesksOf(string service)
    {
        if (!_desksOf.TryGetValue(service, out var desks))
        {
            _desksOf[service] = desks = [.. _desks.Where(d => ServicesOf(d.Profile, d.Operator).Contains(service))];
        }

        return desks;
    }

    private IEnumerable<string> ServicesOf(string profile, string operatorId) =>
        !State.Rules!.WorkProfiles.TryGetValue(profile, out var rules) ? []
        : State.Rules.Calling?.OfOperator(operatorId).Skills is { } skills ? rules.Services.Where(skills.ContainsKey)
        : rules.Services;

    private Moment At() => new(_now);

    private void Happened(IReadOnlyList<Event> events)
    {
        for (var i = 0; i < events.Count; i++)
        {
            Evolve.Apply(State, events[i]);
        }

        _watch?.Happened(events);
    }

    private void End(Customer customer, CustomerEnd how)
    {
        (customer.End, customer.EndedAt) = (how, _now);
        Ended++;
        _watch?.Ended(customer);
    }

    private void Enter(long at, int order, DueKind kind, Desk? desk, Customer? customer = null) =>
        _calendar.Enqueue(new(kind, desk, customer, desk?.Stamp ?? 0), new(at, order));

    private enum DueKind
    {
        Tick,
        Comes,
        Goes,
        Desk,
        Leaves,
        Appears,
    }

    private readonly record struct Due(DueKind Kind, Desk? Desk, Customer? Customer, int Stamp);

    private readonly record struct When(long At, int Order) : IComparable<When>
    {
        public int CompareTo(When other) => At != other.At ? At.CompareTo(other.At) : Order.CompareTo(other.Order);
    }
}
