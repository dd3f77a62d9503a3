using System.Globalization;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Core.Forecast;

/// <summary>
/// The branch at one moment, made ready to be rolled forward many times: the engine itself goes on from a copy of the state,
/// with sampled services, absences and arrivals.
/// </summary>
internal sealed class Outlook
{
    private const long LongestMs = 24 * 60 * 60 * 1000;

    // Who checks in so long before their slot at most is told when they will be called: to look further makes each future longer.
    // So many different slots at most.
    private const long AsksBeforeSlotMs = 30 * 60 * 1000;
    private const int MostSlots = 40;

    // No booking's number has this sign.
    private const string ProbeSign = "@";

    private readonly BranchSnapshot _snapshot;
    private readonly BranchHistory _history;
    private readonly LikelyTimes _times;
    private readonly ComingCustomers _coming;
    private readonly Moment _now;
    private readonly List<Visit> _waiting;
    private readonly List<(Booking Booking, long Slot)> _booked;
    private readonly List<(Booking Probe, List<string> Bookings)> _slots;
    private readonly List<Counter> _counters;
    private readonly List<DeskPlan> _desks;
    private readonly List<ArrivalStream> _newcomers;
    private readonly HashSet<long> _bookedVisits;
    private readonly RollOptions _options;

    /// <param name="state">Only read.</param>
    public Outlook(BranchState state, BranchHistory history, Moment now)
    {
        var rules = Unbounded(state.Rules!);
        (_history, _now) = (history, now);
        var snapshot = state.ToSnapshot();
        _booked = Booked(state, rules, now);
        _slots = Slots(state, rules, now, _booked);
        _snapshot = snapshot with
        {
            Rules = rules,
            ClosesAt = null,
            Visits = [.. snapshot.Visits.Where(v => v.Present)],
            Presses = [],
            Zones = [],
            VisitLife = Present(snapshot.VisitLife, state, now, _slots.Select(s => s.Probe)),
        };
        _times = new(history, rules);
        _coming = new(history, _times, now);
        _waiting = [.. _snapshot.Visits.Where(v => v.Phase == VisitPhase.Waiting)];
        _bookedVisits = [.. _snapshot.VisitLife.Facts.Where(f => f.Booking is not null).Select(f => f.Visit)];
        _counters = [.. state.Counters.Where(c => TakesPart(c, rules))];
        _desks = [.. _counters.Select(c => new DeskPlan(c.Id, c.Operator!, c.WorkProfile, [], history.PaceOf(c.Operator)))];
        _newcomers = [.. history.Arrivals.Streams.Union(rules.Services.Keys.Select(s => new ArrivalStream(s, null)))
            .Where(s => rules.Services.ContainsKey(s.Service) && (s.Segment is null || rules.Segments.ContainsKey(s.Segment)))];
        _options = new((long)(history.Absences.Law?.Mean ?? 0), (long)(history.Gaps.Law?.Mean ?? 0));
    }

    /// <summary>How many wait in it.</summary>
    public int Waiting => _waiting.Count;

    public Future Roll(Chance chance)
    {
        var watch = new Calls(_waiting.Count + _newcomers.Count);
        var roll = new BranchRoll(BranchState.FromSnapshot(_snapshot), _desks, _options, watch)
        {
            Stranger = visit => Present(chance, visit),
            PaceAt = _history.PaceAt,
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

        foreach (var (booking, slot) in _booked)
        {
            if (_times.Booked(chance, booking, slot, _now.Milliseconds) is { } customer)
            {
                roll.Later(customer);
            }
        }

        var probes = _newcomers.Select(s => new Customer
        {
            Id = -2, ArrivesAt = _now.Milliseconds, Service = s.Service, Segment = s.Segment, ServiceMs = 0, Probe = true,
        }).ToList();
        var early = _slots.Select(s => new Customer
        {
            Id = -2, ArrivesAt = _now.Milliseconds, Booking = s.Probe.Id, Service = s.Probe.Service, Segment = s.Probe.Segment, ServiceMs = 0, Probe = true,
        }).ToList();
        probes.ForEach(watch.Awaits);
        early.ForEach(watch.Awaits);
        // Who is not called within a day is not called in this future: somebody may wait for whom no open counter may call.
        roll.Run(probes.Concat(early).Concat(_coming.Sample(chance)), until: _now.Milliseconds + LongestMs, enough: () => watch.Left == 0);
        return new(
            _now.Milliseconds,
            watch.CalledAt,
            early.Zip(_slots).SelectMany(e => e.Second.Bookings.Select(b => (b, CalledAt(e.First)))).ToDictionary(e => e.b, e => e.Item2),
            probes.ToDictionary(p => new ArrivalStream(p.Service, p.Segment), CalledAt),
            _times.Drawn == 0 ? 0 : (double)_times.Guessed / _times.Drawn);
    }

    private static long? CalledAt(Customer probe) => probe.CalledAt < 0 ? null : probe.CalledAt;

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
                chance, visit.Service, _now.Milliseconds - since,
                _history.PaceOf(counter.Operator) * _history.PaceAt(visit.Service, _snapshot.Clock.MinuteOfDay(new(since)))),
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
        PatienceMs = visit.Phase == VisitPhase.Waiting && visit.Calls == 0
            ? _times.Patience(chance, visit.Segment, _bookedVisits.Contains(visit.Number))
            : Customer.Endless,
        Visit = visit.Number,
    };

    // The book of a branch may hold weeks; a future looks at the bookings of its own day, and at those that are here.
    private static VisitSnapshot Present(VisitSnapshot life, BranchState state, Moment now, IEnumerable<Booking> probes)
    {
        var wall = now.Milliseconds + state.Clock.DisplayOffset;
        return life with
        {
            Bookings =
            [
                .. life.Bookings.Where(h => h.State switch
            {
                BookingState.Open => h.Booking.SlotUtcMs < wall + LongestMs,
                BookingState.CheckedIn => h.Visit is { } visit && state.Find(visit) is { Present: true },
                _ => false,
            }),
                .. probes.Select(p => new HeldBooking(p, BookingState.Open, null))],
            Facts = [.. life.Facts.Where(f => state.Find(f.Visit) is { Present: true })],
        };
    }

    private static List<(Booking Booking, long Slot)> Booked(BranchState state, BranchRules rules, Moment now)
    {
        var wall = now.Milliseconds + state.Clock.DisplayOffset;
        List<(Booking Booking, long Slot)> booked = [];
        foreach (var booking in state.OpenBookings.Where(b => rules.Services.ContainsKey(b.Service)))
        {
            var own = CheckInDecisions.RulesOf(rules, booking.Service);
            if (booking.SlotUtcMs >= wall + LongestMs)
            {
                break;
            }

            if (booking.SlotUtcMs + Math.Max(own.LapseMs, own.LateMs) > wall)
            {
                booked.Add((booking, booking.SlotUtcMs - state.Clock.DisplayOffset));
            }
        }

        return booked;
    }

    /// <summary>
    /// One booking more for each slot at which somebody may check in about now, for somebody who does so now and takes no time: so
    /// all of that slot are told what they will wait. A guard keeps counters free for whoever has checked in, so with one nobody asks.
    /// </summary>
    private static List<(Booking Probe, List<string> Bookings)> Slots(
        BranchState state, BranchRules rules, Moment now, List<(Booking Booking, long Slot)> booked)
    {
        var wall = now.Milliseconds + state.Clock.DisplayOffset;
        return rules.Services.Keys.Any(s => CheckInDecisions.RulesOf(rules, s).GuardMs > 0)
            ? []
            :
            [
                .. booked.Select(b => b.Booking)
                    .Where(b => b.SlotUtcMs - wall <= Math.Min(AsksBeforeSlotMs, CheckInDecisions.RulesOf(rules, b.Service).EarlyMs))
                    .GroupBy(b => (b.Service, b.Segment, b.SlotUtcMs)).Take(MostSlots)
                    .Select((g, i) => (
                        new Booking(ProbeSign + i.ToString(CultureInfo.InvariantCulture), g.Key.Service, g.Key.SlotUtcMs, Segment: g.Key.Segment),
                        g.Select(b => b.Id).ToList())),
            ];
    }

    private bool TakesPart(Counter counter, BranchRules rules) =>
        counter is { Operator: not null, WorkProfile: { } profile } && rules.WorkProfiles.ContainsKey(profile) && rules.Counters.ContainsKey(counter.Id)
        && (counter.Phase == CounterPhase.Open || (counter.Phase == CounterPhase.Paused && _history.Pauses.Count >= 5));

    // What a future may hold is not refused for want of numbers or of room. The gaps that were learned have the automatic calls
    // and the paced ones in them, so a desk presses by itself and is heard at once; whom an automatic buffer will call ahead
    // is whom the counter calls.
    private static BranchRules Unbounded(BranchRules rules) => BranchRoll.RulesOf(rules) with
    {
        Visits = BranchRoll.RulesOf(rules).Visits is { } visits ? visits with { CallSpacing = null, AutoCall = null, Buffers = null } : null,
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
