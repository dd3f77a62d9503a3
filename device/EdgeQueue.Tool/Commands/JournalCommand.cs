using System.CommandLine;

namespace EdgeQueue.Tool.Commands;

/// <summary>
/// <c>edgequeue journal …</c>: the journal's code lives in the hub, and executables never reference one another, so this
/// starts <c>edgequeue-hub journal …</c> with the same words and ends as it ends.
/// </summary>
internal static class JournalCommand
{
    public static Command Create()
    {
        var hub = HubProcess.Option();
        var words = new Argument<string[]>("WORDS")
        {
            Description = "verify FILE | export FILE | repair FILE --to NEW | fork FILE --seen JOURNAL:EVENT | replay FILE --until TIME | explain FILE TICKET | case FILE CASE | leases FILE | revoke FILE LEASE…; 'edgequeue journal verify --help' says more.",
            Arity = ArgumentArity.ZeroOrMore,
        };
        var command = new Command("journal", "Looks at a branch's journal, saves it, forks it.") { hub, words };
        // With a word the whole line is passed on before it is parsed here: HubProcess.PassedOn.
        command.SetAction(parsed => HubProcess.Run(parsed.GetValue(hub), ["journal", .. parsed.GetValue(words) ?? []]));
        return command;
    }

    /// <summary><c>edgequeue explain</c>: the same as <c>edgequeue journal explain</c>, for those who do not think in journals.</summary>
    public static Command CreateExplain()
    {
        var hub = HubProcess.Option();
        var journal = new Option<string>("--journal") { Description = "The branch's journal. The hub may run.", Required = true }.ThatExists();
        var ticket = new Argument<string>("VISIT") { Description = "A label such as A042, or a visit's number." };
        var command = new Command("explain", "Says why a visit was called when it was, and everything else that happened to it.") { ticket, journal, hub };
        command.SetAction(parsed => HubProcess.Run(parsed.GetValue(hub), ["journal", "explain", parsed.GetRequiredValue(journal), parsed.GetRequiredValue(ticket)]));
        return command;
    }
}
