using System.Runtime.InteropServices;

namespace EdgeQueue.Node.Host;

/// <summary>
/// Starts <c>edgequeue</c>, which does for a node what it needs once a year: keys, requests, certificates. So none of that is in a
/// process that reads the branch's messages all day, nor in its size.
/// </summary>
public static class TechniciansTool
{
    private const string Name = "edgequeue";

    /// <summary>Named by EDGEQUEUE_TOOL, else beside this program, else on PATH.</summary>
    public static string Executable =>
        Environment.GetEnvironmentVariable("EDGEQUEUE_TOOL") is { Length: > 0 } named ? named
        : Path.Combine(AppContext.BaseDirectory, Name) is var beside && File.Exists(beside) ? beside
        : Name;

    /// <summary>Runs it to its end; when cancelled, it is stopped.</summary>
    /// <param name="said">Each line of its output and its errors, on a thread of the pool.</param>
    /// <returns>Its exit code; null: it could not be started, and <paramref name="said"/> heard why.</returns>
    public static async Task<int?> RunAsync(IEnumerable<string> arguments, Action<string> said, CancellationToken cancellation)
    {
        int code = await ChildProcess.RunAsync(Executable, arguments, said, cancellation);
        if (code < 0)
        {
            said($"'{Executable}' could not be started: {Marshal.GetPInvokeErrorMessage(-code)}. Install it beside edgequeue-node, or name it in EDGEQUEUE_TOOL.");
        }

        return code < 0 ? null : code;
    }
}
