using EdgeQueue.Core.Updates;

namespace EdgeQueue.Hub.Updates;

/// <summary>All that the desk for updates logs, 400 … 449; ids are stable.</summary>
internal static partial class UpdatesLog
{
    [LoggerMessage(400, LogLevel.Information, "desk for updates {Version} of branch '{Branch}'; bundles are served on port {Port}")]
    public static partial void Started(ILogger log, string version, string branch, int port);

    [LoggerMessage(401, LogLevel.Critical, "{Reason}")]
    public static partial void CannotStart(ILogger log, string reason);

    [LoggerMessage(402, LogLevel.Information, "connected to the broker")]
    public static partial void Connected(ILogger log);

    [LoggerMessage(403, LogLevel.Warning, "no connection to the broker: {Reason}")]
    public static partial void Disconnected(ILogger log, string reason);

    [LoggerMessage(410, LogLevel.Information, "wish {Number}: {Bundles}")]
    public static partial void Wished(ILogger log, long number, string bundles);

    [LoggerMessage(411, LogLevel.Warning, "{File} is not used: {Reason}")]
    public static partial void WishRefused(ILogger log, string file, string reason);

    [LoggerMessage(420, LogLevel.Information, "'{Device}': {Step}, version {Version}, attempt {Attempt}")]
    public static partial void Stepped(ILogger log, string device, DeviceStep step, string version, int attempt);

    [LoggerMessage(421, LogLevel.Error, "the roll-out is stopped here: {Reason}")]
    public static partial void Stopped(ILogger log, string reason);

    [LoggerMessage(422, LogLevel.Error, "what was decided cannot be written down, so nobody is told: {Reason}")]
    public static partial void NotKept(ILogger log, string reason);

    [LoggerMessage(430, LogLevel.Information, "bundle {Sha256} is here, {Size} bytes")]
    public static partial void BundleHere(ILogger log, string sha256, long size);

    [LoggerMessage(431, LogLevel.Warning, "{File} is not offered: {Reason}")]
    public static partial void BundleRefused(ILogger log, string file, string reason);

    [LoggerMessage(432, LogLevel.Warning, "{Address} could not be fetched, it is tried again: {Reason}")]
    public static partial void NotFetched(ILogger log, string address, string reason);

    [LoggerMessage(440, LogLevel.Error, "the broker does not let this desk tell '{Device}' anything: look at its access list")]
    public static partial void NotLet(ILogger log, string device);
}
