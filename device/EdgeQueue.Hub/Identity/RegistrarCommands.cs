using System.CommandLine;
using System.Globalization;
using System.Net;
using EdgeQueue.Core.Contracts.Identity;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Hub.Commands;

namespace EdgeQueue.Hub.Identity;

/// <summary><c>edgequeue-hub registrar …</c>; <c>edgequeue claim, replace, revoke, waiting, nodes</c> are the same.</summary>
internal static class RegistrarCommands
{
    public const string UsualSocket = "/run/edgequeue/registrar.sock";

    public static Command Make()
    {
        var command = new Command("registrar", "The branch's certificates: accepts devices, renews and revokes them.") { Run() };
        command.Add(Desk("claim", "Accepts the device that shows CODE.", code: true));
        command.Add(Desk("replace", "Accepts the device that shows CODE in the place of a broken one, which is revoked.", code: true));
        command.Add(Desk("revoke", "Revokes a node's certificates and cuts its connections.", code: false));
        command.Add(Desk("waiting", "Which devices wait to be claimed.", code: false, node: false));
        command.Add(Desk("nodes", "Which nodes have certificates, and until when.", code: false, node: false));
        command.Add(Doctor());
        command.Add(Page.PageCommand.Make());
        return command;
    }

    private static Command Run()
    {
        var folder = new Option<string>("--certificates") { Description = "Folder with authority.crt and .key, broker.crt and .key, registrar.crt and .key, as 'edgequeue certificates' makes them.", Required = true };
        var branch = new Option<string>("--branch") { Description = "The branch configuration; a claimed device is added to it.", Required = true };
        var broker = new Option<string>("--broker") { Description = "The branch's broker, host:port.", DefaultValueFactory = _ => "localhost:8883" };
        var host = new Option<string?>("--broker-host") { Description = "Name or address by which nodes reach the broker; it must be in the broker's certificate. Otherwise the one of --broker." };
        var enrol = new Option<string>("--enrol") { Description = "Address and port on which devices without identity are heard.", DefaultValueFactory = _ => "0.0.0.0:8884" };
        var control = new Option<string>("--control") { Description = "The socket for technicians' commands.", DefaultValueFactory = _ => UsualSocket };
        var group = new Option<bool>("--control-group") { Description = "Lets the members of the socket's group use it, too. Make its folder with the set-group-id bit and the technicians' group." };
        var pid = new Option<string?>("--broker-pid") { Description = "The broker's pid file: it is told to read its revocation list and its certificate. Without it something else must do that." };
        var life = new Option<string>("--life") { Description = "How long a certificate lives that is given or renewed here, a node's or the hub's own, days or days.hh:mm:ss; renewed in its last third.", DefaultValueFactory = _ => "397" };
        var command = new Command("run", "Runs the registrar until SIGTERM.") { folder, branch, broker, host, enrol, control, group, pid, life };
        command.SetAction(async (parsed, cancellation) =>
        {
            string address = parsed.GetRequiredValue(broker);
            int colon = address.LastIndexOf(':');
            if (colon <= 0 || !ushort.TryParse(address.AsSpan(colon + 1), out ushort port)
                || !IPEndPoint.TryParse(parsed.GetRequiredValue(enrol), out IPEndPoint? enrolment)
                || !TimeSpan.TryParse(parsed.GetRequiredValue(life), CultureInfo.InvariantCulture, out TimeSpan lives) || lives < TimeSpan.FromSeconds(5))
            {
                await Console.Error.WriteLineAsync("--broker is host:port, --enrol is address:port, --life is days (397) or days.hh:mm:ss, at least 5 s.");
                return ExitCode.Usage;
            }

            return await RegistrarProgram.RunAsync(
                new RegistrarOptions(
                    parsed.GetRequiredValue(folder), parsed.GetRequiredValue(branch), address[..colon], port, parsed.GetValue(host) ?? address[..colon],
                    enrolment, parsed.GetRequiredValue(control), parsed.GetValue(group), parsed.GetValue(pid), lives),
                cancellation);
        });
        return command;
    }

    private static Command Desk(string verb, string says, bool code, bool node = true)
    {
        var command = new Command(verb, says);
        var control = new Option<string>("--control") { Description = "The registrar's socket.", DefaultValueFactory = _ => UsualSocket };
        var typed = new Argument<string[]>("CODE") { Description = "Eight digits, as the device shows them; blanks do not matter.", Arity = new ArgumentArity(1, 2) };
        var name = new Option<string>("--node") { Description = "The name that it gets, e.g. counter-5-display.", Required = true };
        var revoked = new Argument<string>("NODE") { Description = "The node's name." };
        var role = new Option<string?>("--role") { Description = "dispenser, display, keypad or audio: which of the device's units are used. Without it all." };
        var counter = new Option<string?>("--counter") { Description = "Where a display or keypad stands: the counter's id or number." };
        var zone = new Option<string?>("--zone") { Description = "For which zone an audio node speaks." };
        command.Add(control);
        if (code)
        {
            command.Add(typed);
            command.Add(name);
        }
        else if (node)
        {
            command.Add(revoked);
        }

        if (verb == "claim")
        {
            command.Add(role);
            command.Add(counter);
            command.Add(zone);
        }

        command.SetAction(async (parsed, cancellation) =>
        {
            bool claims = verb == "claim";
            var request = new DeskRequest(
                verb, code ? string.Concat(parsed.GetRequiredValue(typed)) : null,
                code ? parsed.GetRequiredValue(name) : node ? parsed.GetRequiredValue(revoked) : null,
                claims ? parsed.GetValue(role) : null, claims ? parsed.GetValue(counter) : null, claims ? parsed.GetValue(zone) : null);
            return await AskAsync(parsed.GetRequiredValue(control), request, answer => answer.Done ? ExitCode.Fine : ExitCode.Wrong, cancellation);
        });
        return command;
    }

    private static Command Doctor()
    {
        var control = new Option<string>("--control") { Description = "The registrar's socket.", DefaultValueFactory = _ => UsualSocket };
        var node = new Argument<string>("NODE") { Description = "The node's name." };
        var unit = new Option<string?>("--unit") { Description = "This one of its units only." };
        var tries = new Option<bool>("--try") { Description = "Also shows a test pattern, says a test phrase, prints a test ticket. The branch sees it." };
        var command = new Command(
            ControlSocket.Doctor, "Asks a node over MQTT how it is. Exit code: 0 all is well, 1 something is broken or does not answer, 2 there is no such node, 5 the registrar does not answer.")
        {
            node, unit, tries, control,
        };
        command.SetAction((parsed, cancellation) => AskAsync(
            parsed.GetRequiredValue(control),
            new DeskRequest(ControlSocket.Doctor, Node: parsed.GetRequiredValue(node), Unit: parsed.GetValue(unit), Try: parsed.GetValue(tries)),
            answer => !answer.Done ? ExitCode.Usage
                : answer.Examined!.Any(u => u.Findings.Any(f => f.Health == Health.Broken)) ? ExitCode.Wrong
                : ExitCode.Fine,
            cancellation));
        return command;
    }

    private static async Task<int> AskAsync(string control, DeskRequest request, Func<DeskAnswer, int> code, CancellationToken cancellation)
    {
        try
        {
            DeskAnswer answer = await ControlSocket.AskAsync(control, request, cancellation);
            TextWriter to = answer.Done ? Console.Out : Console.Error;
            foreach (string line in answer.Lines)
            {
                await to.WriteLineAsync(line);
            }

            return code(answer);
        }
        catch (IOException silent)
        {
            await Console.Error.WriteLineAsync(silent.Message);
            return ExitCode.Identity;
        }
    }
}
