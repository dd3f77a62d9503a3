namespace EdgeQueue.Cloud.Network;

/// <summary>Event ids 500 … 599.</summary>
internal static partial class NetworkLog
{
    [LoggerMessage(500, LogLevel.Error, "a live piece of a page could not be made and stays as it was; trying again: {Reason}")]
    public static partial void NotMade(ILogger log, string reason);
}
