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

    /// <summary>The operator whom they ask for; null: anyone.</summary>
    public string? Operator { get; init; }

    public required string Service { get; init; }

    public string? Segment { get; init; }

    /// <summary>At a counter of ordinary pace.</summary>
    public required long ServiceMs { get; init; }

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
        Operator = Operator,
        Service = Service,
        Segment = Segment,
        ServiceMs = ServiceMs,
        WalkMs = WalkMs,
        PatienceMs = PatienceMs,
        LeavesAloud = LeavesAloud,
        Probe = Probe,
    };

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
