using System.CommandLine;

namespace EdgeQueue.Tool.Commands;

/// <summary>
/// <c>edgequeue claim, replace, revoke, waiting, nodes, technician</c>: what the branch's registrar does for a technician at the hub; the same as
/// <c>edgequeue-hub registrar …</c>.
/// </summary>
internal static class RegistrarCommand
{
    public static readonly IReadOnlyList<string> Verbs = ["claim", "replace", "revoke", "waiting", "nodes", "technician"];

    public static IEnumerable<Command> All() =>
    [
        Make("claim", "Accepts the new device that shows CODE: edgequeue claim CODE --node NAME [--role ROLE] [--counter C] [--zone Z]."),
        Make("replace", "Accepts the device that shows CODE in the place of a broken one: edgequeue replace CODE --node NAME."),
        Make("revoke", "Revokes a node's certificates and cuts its connections: edgequeue revoke NODE."),
        Make("waiting", "Which devices wait to be claimed."),
        Make("nodes", "Which nodes have certificates, and until when."),
        Make("technician", "The technician's page, for as long as it runs: who waits to be accepted, who is there, doctor, replace, revoke."),
    ];

    /// <summary>One level up: what head office does for a branch.</summary>
    public static Command HeadOffice() => Make(
        HubProcess.HeadOffice, "At head office: makes a branch one of its own by the code that its hub shows: edgequeue head-office --certificates FOLDER --broker HOST:PORT.", []);

    private static Command Make(string verb, string says) => Make(verb, says, ["registrar"]);

    private static Command Make(string verb, string says, string[] before)
    {
        Option<string?> hub = HubProcess.Option();
        var words = new Argument<string[]>("WORDS")
        {
            Description = $"'edgequeue {verb} --help' explains them.", Arity = ArgumentArity.ZeroOrMore,
        };
        var command = new Command(verb, says) { hub, words };
        // Passed on before it is parsed here (HubProcess.PassedOn); here it stands for the list of commands.
        command.SetAction(parsed => HubProcess.Run(parsed.GetValue(hub), [.. before, verb, .. parsed.GetValue(words) ?? []]));
        return command;
    }
}
