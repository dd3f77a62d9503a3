using EdgeQueue.Hub.Systemd;

namespace EdgeQueue.Hub.Identity;

/// <summary>
/// The registrar's sign of life for systemd's watchdog. It waits its turn at the desk for each, so a desk that somebody holds for ever is
/// a registrar that is started again.
/// </summary>
internal sealed class DeskPulse(RegistrarDesk desk, SystemdNotify systemd, TimeProvider time)
{
    /// <summary>The unit's WatchdogSec is to be at least three times this.</summary>
    public static readonly TimeSpan Every = TimeSpan.FromSeconds(5);

    public async Task RunAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Every, time);
        try
        {
            do
            {
                systemd.Watchdog(await desk.AloneAsync(() => "accepts devices", stop));
            }
            while (await timer.WaitForNextTickAsync(stop));
        }
        catch (OperationCanceledException)
        {
            // Asked to stop.
        }
    }
}
