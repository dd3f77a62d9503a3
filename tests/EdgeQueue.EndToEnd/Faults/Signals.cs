using System.Runtime.InteropServices;

namespace EdgeQueue.EndToEnd.Faults;

/// <summary>signal(7), to one process by its id.</summary>
internal static class Signals
{
    public const int Kill = 9;

    /// <returns>False: there is no such process any more.</returns>
    public static bool Send(int pid, int signal) => kill(pid, signal) == 0;

    [DllImport("libc")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int kill(int pid, int signal);
}
