using System.Globalization;
using EdgeQueue.Core.Contracts.Messages;

namespace EdgeQueue.Tool.Doctor;

/// <summary>The machine itself, from the kernel's files: disk, temperature, power.</summary>
/// <param name="root">The file system's root, for tests.</param>
internal sealed class MachineChecks(string root = "/")
{
    private const long LowBytes = 64L * 1024 * 1024;

    /// <summary>Bits of the firmware's get_throttled: now, and since the start (Raspberry Pi documentation, vcgencmd).</summary>
    private const int UnderVoltageNow = 1, ThrottledNow = 4, UnderVoltageSeen = 1 << 16;

    /// <summary>Room, and whether it can be written: a card that fails becomes read-only.</summary>
    public static Finding Disk(string folder)
    {
        try
        {
            long free = new DriveInfo(folder).AvailableFreeSpace;
            string probe = Path.Combine(folder, $".doctor-{Environment.ProcessId}");
            using (var file = new FileStream(probe, FileMode.CreateNew, FileAccess.Write))
            {
                file.WriteByte(1);
                file.Flush(flushToDisk: true);
            }

            File.Delete(probe);
            string room = string.Create(CultureInfo.InvariantCulture, $"{folder}: {free / (1024 * 1024)} MiB free, can be written");
            return free >= LowBytes ? Finding.Well("disk", room)
                : new Finding("disk", Health.Soon, room, "Make room: old logs (journalctl --vacuum-size=50M), old updates.");
        }
        catch (Exception broken) when (broken is IOException or UnauthorizedAccessException or ArgumentException)
        {
            return new Finding("disk", Health.Broken, $"{folder}: {broken.Message}", "Look at 'dmesg'. A card that went read-only is worn out: replace it.");
        }
    }

    public Finding? Temperature()
    {
        if (Number("sys/class/thermal/thermal_zone0/temp") is not { } milli)
        {
            return null;
        }

        string degrees = string.Create(CultureInfo.InvariantCulture, $"{milli / 1000} °C");
        return milli < 75_000 ? Finding.Well("temperature", degrees)
            : new Finding("temperature", milli < 82_000 ? Health.Soon : Health.Broken, degrees, "Give it air: from 80 °C on it becomes slow by itself.");
    }

    public Finding? Power()
    {
        if (Hexadecimal("sys/devices/platform/soc/soc:firmware/get_throttled") is not { } flags)
        {
            return null;
        }

        return (flags & (UnderVoltageNow | ThrottledNow)) != 0
                ? new Finding("power", Health.Broken, "the voltage is too low or the processor is slowed down now", "Use the power supply made for this board and a short, thick cable.")
            : (flags & UnderVoltageSeen) != 0
                ? new Finding("power", Health.Soon, "the voltage was too low since the start", "Use the power supply made for this board and a short, thick cable.")
            : Finding.Well("power", "voltage is well, not slowed down");
    }

    private long? Number(string file) =>
        Text(file) is { } text && long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long value) ? value : null;

    private long? Hexadecimal(string file) =>
        Text(file) is { } text && long.TryParse(text.Replace("0x", "", StringComparison.Ordinal), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out long value) ? value : null;

    private string? Text(string file)
    {
        try
        {
            return File.ReadAllText(Path.Combine(root, file)).Trim();
        }
        catch (Exception absent) when (absent is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
