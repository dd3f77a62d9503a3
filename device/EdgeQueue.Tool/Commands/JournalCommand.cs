using System.CommandLine;
using System.Diagnostics;

namespace EdgeQueue.Tool.Commands;

/// <summary>
/// <c>edgequeue journal …</c>: the journal's code lives in the hub, and executables never reference one another, so this
/// starts <c>edgequeue-hub journal …</c> with the same words and ends as it ends.
/// </summary>
internal static class JournalCommand
{
    private const string Hub = "edgequeue-hub";

    public static Command Create()
    {
        var hub = new Option<string?>("--hub") { Description = "The hub's executable. Otherwise the one beside this program, or on PATH." };
        var words = new Argument<string[]>("WORDS")
        {
            Description = "verify FILE | export FILE | repair FILE --to NEW | fork FILE --seen JOURNAL:EVENT | replay FILE --until TIME | explain FILE TICKET | leases FILE | revoke FILE LEASE…; 'edgequeue journal verify --help' says more.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var command = new Command("journal", "Looks at a branch's journal, saves it, forks it.") { hub, words };
        // Options after the first word are the hub's.
        command.TreatUnmatchedTokensAsErrors = false;
        command.SetAction(parsed => Run(parsed.GetValue(hub), InOrder([.. parsed.Tokens.Select(t => t.Value)])));
        return command;
    }

    /// <summary>As they were typed: what this parser does not know, it would put behind what it knows.</summary>
    private static string[] InOrder(List<string> typed)
    {
        typed.RemoveRange(0, typed.IndexOf("journal") + 1);
        int hub = typed.IndexOf("--hub");
        if (hub >= 0)
        {
            typed.RemoveRange(hub, 2);
        }

        return [.. typed];
    }

    /// <summary><c>edgequeue explain</c>: the same as <c>edgequeue journal explain</c>, for those who do not think in journals.</summary>
    public static Command CreateExplain()
    {
        var hub = new Option<string?>("--hub") { Description = "The hub's executable. Otherwise the one beside this program, or on PATH." };
        var journal = new Option<string>("--journal") { Description = "The branch's journal. The hub may run.", Required = true };
        var ticket = new Argument<string>("VISIT") { Description = "A label such as A042, or a visit's number." };
        var command = new Command("explain", "Says why a visit was called when it was, and everything else that happened to it.") { ticket, journal, hub };
        command.SetAction(parsed => Run(parsed.GetValue(hub), ["explain", parsed.GetRequiredValue(journal), parsed.GetRequiredValue(ticket)]));
        return command;
    }

    private static int Run(string? hub, string[] words)
    {
        string beside = Path.Combine(AppContext.BaseDirectory, Hub);
        string executable = hub ?? (File.Exists(beside) ? beside : Hub);
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(executable, ["journal", .. words]))!;
            process.WaitForExit();
            return process.ExitCode;
        }
        catch (System.ComponentModel.Win32Exception e)
        {
            Console.Error.WriteLine($"'{executable}' could not be started: {e.Message} Install {Hub} beside this program or on PATH, or say --hub PATH.");
            return 2;
        }
    }
}
