namespace EdgeQueue.Core.Forecast;

/// <summary>What became of a customer.</summary>
public enum CustomerEnd
{
    /// <summary>Not here yet, waiting, or at a counter.</summary>
    None,

    Served,

    /// <summary>Called, and had gone.</summary>
    Absent,

    /// <summary>Went without being called, and said so.</summary>
    Left,

    /// <summary>Got no ticket.</summary>
    Refused,

    /// <summary>Nobody had called them when the roll ended.</summary>
    Unserved,
}

/// <summary>Somebody who comes to a branch that is rolled forward, and what becomes of them. Times in milliseconds.</summary>
public sealed class Customer
{
    /// <summary>Patience of who never leaves.</summary>
    public const long Endless = long.MaxValue;

    public required long Id { get; set; }

    public required long ArrivesAt { get; init; }

    /// <summary>The slot of an appointment; its waiting starts then, or at the arrival when that is later.</summary>
    public long? SlotAt { get; init; }

    /// <summary>The number of a booking that the branch holds: they check in by it. Null: they take a ticket.</summary>
    public string? Booking { get; init; }

    /// <summary>What they come with beyond the service.</summary>
    public Errand Errand { get; init; } = Errand.Plain;

    /// <summary>What they ask for; once they have a ticket, what it was given for.</summary>
    public required string Service { get; set; }

    public string? Segment { get; init; }

    /// <summary>At a counter of ordinary pace.</summary>
    public required long ServiceMs { get; init; }

    /// <summary>
    /// Their stays at counters that are still to come, this one too, for who may be sent on or put aside or has several services. Empty: one
    /// stay of <see cref="ServiceMs"/>.
    /// </summary>
    public IReadOnlyList<Episode> Episodes { get; init; } = [];

    /// <summary>From the call to the counter.</summary>
    public long WalkMs { get; init; }

    /// <summary>After waiting longer than this the customer is gone; counted from the arrival.</summary>
    public long PatienceMs { get; init; } = Endless;

    /// <summary>True: leaves the queue when the patience ends. False: goes and tells nobody, and is called in vain.</summary>
    public bool LeavesAloud { get; init; }

    /// <summary>Takes a ticket only to see when it would be called; a counter's time is not touched.</summary>
    public bool Probe { get; init; }

    public long DueAt => Math.Max(ArrivesAt, SlotAt ?? ArrivesAt);

    /// <summary>The same customer on another day.</summary>
    /// <param name="ms">Milliseconds later.</param>
    public Customer MovedBy(long ms) => new()
    {
        Id = Id,
        ArrivesAt = ArrivesAt + ms,
        SlotAt = SlotAt + ms,
        Booking = Booking,
        Errand = Errand,
        Service = Service,
        Segment = Segment,
        ServiceMs = ServiceMs,
        Episodes = Episodes,
        WalkMs = WalkMs,
        PatienceMs = PatienceMs,
        LeavesAloud = LeavesAloud,
        Probe = Probe,
    };

    /// <summary>The stay at the counter that they wait for: the first that is left of its service, as the order may be theirs to find.</summary>
    internal Episode? Next => Episodes.Count == 0 ? null : Episodes.FirstOrDefault(e => e.Service == Service) ?? Episodes[0];

    /// <summary>The same customer, who waits again after a stay at a counter. Who has been served does not leave.</summary>
    /// <param name="at">From when on.</param>
    internal Customer Again(string service, long at)
    {
        var done = Next;
        return new()
        {
            Id = Id,
            ArrivesAt = at,
            Errand = Errand,
            Service = service,
            Segment = Segment,
            ServiceMs = ServiceMs,
            Episodes = [.. Episodes.Where(e => !ReferenceEquals(e, done))],
            WalkMs = WalkMs,
            Visit = Visit,
        };
    }

    // ---- what became of them

    public CustomerEnd End { get; internal set; }

    /// <summary>The visit's number; 0: none.</summary>
    public long Visit { get; internal set; }

    /// <summary>Why they got no ticket, for people.</summary>
    public string? Refusal { get; internal set; }

    /// <summary>When they were called first; −1: not.</summary>
    public long CalledAt { get; internal set; } = -1;

    public string? Counter { get; internal set; }

    public long EndedAt { get; internal set; } = -1;

    /// <summary>From when they were due to the call.</summary>
    public long WaitMs => Math.Max(0, CalledAt - DueAt);
}
