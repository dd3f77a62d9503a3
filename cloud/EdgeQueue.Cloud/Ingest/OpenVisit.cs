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

    public string Counter { get; set; } = "";

    public long TargetMs { get; set; }

    public long CalledAt { get; set; }

    public long ArrivedAt { get; set; }

    /// <summary>Its present waiting has been counted: a second call after a missed one is not a second wait.</summary>
    public bool WaitCounted { get; set; }

    /// <summary>0: it is not over. What is over stays for a while: an operator may take back a mistake.</summary>
    public long EndedAt { get; set; }

    public CountedAs Counted { get; set; }

    public long CountedQuarter { get; set; }

    public long CountedMs { get; set; }

    /// <summary>The service whose row it was counted in: a transaction says its own.</summary>
    public string CountedService { get; set; } = "";
}
