using EdgeQueue.Core.Contracts.Identity;
using EdgeQueue.Mqtt;

namespace EdgeQueue.Hub.Identity;

/// <summary>
/// Looks now and then whether the certificates beside the authority end before long, and renews them. The broker reads its own on SIGHUP and
/// cuts nobody; the hub sees that its file is another and connects anew (<see cref="OwnCertificate"/>), and so do the desk for updates and this registrar.
/// </summary>
internal sealed class BesideRenewals(
    BesideCertificates certificates, RegistrarDesk desk, BrokerDoor door, IMqttConnection connection, TimeSpan life, ILogger log, TimeProvider time)
{
    /// <summary>A clock that was set only now shows what has ended meanwhile: a branch does not wait for long then.</summary>
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(1), ShortestPause = TimeSpan.FromMilliseconds(100);

    private string? _said;

    public async Task RunAsync(CancellationToken cancellation)
    {
        TimeSpan period = life / 100;
        using var timer = new PeriodicTimer(period > LongestPause ? LongestPause : period < ShortestPause ? ShortestPause : period, time);
        try
        {
            do
            {
                await LookAsync(cancellation);
            }
            while (await timer.WaitForNextTickAsync(cancellation));
        }
        catch (OperationCanceledException)
        {
            // Asked to stop.
        }
    }

    private async Task LookAsync(CancellationToken cancellation)
    {
        IReadOnlyList<BesideCertificate> renewed = [];
        string? fault = null;
        try
        {
            renewed = await desk.AloneAsync(certificates.RenewDue, cancellation);
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
        {
            fault = $"The certificates of broker and hub could not be renewed: {broken.Message} Look at the disk.";
        }

        foreach (BesideCertificate one in renewed)
        {
            IdentityLog.BesideRenewed(log, one.Name, one.Until);
        }

        if (renewed.Any(r => r.Name == BranchCertificates.Broker))
        {
            fault = door.Reload();
        }

        if (renewed.Any(r => r.Name == BranchCertificates.Registrar))
        {
            connection.Reconnect();
        }

        if (fault is not null && fault != _said)
        {
            IdentityLog.BesideNotRenewed(log, fault);
        }

        _said = fault;
    }
}
