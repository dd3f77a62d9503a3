namespace EdgeQueue.Cloud.Network;

/// <summary>Event ids 600 … 699.</summary>
internal static partial class NetworkLog
{
    [LoggerMessage(600, LogLevel.Error, "a live piece of a page could not be made and stays as it was; trying again: {Reason}")]
    public static partial void NotMade(ILogger log, string reason);
}
