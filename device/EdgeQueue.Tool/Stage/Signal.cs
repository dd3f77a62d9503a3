using System.Runtime.InteropServices;

namespace EdgeQueue.Tool.Stage;

/// <summary>The framework can only kill; a program that is asked (SIGTERM) can say goodbye to its broker.</summary>
internal static partial class Signal
{
    private const int SigTerm = 15;

    public static void Terminate(int pid) => _ = Kill(pid, SigTerm);

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int pid, int signal);
}
