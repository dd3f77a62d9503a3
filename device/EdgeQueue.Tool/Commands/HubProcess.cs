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

    public const string HeadOffice = "head-office";

    public static Option<string?> Option() => new("--hub") { Description = "The hub's executable. Otherwise the one beside this program, or on PATH." };

    /// <summary>
    /// What the hub's program understands better than this one, its help and its faults included, without <c>--hub PATH</c>; null: a
    /// command of this program.
    /// </summary>
    public static string[]? PassedOn(IReadOnlyList<string> typed, out string? hub)
    {
        hub = null;
        List<string> words = [.. typed];
        if (words.IndexOf("--hub") is >= 0 and var at && at + 1 < words.Count)
        {
            hub = words[at + 1];
            words.RemoveRange(at, 2);
        }

        return words switch
        {
            ["journal", ['-', ..], ..] or ["journal"] or [] => null,
            ["journal" or HeadOffice, ..] => [.. words],
            [var verb, ..] when RegistrarCommand.Verbs.Contains(verb) => ["registrar", .. words],
            _ => null,
        };
    }

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
            Console.Error.WriteLine($"'{executable}' could not be started ({(e.NativeErrorCode == 2 ? "there is none" : e.Message)}). This command's work, its help too, is done by the hub's program: type it on the hub, install {Name} beside this program or on PATH, or say --hub PATH.");
            return 2;
        }
    }
}
