using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Core.Queue;

namespace EdgeQueue.Node.Host;

/// <summary>
/// The branch's time as the hub's heartbeats tell it, carried on by the boot-time clock of this device: a node's own wall
/// clock is never asked. Safe from any thread.
/// </summary>
public sealed class BranchTime(IBootClock boot)
{
    private volatile Reading? last;

    public IBootClock Boot => boot;

    /// <summary>Business day of the last heartbeat; null before the first of this process.</summary>
    public int? Day => last?.Heartbeat.Day;

    /// <summary>Branch time now; null before the first heartbeat of this process.</summary>
    public Moment? Now => At(boot.Milliseconds);

    /// <summary>
    /// As <see cref="Now"/>, but null until a heartbeat has come live: the broker's copy of one has no age, and whether a
    /// call is too old to be spoken is not guessed.
    /// </summary>
    public Moment? Certain => last is { Live: true } ? Now : null;

    /// <summary>Local time as a clock on the wall shows it; null while unknown, or while the hub's clock is not trusted.</summary>
    public DateTime? LocalNow => last is { Heartbeat.ClockTrusted: true } reading
        ? DateTime.UnixEpoch.AddMilliseconds(reading.Heartbeat.Local + boot.Milliseconds - reading.BootMilliseconds)
        : null;

    /// <summary>Branch time at a reading of the boot-time clock of this boot.</summary>
    public Moment? At(long bootMilliseconds) => last is { } reading
        ? new Moment(reading.Heartbeat.At + bootMilliseconds - reading.BootMilliseconds)
        : null;

    /// <param name="delay">How long ago the network thread had it.</param>
    /// <param name="retained">The broker had kept it: it is up to a heartbeat old, so it counts only while there is no better.</param>
    internal void Heard(BranchStatusMessage heartbeat, TimeSpan delay, bool retained)
    {
        if (heartbeat.Online && (!retained || last is null || last.Heartbeat.Journal != heartbeat.Journal))
        {
            last = new Reading(heartbeat, boot.Milliseconds - (long)delay.TotalMilliseconds, !retained);
        }
    }

    private sealed record Reading(BranchStatusMessage Heartbeat, long BootMilliseconds, bool Live);
}
