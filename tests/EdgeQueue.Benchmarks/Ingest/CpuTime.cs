using System.Globalization;

namespace EdgeQueue.Benchmarks.Ingest;

/// <summary>What a process and its children have used of the processors, also those that have ended: on a busy machine it says more than the clock.</summary>
internal static class CpuTime
{
    // sysconf(_SC_CLK_TCK), 100 on every Linux.
    private const double TicksOfASecond = 100;

    /// <summary>Seconds, in user and in kernel.</summary>
    public static double Of(int pid)
    {
        (long ticks, long ended, _) = Read($"/proc/{Text(pid)}/stat") ?? default;
        long children = Directory.EnumerateDirectories("/proc").Where(d => char.IsAsciiDigit(Path.GetFileName(d)[0]))
            .Select(d => Read(Path.Combine(d, "stat"))).Where(s => s?.Parent == pid).Sum(s => s!.Value.Ticks);
        return (ticks + ended + children) / TicksOfASecond;
    }

    // proc(5): the fields after the name in parentheses; parent is the 4th, utime to cstime are the 14th to 17th.
    private static (long Ticks, long Ended, int Parent)? Read(string stat)
    {
        try
        {
            string text = File.ReadAllText(stat);
            string[] fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            long At(int number) => long.Parse(fields[number - 3], CultureInfo.InvariantCulture);
            return (At(14) + At(15), At(16) + At(17), (int)At(4));
        }
        catch (IOException)
        {
            return null;
        }
    }

    private static string Text(int pid) => pid.ToString(CultureInfo.InvariantCulture);
}
