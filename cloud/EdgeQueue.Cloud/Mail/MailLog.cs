namespace EdgeQueue.Cloud.Mail;

/// <summary>Event ids 1000 to 1099. Never an address or a text.</summary>
internal static partial class MailLog
{
    [LoggerMessage(1000, LogLevel.Warning, "the database does not answer, notices wait: {Reason}")]
    public static partial void NoDatabase(ILogger log, string reason);

    [LoggerMessage(1001, LogLevel.Warning, "whether notice {Id} was sent is uncertain: {Reason}; it is not sent again by itself")]
    public static partial void Uncertain(ILogger log, long id, string reason);

    [LoggerMessage(1002, LogLevel.Warning, "notice {Id} was not sent: {Reason}")]
    public static partial void Failed(ILogger log, long id, string reason);

    [LoggerMessage(1003, LogLevel.Error, "looking for notices broke, it is tried again")]
    public static partial void Broke(ILogger log, Exception fault);
}
