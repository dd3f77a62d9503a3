using EdgeQueue.Core.Queue;

namespace EdgeQueue.Core.Forecast;

/// <summary>
/// The branch at one moment, made ready to be rolled forward many times: the engine itself goes on from a copy of the state,
/// with sampled services, absences and arrivals.
/// </summary>
internal sealed class Outlook
{
    private const long LongestMs = 24 * 60 * 60 * 1000;

    private readonly BranchSnapshot _snapshot;
    private readonly BranchHistory _history;
    private readonly LikelyTimes _times;
    private readonly ComingCustomers _coming;
    private readonly Moment _now;
    private readonly List<Visit> _waiting;
    private readonly List<Counter> _counters;
    private readonly List<DeskPlan> _desks;
    private readonly List<ArrivalStream> _newcomers;
    private readonly RollOptions _options;

    /// <param name="state">Only read.</param>
    public Outlook(BranchState state, BranchHistory history, Moment now)
    {
        var rules = Unbounded(state.Rules!);
        (_history, _now) = (history, now);
        var snapshot = state.ToSnapshot();
        _snapshot = snapshot with
        {
            Rules = rules,
            ClosesAt = null,
            Visits = [.. snapshot.Visits.Where(v => v.Present)],
            Presses = [],
            Zones = [],
        };
        _times = new(history, rules);
        _coming = new(history, _times, now);
        _waiting = [.. _snapshot.Visits.Where(v => v.Phase == VisitPhase.Waiting)];
        _counters = [.. state.Counters.Where(c => TakesPart(c, rules))];
        _desks = [.. _counters.Select(c => new DeskPlan(c.Id, c.Operator!, c.WorkProfile, [], history.PaceOf(c.Operator)))];
        _newcomers = [.. history.Arrivals.Streams.Union(rules.Services.Keys.Select(s => new ArrivalStream(s, null)))
            .Where(s => rules.Services.ContainsKey(s.Service) && (s.Segment is null || rules.Segments.ContainsKey(s.Segment)))];
        var parkEnds = _snapshot.Visits.Any(v => v.ParkedUntil is not null);
        _options = new((long)(history.Absences.Law?.Mean ?? 0), (long)(history.Gaps.Law?.Mean ?? 0), parkEnds ? 30_000 : 0);
    }

    public Future Roll(Chance chance)
    {
        var watch = new Calls(_waiting.Count + _newcomers.Count);
        var roll = new BranchRoll(BranchState.FromSnapshot(_snapshot), _desks, _options, watch)
        {
            Stranger = visit => Present(chance, visit),
        };
        foreach (var visit in _waiting)
        {
            var customer = Present(chance, visit);
            watch.Awaits(customer);
            roll.Expect(visit.Number, customer);
        }

        foreach (var counter in _counters)
        {
            Seat(roll, chance, counter);
        }

        var probes = _newcomers.Select(s => new Customer
        {
            Id = -2, ArrivesAt = _now.Milliseconds, Service = s.Service, Segment = s.Segment, ServiceMs = 0, Probe = true,
        }).ToList();
        probes.ForEach(watch.Awaits);
        // Who is not called within a day is not called in this future: somebody may wait for whom no open counter may call.
        roll.Run(probes.Concat(_coming.Sample(chance)), until: _now.Milliseconds + LongestMs, enough: () => watch.Left == 0);
        return new(
            _now.Milliseconds,
            watch.CalledAt,
            probes.ToDictionary(p => new ArrivalStream(p.Service, p.Segment), p => p.CalledAt < 0 ? (long?)null : p.CalledAt),
            _times.Drawn == 0 ? 0 : (double)_times.Guessed / _times.Drawn);
    }

    private void Seat(BranchRoll roll, Chance chance, Counter counter)
    {
        if (counter.Phase == CounterPhase.Paused)
        {
            var lasted = _now.Milliseconds - counter.Since.Milliseconds;
            roll.ComesBack(counter.Id, counter.Since.Milliseconds + _history.Pauses.Law!.SampleBeyond(chance, lasted));
            return;
        }

        var visit = counter.Visit is { } number ? _snapshot.Visits.FirstOrDefault(v => v.Number == number) : null;
        var customer = visit is null ? null : Present(chance, visit);
        var since = visit?.PhaseSince.Milliseconds ?? 0;
        var until = visit?.Phase switch
        {
            VisitPhase.Serving => since + _times.ServiceBeyond(
                chance, visit.Service, _now.Milliseconds - since, _history.PaceOf(counter.Operator)),
            VisitPhase.Called => since + _times.WalkBeyond(chance, _now.Milliseconds - since),
            _ => 0,
        };
        roll.Seat(counter.Id, customer, _now.Milliseconds, Math.Max(_now.Milliseconds, until));
    }

    private Customer Present(Chance chance, Visit visit) => new()
    {
        Id = visit.Number,
        ArrivesAt = visit.IssuedAt.Milliseconds,
        SlotAt = visit.Place.Since.Milliseconds,
        Service = visit.Service,
        Segment = visit.Segment,
        ServiceMs = _times.Service(chance, visit.Service),
        WalkMs = _times.Walk(chance),

        // Who was called before has shown that they stay.
        PatienceMs = visit.Phase == VisitPhase.Waiting && visit.Calls == 0 ? _times.Patience(chance, visit.Segment) : Customer.Endless,
        Visit = visit.Number,
    };

    private bool TakesPart(Counter counter, BranchRules rules) =>
        counter is { Operator: not null, WorkProfile: { } profile } && rules.WorkProfiles.ContainsKey(profile) && rules.Counters.ContainsKey(counter.Id)
        && (counter.Phase == CounterPhase.Open || (counter.Phase == CounterPhase.Paused && _history.Pauses.Count >= 5));

    // What a future may hold is not refused for want of numbers or of room.
    private static BranchRules Unbounded(BranchRules rules) => BranchRoll.RulesOf(rules) with
    {
        Services = rules.Services.ToDictionary(s => s.Key, s => s.Value with { LastNumber = 9_999_999 }),
        Policy = rules.Policy with { MaxWaiting = int.MaxValue, DayEndsMinute = null, UnprintedMs = 0 },
    };

    private sealed class Calls(int expected) : RollWatch
    {
        private readonly HashSet<Customer> _awaited = new(expected);

        public Dictionary<long, long> CalledAt { get; } = new(expected);

        public int Left => _awaited.Count;

        public void Awaits(Customer customer) => _awaited.Add(customer);

        public override void Called(Customer customer, string counter, long at, bool present)
        {
            if (_awaited.Remove(customer) && !customer.Probe)
            {
                CalledAt[customer.Visit] = at;
            }
        }

        // Who gets no ticket (the service is closed) is not waited for.
        public override void Ended(Customer customer) => _awaited.Remove(customer);
    }
}
