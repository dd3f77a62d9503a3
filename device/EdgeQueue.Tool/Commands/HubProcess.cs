using System.CommandLine;
using System.Diagnostics;

namespace EdgeQueue.Tool.Commands;

/// <summary>
/// Commands whose code lives in the hub: executables never reference one another, so this starts <c>edgequeue-hub</c> with the same
/// words and ends as it ends.
/// </summary>
internal static class HubProcess
{
    public const string Name = "edgequeue-hub";

    public static Option<string?> Option() => new("--hub") { Description = "The hub's executable. Otherwise the one beside this program, or on PATH." };

    public static int Run(string? hub, IEnumerable<string> words)
    {
        string beside = Path.Combine(AppContext.BaseDirectory, Name);
        string executable = hub ?? (File.Exists(beside) ? beside : Name);
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(executable, words))!;
            process.WaitForExit();
            return process.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            Console.Error.WriteLine($"'{executable}' could not be started: {e.Message} Install {Name} beside this program or on PATH, or say --hub PATH.");
            return 2;
        }
    }

    /// <summary>As they were typed, without <c>--hub PATH</c>: what this parser does not know, it would put behind what it knows.</summary>
    public static string[] AsTyped(ParseResult parsed, string verb)
    {
        List<string> typed = [.. parsed.Tokens.Select(t => t.Value)];
        typed.RemoveRange(0, typed.IndexOf(verb) + 1);
        int hub = typed.IndexOf("--hub");
        if (hub >= 0)
        {
            typed.RemoveRange(hub, 2);
        }

        return [.. typed];
    }
}
