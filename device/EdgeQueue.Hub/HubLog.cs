namespace EdgeQueue.Hub;

/// <summary>
/// All that the hub logs. Event ids are stable. Names of things only: never a person's name, number or PIN (law 12).
/// </summary>
internal static partial class HubLog
{
    [LoggerMessage(100, LogLevel.Information, "EdgeQueue hub {Version} for branch '{Branch}', journal {Journal} at event {Seq}, business day {Day}")]
    public static partial void Started(ILogger log, string version, string branch, string journal, long seq, int day);

    [LoggerMessage(101, LogLevel.Information, "stopping")]
    public static partial void Stopping(ILogger log);

    [LoggerMessage(102, LogLevel.Critical, "{Reason}")]
    public static partial void CannotStart(ILogger log, string reason);

    [LoggerMessage(103, LogLevel.Critical, "the command loop broke; the hub stops and systemd starts it again")]
    public static partial void LoopBroke(ILogger log, Exception fault);

    [LoggerMessage(104, LogLevel.Information, "status page on http://{Address}/")]
    public static partial void PageAt(ILogger log, string address);

    [LoggerMessage(110, LogLevel.Information, "connected to the broker")]
    public static partial void Connected(ILogger log);

    [LoggerMessage(111, LogLevel.Warning, "no connection to the broker: {Reason}")]
    public static partial void Disconnected(ILogger log, string reason);

    [LoggerMessage(120, LogLevel.Warning, "{Kind} input from {Source}: {Sentence} (further ones of this minute are only counted)")]
    public static partial void Rejected(ILogger log, string kind, string source, string sentence);

    [LoggerMessage(130, LogLevel.Error, "fault {Code}: {Sentence}")]
    public static partial void FaultBegan(ILogger log, string code, string sentence);

    [LoggerMessage(131, LogLevel.Information, "fault {Code} is over")]
    public static partial void FaultEnded(ILogger log, string code);

    [LoggerMessage(140, LogLevel.Information, "configuration revision {Revision} is in force")]
    public static partial void ConfigurationApplied(ILogger log, long revision);

    [LoggerMessage(141, LogLevel.Error, "configuration {File}: {Fault}")]
    public static partial void ConfigurationFault(ILogger log, string file, string fault);

    [LoggerMessage(142, LogLevel.Warning, "configuration revision {Revision} of the cloud is not used: {Reason}")]
    public static partial void ConfigurationRejected(ILogger log, long revision, string reason);

    [LoggerMessage(143, LogLevel.Information, "configuration revision {Revision} was applied before the hub ended: its file is put in place")]
    public static partial void ConfigurationSettled(ILogger log, long revision);

    [LoggerMessage(150, LogLevel.Information, "the clock on the wall: offset {OffsetMs} ms, UTC {UtcMinutes} min, trusted {Trusted}")]
    public static partial void ClockStepped(ILogger log, long offsetMs, int utcMinutes, bool trusted);

    [LoggerMessage(151, LogLevel.Information, "made up {Milliseconds} ms in which the machine was off")]
    public static partial void TimeMadeUp(ILogger log, long milliseconds);

    [LoggerMessage(160, LogLevel.Information, "snapshot of event {Seq} written, {Bytes} bytes")]
    public static partial void SnapshotWritten(ILogger log, long seq, int bytes);

    [LoggerMessage(161, LogLevel.Warning, "work beside the loop failed: {Reason}")]
    public static partial void SideWorkFailed(ILogger log, string reason);

    [LoggerMessage(170, LogLevel.Warning, "{Unit} is missing")]
    public static partial void UnitMissing(ILogger log, string unit);

    [LoggerMessage(171, LogLevel.Information, "{Unit} is there")]
    public static partial void UnitThere(ILogger log, string unit);

    [LoggerMessage(180, LogLevel.Information, "connected to the cloud at {Broker}")]
    public static partial void CloudThere(ILogger log, string broker);

    [LoggerMessage(181, LogLevel.Warning, "no link to the cloud, which the branch does not need: {Reason}")]
    public static partial void CloudGone(ILogger log, string reason);

    [LoggerMessage(182, LogLevel.Warning, "the cloud does not have {Events} events any more that it had; it has those up to {Stored}, and the others go up again")]
    public static partial void CloudLost(ILogger log, long events, long stored);

    [LoggerMessage(183, LogLevel.Warning, "the cloud's broker is there, and the cloud does not answer: {Reason}")]
    public static partial void CloudSilent(ILogger log, string reason);

    [LoggerMessage(184, LogLevel.Warning, "{Sentence}")]
    public static partial void CloudCertificateEnds(ILogger log, string sentence);

    [LoggerMessage(185, LogLevel.Information, "the cloud answers again")]
    public static partial void CloudSpeaks(ILogger log);
}
