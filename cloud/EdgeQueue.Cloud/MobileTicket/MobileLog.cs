namespace EdgeQueue.Cloud.MobileTicket;

/// <summary>Event ids 500 to 599. Never a link.</summary>
internal static partial class MobileLog
{
    [LoggerMessage(501, LogLevel.Warning, "tickets on phones are shown as they were: {Reason}")]
    public static partial void NotMade(ILogger log, string reason);
}
