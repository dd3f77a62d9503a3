using System.Runtime.InteropServices;

namespace EdgeQueue.Node.Host;

/// <summary>Which boot of this device it is, and how long it has run: the only clock a node can trust (DESIGN §6, Time).</summary>
public interface IBootClock
{
    /// <summary>Another one after each boot.</summary>
    string BootId { get; }

    /// <summary>Milliseconds since the boot, sleep included; never goes backwards.</summary>
    long Milliseconds { get; }
}

/// <summary>CLOCK_BOOTTIME (clock_gettime(2)) and the kernel's boot id (random(4)).</summary>
public sealed partial class KernelBootClock : IBootClock
{
    private const int BootTime = 7;

    public string BootId { get; } = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();

    public long Milliseconds => GetTime(BootTime, out var time) == 0
        ? time.Seconds * 1000 + time.Nanoseconds / 1_000_000
        : throw new InvalidOperationException($"The kernel has no boot-time clock (errno {Marshal.GetLastPInvokeError()}).");

    // 64-bit Linux only: time_t and long are 8 bytes on linux-x64 and linux-arm64.
    [LibraryImport("libc", EntryPoint = "clock_gettime", SetLastError = true)]
    private static partial int GetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
