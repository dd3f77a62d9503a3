namespace EdgeQueue.Cloud.Configuration;

/// <summary>Event ids 1100 to 1199.</summary>
internal static partial class ConfigurationLog
{
    [LoggerMessage(1100, LogLevel.Warning, "the hub of {Branch} does not take configuration revision {Revision}: {Sentence}")]
    public static partial void Rejected(ILogger log, string branch, long revision, string sentence);
}
