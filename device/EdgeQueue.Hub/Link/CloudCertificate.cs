using System.Globalization;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using EdgeQueue.Core.Contracts.Identity;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Hub.Loop;

namespace EdgeQueue.Hub.Link;

/// <summary>
/// Until when the hub's certificate for the cloud is good. The cloud's authority is not here, so it is not renewed by itself: it is said early, as a fault that head office sees while
/// there still is a link, and in the figures. Another file in its place is taken by the link itself.
/// </summary>
/// <param name="path">Of the certificate, PEM.</param>
/// <param name="ends">Told each time when it ends, seconds since 1970 UTC; 0: it cannot be read.</param>
internal sealed class CloudCertificate(string path, string branch, Action<LoopInput> post, Action<long> ends, ILogger log, TimeProvider time)
{
    public const string FaultCode = "cloudCertificate";

    /// <summary>Whoever has to make another one may be on leave.</summary>
    private static readonly TimeSpan Early = TimeSpan.FromDays(60);

    private static readonly TimeSpan Every = TimeSpan.FromMinutes(1);

    private string? _said;

    public async Task RunAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            do
            {
                Look();
            }
            while (await timer.WaitForNextTickAsync(cancellation));
        }
        catch (OperationCanceledException)
        {
            // Asked to stop.
        }
    }

    public void Look()
    {
        DateTimeOffset from, until;
        try
        {
            using X509Certificate2 certificate = X509CertificateLoader.LoadCertificateFromFile(path);
            (from, until) = (certificate.NotBefore.ToUniversalTime(), certificate.NotAfter.ToUniversalTime());
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException or CryptographicException)
        {
            // The link says what is wrong with it; until when it is good nobody knows.
            ends(0);
            return;
        }

        ends(until.ToUnixTimeSeconds());
        TimeSpan left = until - time.GetUtcNow();
        TimeSpan early = (until - from) / 3 < Early ? (until - from) / 3 : Early;
        string day = until.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        string? fault = left >= early ? null
            : $"The hub's certificate for the cloud {(left <= TimeSpan.Zero ? $"ended on {day}: nothing goes to the cloud" : $"ends on {day}, and then nothing goes to the cloud")}. "
            + (until < BranchCertificates.ValidUntil
                ? $"Where the cloud's authority is: edgequeue cloud-certificates --out FOLDER --renew {branch}; then put its {branch}.crt in the place of {path}."
                : "The cloud's authority ends with it: make another one in another folder, edgequeue cloud-certificates --out ANOTHER, and bring its files to the cloud's broker, its replicas and every branch's hub.");
        if (fault == _said)
        {
            return;
        }

        _said = fault;
        if (fault is not null)
        {
            HubLog.CloudCertificateEnds(log, fault);
        }

        post(new FaultChanged(FaultCode, fault is null ? null : new Fault(FaultCode, fault)));
    }
}
