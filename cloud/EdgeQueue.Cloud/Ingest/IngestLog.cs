namespace EdgeQueue.Cloud.Ingest;

/// <summary>What the ingest logs: 200 … 299.</summary>
internal static partial class IngestLog
{
    [LoggerMessage(200, LogLevel.Information, "connected to the broker {Address}")]
    public static partial void Connected(ILogger log, string address);

    [LoggerMessage(201, LogLevel.Warning, "no connection to the broker {Address}: {Reason}")]
    public static partial void Disconnected(ILogger log, string address, string reason);

    [LoggerMessage(202, LogLevel.Warning, "events were not stored, the hubs send them again: {Reason}")]
    public static partial void StoreFailed(ILogger log, string reason);

    [LoggerMessage(203, LogLevel.Warning, "branch {Branch} sent something that is not a batch of events")]
    public static partial void Malformed(ILogger log, string branch);

    [LoggerMessage(204, LogLevel.Information, "{Count} events of types that are known now were counted")]
    public static partial void CountedLater(ILogger log, long count);

    [LoggerMessage(205, LogLevel.Warning, "days were not made or forgotten, trying again in an hour: {Reason}")]
    public static partial void DaysFailed(ILogger log, string reason);

    [LoggerMessage(206, LogLevel.Warning, "what branch {Branch} reported was not taken: {Reason}")]
    public static partial void ReportNotTaken(ILogger log, string branch, string reason);

    [LoggerMessage(207, LogLevel.Warning, "{What} were not told to {Branch}, it is tried again: {Reason}")]
    public static partial void NotTold(ILogger log, string what, string branch, string reason);
}
