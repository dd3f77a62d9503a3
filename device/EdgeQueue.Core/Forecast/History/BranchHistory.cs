using EdgeQueue.Core.Queue;

namespace EdgeQueue.Core.Forecast;

/// <summary>
/// What a branch's own journal tells about how it works: who comes when, how long services take and with whom, how long a call
/// takes, who has gone by then. Fed with the events, one after the other; bounded, whatever comes.
/// </summary>
public sealed partial class BranchHistory
{
    private const int MostDurations = 1000;

    // The mean of long services wanders by 2 % with so many, and waits by a multiple of that.
    private const int MostServices = 3000;
    private const long HalfHour = 1_800_000;
    private const long LongestSpan = 86_400_000;

    private readonly Dictionary<long, Trail> _trails = [];
    private readonly Dictionary<string, Recent> _services = [];
    private readonly Dictionary<string, Pace> _paces = [];
    private readonly Dictionary<string, Pace[]> _hours = [];
    private readonly Dictionary<(string Segment, bool Booked), PatienceCurve> _patience = [];
    private readonly Dictionary<string, long> _released = [];
    private readonly Dictionary<string, long> _paused = [];

    /// <summary>Who came without a booking.</summary>
    public ArrivalHistory Arrivals { get; } = new();

    public BookingHistory Bookings { get; } = new();

    public StaffHistory Staff { get; } = new();

    /// <summary>From the call to the counter, milliseconds.</summary>
    public Recent Walks { get; } = new(MostDurations);

    /// <summary>Of them, those of people who were not called ahead to a buffer first.</summary>
    public Recent WholeWalks { get; } = new(MostDurations);

    /// <summary>From the call until an operator gave up on somebody.</summary>
    public Recent Absences { get; } = new(MostDurations);

    /// <summary>From the end of a service to the next call, where somebody was waiting.</summary>
    public Recent Gaps { get; } = new(MostDurations);

    public Recent Pauses { get; } = new(MostDurations);

    public BranchClock Clock { get; private set; } = BranchClock.Unknown;

    /// <summary>Transactions that were seen.</summary>
    public long Served { get; private set; }

    public Recent? Services(string service) => _services.GetValueOrDefault(service);

    /// <summary>Null: nobody of this segment was ever called.</summary>
    /// <param name="booked">Of those who came with a booking.</param>
    public PatienceCurve? Patience(string? segment, bool booked = false) => _patience.GetValueOrDefault((segment ?? "", booked));

    /// <summary>An operator's service times ÷ those of all, by the same mix of services; near 1 with little data.</summary>
    public double PaceOf(string? operatorId) =>
        operatorId is not null && _paces.TryGetValue(operatorId, out var pace) ? pace.Factor : 1;

    /// <summary>The times of a service that begins in this hour ÷ those of the whole day, with the same operators; near 1 with little data.</summary>
    /// <param name="minuteOfDay">By the wall clock, 0 … 1439.</param>
    public double PaceAt(string service, int minuteOfDay) => _hours.TryGetValue(service, out var hours) ? hours[minuteOfDay / 60].Factor : 1;

    public int SlotOf(Moment at) => Clock.MinuteOfDay(at) / 30;

    /// <summary>How far into the half-hour it is, 0 … 1.</summary>
    public double IntoSlot(Moment at) => (((Clock.Local(at) % HalfHour) + HalfHour) % HalfHour) / (double)HalfHour;

    /// <summary>The clock on the wall, when the learning begins in the middle of a journal.</summary>
    public void StartFrom(BranchClock clock) => Clock = clock;

    public void Learn(Event happened)
    {
        Bookings.Learn(happened, Clock);
        Staff.Learn(happened, Clock);
        switch (happened)
        {
            case ClockStepped e:
                Clock = e.Clock;
                break;
            case DayOpened:
                Arrivals.EndDay();
                _released.Clear();
                _paused.Clear();
                break;
            case TicketIssued { Queued: true, Estimated: false } e:
                Came(e);
                break;
            case BookingCheckedIn e when _trails.TryGetValue(e.Visit, out var booked):
                booked.HasBooking = true;
                if (Clock.Trusted)
                {
                    Arrivals.Remove(booked.Stream, SlotOf(e.At));
                }

                break;
            case LiveVisitBegun e when _trails.TryGetValue(e.Visit, out var live):
                live.IsLive = true;
                break;
            case VisitCalled e:
                Called(e);
                break;
            case VisitArrived e when _trails.TryGetValue(e.Visit, out var trail) && trail.CalledAt >= 0:
                Arrived(e, trail);
                break;
            case TransactionFinished e:
                Finished(e);
                break;
            case VisitTransferred e when _trails.TryGetValue(e.Visit, out var trail):
                trail.WaitsAgain();
                break;
            case VisitRequeued e when _trails.TryGetValue(e.Visit, out var trail):
                trail.WaitsAgain();
                break;
            case VisitParked e when _trails.TryGetValue(e.Visit, out var trail):
                trail.WaitsAgain();
                break;
            case VisitPostponed e when _trails.TryGetValue(e.Visit, out var trail):
                trail.WaitsAgain();
                break;
            case VisitRedirected e when _trails.TryGetValue(e.Visit, out var trail):
                trail.WaitsAgain();
                break;
            case VisitPrecalled e when _trails.TryGetValue(e.Visit, out var trail):
                trail.IsAhead = true;
                break;
            case VisitEnded e:
                Ended(e);
                break;
            case CounterPaused e:
                _paused[e.Counter] = e.At.Milliseconds;
                _released.Remove(e.Counter);
                break;
            case CounterOpened e:
                if (_paused.Remove(e.Counter, out var since))
                {
                    Pauses.Add(e.At.Milliseconds - since);
                }

                break;
            default:
                break;
        }
    }

    private void Came(TicketIssued e)
    {
        var stream = new ArrivalStream(e.Service, e.Segment);
        _trails[e.Visit] = new(stream, e.At.Milliseconds);
        if (Clock.Trusted)
        {
            Arrivals.Add(stream, SlotOf(e.At), Clock.DayOfWeek(e.At));
        }
    }

    private void Arrived(VisitArrived e, Trail trail)
    {
        // Who begins a live queue's visit stands there already: they neither waited nor walked.
        if (!trail.IsLive)
        {
            Walks.Add(e.At.Milliseconds - trail.CalledAt);
            if (!trail.IsAhead)
            {
                WholeWalks.Add(e.At.Milliseconds - trail.CalledAt);
            }

            Seen(trail, gone: false);
        }

        trail.ArrivedAt = e.At.Milliseconds;
    }

    private void Called(VisitCalled e)
    {
        if (_trails.TryGetValue(e.Visit, out var trail))
        {
            (trail.CalledAt, trail.Operator) = (e.At.Milliseconds, e.Operator);
        }

        // The gap is the operator's only where somebody was waiting to be called.
        if (_released.Remove(e.Counter, out var released) && e.Why.WaitMs > e.At.Milliseconds - released)
        {
            Gaps.Add(e.At.Milliseconds - released);
        }
    }

    private void Seen(Trail trail, bool gone)
    {
        // Only the first call after the first wait tells of patience.
        if (trail.FirstWait)
        {
            var key = (trail.Stream.Segment ?? "", trail.HasBooking);
            if (!_patience.TryGetValue(key, out var curve))
            {
                _patience[key] = curve = new();
            }

            curve.Add(trail.CalledAt - trail.IssuedAt, gone);
            trail.FirstWait = false;
        }
    }

    private void Finished(TransactionFinished e)
    {
        _released[e.Counter] = e.At.Milliseconds;
        if (!_trails.TryGetValue(e.Visit, out var trail) || trail.ArrivedAt < 0)
        {
            return;
        }

        var began = trail.ArrivedAt;
        var took = e.At.Milliseconds - began;
        trail.ArrivedAt = -1;
        if (took is < 0 or > LongestSpan)
        {
            return;
        }

        if (!_services.TryGetValue(e.Service, out var recent))
        {
            _services[e.Service] = recent = new(MostServices);
        }

        if (recent.Law is { Count: >= 20, Mean: > 0 } law)
        {
            Paced(e.Service, trail.Operator, new Moment(began), took, law.Mean);
        }

        recent.Add(took);
        Served++;
    }

    // What is the hour's is not the operator's, who may work in slow hours only; and the other way round.
    private void Paced(string service, string? by, Moment began, long took, double ordinary)
    {
        if (!_hours.TryGetValue(service, out var hours))
        {
            _hours[service] = hours = [.. Enumerable.Range(0, 24).Select(_ => Pace.OfAnHour())];
        }

        var hour = hours[Clock.MinuteOfDay(began) / 60];
        var (own, common) = (PaceOf(by), hour.Factor);
        if (Clock.Trusted)
        {
            hour.Add(took, ordinary * own);
        }

        if (by is not null)
        {
            if (!_paces.TryGetValue(by, out var pace))
            {
                _paces[by] = pace = Pace.OfAnOperator();
            }

            pace.Add(took, ordinary * common);
        }
    }

    private void Ended(VisitEnded e)
    {
        if (!_trails.Remove(e.Visit, out var trail))
        {
            return;
        }

        if (e.How == VisitEnd.NoShow && trail.CalledAt >= 0)
        {
            Absences.Add(e.At.Milliseconds - trail.CalledAt);
            Seen(trail, gone: true);
        }
    }

    private sealed class Trail(ArrivalStream stream, long issuedAt)
    {
        public ArrivalStream Stream => stream;
        public long IssuedAt => issuedAt;
        public bool IsLive { get; set; }
        public bool IsAhead { get; set; }
        public bool HasBooking { get; set; }
        public long CalledAt { get; set; } = -1;
        public long ArrivedAt { get; set; } = -1;
        public string? Operator { get; set; }
        public bool FirstWait { get; set; } = true;

        public void WaitsAgain() => (CalledAt, ArrivedAt, Operator, FirstWait) = (-1, -1, null, false);
    }
}
