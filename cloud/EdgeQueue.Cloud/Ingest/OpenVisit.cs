namespace EdgeQueue.Cloud.Ingest;

/// <summary>How a visit's last step was counted, in case it is taken back.</summary>
public enum CountedAs : byte
{
    Nothing,
    Served,
    NoShow,
    Gone,
}

/// <summary>What later events of a visit need and do not say themselves. Times are branch time in milliseconds; 0: not yet.</summary>
public sealed class OpenVisit
{
    public string Service { get; set; } = "";

    /// <summary>The counter that it is at; '': at none.</summary>
    public string At => LeftAt > 0 ? "" : Counter;

    public string Counter { get; set; } = "";

    public long TargetMs { get; set; }

    public long CalledAt { get; set; }

    public long ArrivedAt { get; set; }

    /// <summary>Its present waiting has been counted: a second call after a missed one is not a second wait.</summary>
    public bool WaitCounted { get; set; }

    /// <summary>In the place of a time: it is put aside.</summary>
    public const long NotWaiting = long.MaxValue;

    /// <summary>When its waiting after a counter began; 0: it waits since it came, which the call itself says; <see cref="NotWaiting"/>: not yet.</summary>
    public long WaitsSince { get; set; }

    /// <summary>When it left a counter and was not over: put aside, sent on, or back to the queue; 0: it did not.</summary>
    public long LeftAt { get; set; }

    /// <summary>How long it had been served before it was called the last time, in the same transaction.</summary>
    public long ServedMs { get; set; }

    /// <summary>0: it is not over. What is over stays for a while: an operator may take back a mistake.</summary>
    public long EndedAt { get; set; }

    public CountedAs Counted { get; set; }

    public long CountedQuarter { get; set; }

    public long CountedMs { get; set; }

    /// <summary>The service whose row it was counted in: a transaction says its own.</summary>
    public string CountedService { get; set; } = "";
}
