namespace EdgeQueue.Hub.Time;

/// <summary>The clocks of the machine, behind an interface because tests step them.</summary>
public interface IMachineClock
{
    /// <summary>Milliseconds since this boot, standby included; never goes back (CLOCK_BOOTTIME, clock_gettime(2)).</summary>
    long BootMilliseconds { get; }

    /// <summary>Names this boot of the kernel (/proc/sys/kernel/random/boot_id).</summary>
    string BootId { get; }

    /// <summary>The wall clock, UTC. May be anything until <see cref="WallSynchronised"/>.</summary>
    DateTimeOffset Wall { get; }

    /// <summary>The kernel says that something keeps the wall clock right (adjtimex(2): STA_UNSYNC is clear).</summary>
    bool WallSynchronised { get; }
}
