namespace EdgeQueue.Cloud.Joining;

/// <summary>Event ids 700 to 749. Never a number or a link.</summary>
internal static partial class JoinLog
{
    [LoggerMessage(700, LogLevel.Warning, "the database does not answer, tickets of people outside wait: {Reason}")]
    public static partial void NoDatabase(ILogger log, string reason);
}
