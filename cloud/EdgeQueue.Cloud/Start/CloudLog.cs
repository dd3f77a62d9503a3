namespace EdgeQueue.Cloud.Start;

/// <summary>
/// What the process logs; event ids are stable. A room has a class like this of its own, with a hundred of its own.
/// Never a person's name or number, never a secret.
/// </summary>
internal static partial class CloudLog
{
    [LoggerMessage(100, LogLevel.Information, "EdgeQueue cloud {Version}, {Database}, on {Listen}")]
    public static partial void Started(ILogger log, string version, string database, string listen);

    [LoggerMessage(101, LogLevel.Information, "stopping")]
    public static partial void Stopping(ILogger log);

    [LoggerMessage(102, LogLevel.Information, "migration {Name} applied")]
    public static partial void Migrated(ILogger log, string name);

    [LoggerMessage(103, LogLevel.Warning, "the database does not answer, trying again: {Reason}")]
    public static partial void WaitingForDatabase(ILogger log, string reason);

    [LoggerMessage(104, LogLevel.Warning, "{What} are not forgotten yet, as the database does not answer: {Reason}")]
    public static partial void NotForgotten(ILogger log, string what, string reason);

    [LoggerMessage(105, LogLevel.Error, "forgetting {What} broke; it is tried again at the next round")]
    public static partial void HousekeepingBroke(ILogger log, string what, Exception fault);

    [LoggerMessage(106, LogLevel.Information, "the certificate for https is a new one, good until {Until:yyyy-MM-dd}")]
    public static partial void CertificateRenewed(ILogger log, DateTime until);

    [LoggerMessage(107, LogLevel.Warning, "the certificate for https stays the one before: {Reason}")]
    public static partial void CertificateRefused(ILogger log, string reason);
}
