namespace EdgeQueue.Core.Queue;

/// <summary>
/// The branch as the journal has it: indexed, changed by <see cref="Evolve"/> only, and owned by one loop. It is mutable for
/// speed; what it hands out (<see cref="Visit"/>, <see cref="Counter"/>, …) is not.
/// </summary>
public sealed partial class BranchState
{
    /// <summary>Calls kept per zone for its boards; the oldest is dropped.</summary>
    public const int RecentCallsPerZone = 16;

    internal VisitTable VisitsByNumber { get; } = new();
    internal Dictionary<string, long> VisitsByLabel { get; } = [];
    internal Dictionary<string, PressedTicket> Presses { get; } = [];
    internal Dictionary<string, Counter> CountersById { get; } = [];
    internal SortedDictionary<string, Lease> LeasesById { get; } = new(StringComparer.Ordinal);
    internal Dictionary<string, ZoneBoard> CallsByZone { get; } = [];

    /// <summary>By prefix: the next number of the ordinary sequence, for prefixes that gave one today.</summary>
    internal SortedDictionary<string, int> NextNumbers { get; } = new(StringComparer.Ordinal);

    /// <summary>By prefix: where the search for the next block to lease begins.</summary>
    internal SortedDictionary<string, int> NextOffline { get; } = new(StringComparer.Ordinal);

    internal WaitingIndex Waiters { get; } = new();

    /// <summary>Parked visits by the moment at which their parking ends.</summary>
    internal SortedSet<(long Until, long Visit)> ParkEnds { get; } = [];

    /// <summary>Tickets without a print report, never called, by their time of issue.</summary>
    internal SortedSet<(long IssuedAt, long Visit)> Unprinted { get; } = [];

    internal SortedSet<long> Parked { get; } = [];

    public int ParkedVisits => Parked.Count;

    internal long LastVisit { get; set; }
    internal long LastLease { get; set; }
    internal int ForkedOnDay { get; set; }
    internal int ForkSkip { get; set; }

    /// <summary>By prefix: the number with which a day begins after a fork that was told so, in place of <see cref="ForkSkip"/>.</summary>
    internal SortedDictionary<string, int> ForkNext { get; } = new(StringComparer.Ordinal);

    /// <summary>Number of the business day, from 1; 0 before the first configuration.</summary>
    public int Day { get; internal set; }

    /// <summary>Branch time at which the business day was opened.</summary>
    public Moment DayOpenedAt { get; internal set; }

    /// <summary>A day is open always once there is a configuration: closing one opens the next.</summary>
    public bool IsOpen => Day > 0;

    /// <summary>When Tick closes the day; null: only a person does, or the wall clock is not trusted yet.</summary>
    public Moment? ClosesAt { get; internal set; }

    public BranchClock Clock { get; internal set; } = BranchClock.Unknown;

    public BranchRules? Rules { get; internal set; }

    public bool Evacuating { get; internal set; }

    /// <summary>Everybody here today, and who has left since the day opened; in no order.</summary>
    public IReadOnlyCollection<Visit> Visits => VisitsByNumber.Values;

    /// <summary>The counters that were ever touched, by id.</summary>
    public IEnumerable<Counter> Counters => CountersById.Values.OrderBy(c => c.Id, StringComparer.Ordinal);

    public IReadOnlyCollection<Lease> Leases => LeasesById.Values;

    /// <summary>How many wait in the whole branch.</summary>
    public int Waiting => Waiters.Count;

    public Visit? Find(long visit) => VisitsByNumber.GetValueOrDefault(visit);

    /// <summary>Who holds this label today, gone or not; also somebody who was kept overnight.</summary>
    public Visit? FindByLabel(string label) =>
        VisitsByLabel.TryGetValue(label, out var number) ? Find(number) : null;

    /// <summary>What a key press became, today or on the previous business day; its visit may be gone from the state.</summary>
    public PressedTicket? FindByPress(string press) => Presses.GetValueOrDefault(press);

    /// <summary>The counter as it stands; a closed one of version 0 if it was never touched.</summary>
    public Counter Counter(string id) => CountersById.GetValueOrDefault(id) ?? Queue.Counter.Untouched(id);

    /// <summary>The visit called to or served at a counter.</summary>
    public Visit? VisitAt(Counter counter) => counter.Visit is { } number ? Find(number) : null;

    /// <summary>The counter where an operator is open or paused.</summary>
    public Counter? CounterOf(string operatorId)
    {
        foreach (var counter in CountersById.Values)
        {
            if (counter.Operator == operatorId)
            {
                return counter;
            }
        }

        return null;
    }

    /// <summary>How many wait for a service, whoever may call them.</summary>
    public int WaitingFor(string service) => Waiters.WaitingFor(service);

    /// <summary>Services for which somebody waits, configured or not.</summary>
    public IEnumerable<string> ServicesWaitedFor => Waiters.ServicesWaitedFor;

    /// <summary>How many wait that this counter might call: its profile's services, and who waits for it or its operator.</summary>
    public int WaitingAt(string counter) =>
        Counter(counter) is { WorkProfile: not null } open && Rules is { } rules && Waiters.Post(open, rules) is { } post
            ? CallingRule.WaitingAt(this, open, post) + NextChoice.Ahead(this, post)
            : 0;

    /// <summary>How many of its queue came before a waiting visit: the people ahead that a ticket shows.</summary>
    public int Ahead(Visit visit) =>
        visit.Phase == VisitPhase.Waiting ? Waiters.CountBefore(visit.Place, visit.Number) : 0;

    /// <summary>Newest first.</summary>
    public IReadOnlyList<RecentCall> RecentCalls(string zone) =>
        CallsByZone.TryGetValue(zone, out var board) ? board.ToArray() : [];

    /// <summary>All blocks that a dispenser's store holds: the answer to its request, also to a repeated one.</summary>
    public IEnumerable<Lease> LeasesOf(string store) =>
        LeasesById.Values.Where(l => l.Store == store && !l.Revoked);
}
