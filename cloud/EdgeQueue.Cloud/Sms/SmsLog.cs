namespace EdgeQueue.Cloud.Sms;

/// <summary>Event ids 400 to 499. Never a number, a text or a link.</summary>
internal static partial class SmsLog
{
    [LoggerMessage(400, LogLevel.Warning, "the database does not answer, messages wait: {Reason}")]
    public static partial void NoDatabase(ILogger log, string reason);

    [LoggerMessage(401, LogLevel.Warning, "whether message {Id} was sent is uncertain: {Reason}; it is not sent again by itself")]
    public static partial void Uncertain(ILogger log, long id, string reason);

    [LoggerMessage(402, LogLevel.Warning, "message {Id} was not sent: {Reason}")]
    public static partial void Failed(ILogger log, long id, string reason);
}
