using System.Globalization;

namespace EdgeQueue.Benchmarks.Footprint;

/// <summary><c>VmRSS</c> of /proc/PID/status (proc(5)): with the pages of libraries that other processes share.</summary>
internal static class ResidentMemory
{
    /// <summary>In MB of 1,000,000 bytes.</summary>
    public static double Megabytes(int pid) => Kilobytes(pid, "VmRSS:") * 1024.0 / 1e6;

    /// <summary>Of that, what no other process shares and no file backs: a second role on the same node costs little more.</summary>
    public static double OwnMegabytes(int pid) => Kilobytes(pid, "RssAnon:") * 1024.0 / 1e6;

    private static long Kilobytes(int pid, string name)
    {
        var line = File.ReadLines($"/proc/{pid}/status").First(l => l.StartsWith(name, StringComparison.Ordinal));
        return long.Parse(line[name.Length..].Replace("kB", "", StringComparison.Ordinal).Trim(), CultureInfo.InvariantCulture);
    }
}
