namespace EdgeQueue.Core.Queue;

public sealed partial class BranchState
{
    private StandingRules _standing = new(null);

    internal BookingBook Bookings { get; } = new();

    internal Dictionary<long, VisitFacts> FactsByVisit { get; } = [];

    /// <summary>Since when nobody could have known what time it is on the wall: it jumped ahead then, or became trusted.</summary>
    internal Moment? WallJumpedAt { get; set; }

    /// <summary>Version of the bookings that are held; 0: none were ever told.</summary>
    public long BookingsVersion { get; internal set; }

    /// <summary>How many bookings are held, whatever became of them.</summary>
    public int BookingsHeld => Bookings.Count;

    /// <summary>The bookings that are expected, the earliest slot first.</summary>
    public IEnumerable<Booking> OpenBookings => Bookings.Open;

    public HeldBooking? FindBooking(string id) => Bookings.Find(id);

    /// <summary>What else is known of a visit; null: nothing.</summary>
    public VisitFacts? Facts(long visit) => FactsByVisit.GetValueOrDefault(visit);

    /// <summary>Tickets of this business day for a service, those of offline blocks too; papers that never came out are not counted.</summary>
    public int TicketsOf(string service) => TicketsToday.GetValueOrDefault(service);

    /// <summary>People in the hall: waiting, walking, served or parked, groups by their heads.</summary>
    public int PeoplePresent { get; internal set; }

    /// <summary>By opaque id of a person: their visits, gone or not.</summary>
    internal Dictionary<string, List<long>> VisitsOfPerson { get; } = new(StringComparer.Ordinal);

    /// <summary>Scratch of Tick, so that one for which nothing is due makes nothing.</summary>
    internal List<Event> DueNow { get; } = [];

    internal SortedDictionary<string, int> TicketsToday { get; } = new(StringComparer.Ordinal);

    /// <summary>When a counter's pause is planned to end; null: it is not paused, or nobody said.</summary>
    public Moment? PausedUntil(string counter) => PlannedEnds.TryGetValue(counter, out var until) ? until : null;

    /// <summary>Who was called ahead and not yet to a counter, in that order: visit and buffer.</summary>
    public IEnumerable<(Visit Visit, string Buffer)> CalledAhead => Precalled.Select(v => (VisitsByNumber[v], BufferName.Of(VisitsByNumber[v].Place)!));

    /// <summary>Its call, to a counter or ahead to a buffer, is made, but shown and spoken later.</summary>
    public bool IsHeld(long visit) => HeldCalls.ContainsKey(visit);

    internal SortedDictionary<string, Moment> PlannedEnds { get; } = new(StringComparer.Ordinal);

    /// <summary>By counter: the reason of the pause that begins when its customer has left.</summary>
    internal SortedDictionary<string, string> PausesOrdered { get; } = new(StringComparer.Ordinal);

    /// <summary>Counters that put somebody back into the queue and have called nobody since: they wait for a press.</summary>
    internal SortedSet<string> PutBack { get; } = new(StringComparer.Ordinal);

    internal List<long> Precalled { get; } = [];

    internal SortedDictionary<long, HeldCall> HeldCalls { get; } = [];

    /// <summary>By zone: when somebody was last heard to be called ahead to one of its buffers.</summary>
    internal SortedDictionary<string, Moment> SaidAhead { get; } = new(StringComparer.Ordinal);

    internal StandingRules Standing => ReferenceEquals(_standing.Rules, Rules) ? _standing : _standing = new(Rules);

    internal int InBuffer(string buffer)
    {
        var count = 0;
        foreach (var number in Precalled)
        {
            count += BufferName.Is(VisitsByNumber[number].Place, buffer) ? 1 : 0;
        }

        return count;
    }

    internal VisitRules VisitRules => Rules?.Visits ?? VisitRules.None;
}
