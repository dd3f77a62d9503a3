namespace EdgeQueue.Cloud.MobileTicket;

/// <summary>Event ids 500 to 599. Never a link.</summary>
internal static partial class MobileLog
{
    [LoggerMessage(500, LogLevel.Warning, "the database does not answer, expired tickets are forgotten later: {Reason}")]
    public static partial void NoDatabase(ILogger log, string reason);

    [LoggerMessage(501, LogLevel.Warning, "tickets on phones are shown as they were: {Reason}")]
    public static partial void NotMade(ILogger log, string reason);
}
