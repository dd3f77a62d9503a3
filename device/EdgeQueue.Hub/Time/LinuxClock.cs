using System.Globalization;
using System.Runtime.InteropServices;

namespace EdgeQueue.Hub.Time;

/// <summary>The kernel's clocks.</summary>
/// <param name="offsetFile">
/// For training and tests: a file whose text is a number of milliseconds added to the wall clock, read at each look. So a
/// step of the clock can be played without the right to set the machine's. Null: none. The boot clock is never shifted.
/// </param>
public sealed unsafe partial class LinuxClock(string? offsetFile = null) : IMachineClock
{
    private const int BootTime = 7;
    private const int Unsynchronised = 0x40;

    public string BootId { get; } = File.ReadAllText("/proc/sys/kernel/random/boot_id").Trim();

    public long BootMilliseconds
    {
        get
        {
            TimeSpecification time;
            if (GetTime(BootTime, &time) != 0)
            {
                throw new InvalidOperationException($"clock_gettime(CLOCK_BOOTTIME) failed with errno {Marshal.GetLastPInvokeError()}: a kernel since 2.6.39 is needed.");
            }

            return (time.Seconds * 1000) + (time.Nanoseconds / 1_000_000);
        }
    }

    public DateTimeOffset Wall => DateTimeOffset.UtcNow.AddMilliseconds(Shift());

    public bool WallSynchronised
    {
        get
        {
            // struct timex, 208 bytes on 64-bit Linux; modes = 0 only reads; status is the int after five longs.
            byte* timex = stackalloc byte[512];
            new Span<byte>(timex, 512).Clear();
            return AdjustTime(timex) >= 0 && (*(int*)(timex + 40) & Unsynchronised) == 0;
        }
    }

    private long Shift()
    {
        if (offsetFile is null)
        {
            return 0;
        }

        try
        {
            return long.TryParse(File.ReadAllText(offsetFile).AsSpan().Trim(), CultureInfo.InvariantCulture, out long shift) ? shift : 0;
        }
        catch (IOException)
        {
            return 0;
        }
    }

    [LibraryImport("libc", EntryPoint = "clock_gettime", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int GetTime(int clock, TimeSpecification* time);

    [LibraryImport("libc", EntryPoint = "adjtimex", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static partial int AdjustTime(byte* timex);

    private struct TimeSpecification
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
