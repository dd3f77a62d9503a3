using Microsoft.Extensions.Logging;

namespace EdgeQueue.Hub.Identity;

/// <summary>All that the registrar logs, 300 … 399; ids are stable. Never a claim code, a key or a PIN.</summary>
internal static partial class IdentityLog
{
    [LoggerMessage(300, LogLevel.Information, "registrar {Version} of branch '{Branch}'; devices enrol on port {Port}")]
    public static partial void Started(ILogger log, string version, string branch, int port);

    [LoggerMessage(301, LogLevel.Critical, "{Reason}")]
    public static partial void CannotStart(ILogger log, string reason);

    [LoggerMessage(302, LogLevel.Information, "connected to the broker")]
    public static partial void Connected(ILogger log);

    [LoggerMessage(303, LogLevel.Warning, "no connection to the broker: {Reason}")]
    public static partial void Disconnected(ILogger log, string reason);

    [LoggerMessage(310, LogLevel.Information, "the certificate of '{Node}' ends before long; it was asked to renew it")]
    public static partial void RenewalWanted(ILogger log, string node);

    [LoggerMessage(311, LogLevel.Information, "'{Node}' has a new certificate, {Serial}")]
    public static partial void Renewed(ILogger log, string node, string serial);

    [LoggerMessage(312, LogLevel.Information, "the certificate of '{Name}' is renewed until {Until:yyyy-MM-dd HH:mm:ss}Z")]
    public static partial void BesideRenewed(ILogger log, string name, DateTimeOffset until);

    [LoggerMessage(313, LogLevel.Error, "{Fault}")]
    public static partial void BesideNotRenewed(ILogger log, string fault);

    [LoggerMessage(314, LogLevel.Information, "the certificate of this program is another one; connecting with it")]
    public static partial void OwnRenewed(ILogger log);

    [LoggerMessage(320, LogLevel.Warning, "'{Node}' is revoked: {Certificates} certificates")]
    public static partial void Revoked(ILogger log, string node, int certificates);

    [LoggerMessage(321, LogLevel.Information, "everybody with the name '{Node}' was disconnected from the broker")]
    public static partial void ThrownOut(ILogger log, string node);

    [LoggerMessage(330, LogLevel.Information, "a device asks to be claimed: {Model}, from {Address}")]
    public static partial void Asks(ILogger log, string model, string address);

    [LoggerMessage(331, LogLevel.Information, "a device was claimed as '{Node}', certificate {Serial}")]
    public static partial void Claimed(ILogger log, string node, string serial);

    [LoggerMessage(332, LogLevel.Warning, "a claim was refused: {Sentence}")]
    public static partial void ClaimRefused(ILogger log, string sentence);

    [LoggerMessage(335, LogLevel.Information, "a hub asks to be made one of head office's: branch '{Branch}', from {Address}")]
    public static partial void AsksForBranch(ILogger log, string branch, string address);

    [LoggerMessage(340, LogLevel.Information, "a technician asks how '{Node}' is; with tests: {Tests}")]
    public static partial void DoctorAsks(ILogger log, string node, bool tests);
}
