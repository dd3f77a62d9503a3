using System.CommandLine;
using System.Globalization;
using EdgeQueue.Hub.Commands;

namespace EdgeQueue.Hub.Identity.Page;

/// <summary><c>edgequeue technician</c>: the page of whoever has typed it, for as long as it runs.</summary>
internal static class PageCommand
{
    public static Command Make()
    {
        var control = new Option<string>("--control") { Description = "The registrar's socket: who may use it may use the page.", DefaultValueFactory = _ => RegistrarCommands.UsualSocket };
        var branch = new Option<string>("--branch") { Description = "The branch configuration.", DefaultValueFactory = _ => "/data/edgequeue/branch/branch.json" };
        var certificates = new Option<string>("--certificates") { Description = "Folder with authority.crt, watch.crt and watch.key; without them the page does not know who is there.", DefaultValueFactory = _ => "/data/edgequeue/certificates" };
        var broker = new Option<string>("--broker") { Description = "The branch's broker, host:port.", DefaultValueFactory = _ => "localhost:8883" };
        var port = new Option<int>("--port") { Description = "On 127.0.0.1; 0: any that is free.", DefaultValueFactory = _ => PageServer.UsualPort };
        var command = new Command(
            "technician",
            "Shows the technician's page on 127.0.0.1 until Ctrl-C, or until nobody has used it for an hour. From another machine: ssh -t -L 8085:127.0.0.1:8085 technician@HUB edgequeue technician")
        {
            control, branch, certificates, broker, port,
        };
        command.SetAction(async (parsed, cancellation) =>
        {
            string address = parsed.GetRequiredValue(broker);
            int colon = address.LastIndexOf(':');
            if (colon <= 0 || !int.TryParse(address.AsSpan(colon + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int brokerPort) || brokerPort is < 1 or > 65535
                || parsed.GetValue(port) is < 0 or > 65535)
            {
                await Console.Error.WriteLineAsync("--broker is host:port, --port a number up to 65535.");
                return ExitCode.Usage;
            }

            var file = new BranchFile(parsed.GetRequiredValue(branch));
            if (file.Read(out IReadOnlyList<string> faults) is not { } known)
            {
                await Console.Error.WriteLineAsync(string.Join('\n', faults));
                return ExitCode.Configuration;
            }

            var ear = new BranchEar(known.Topics, address[..colon], brokerPort, parsed.GetRequiredValue(certificates));
            return await PageServer.RunAsync(
                parsed.GetValue(port), new TechnicianDesk(parsed.GetRequiredValue(control), file, ear), ear, Console.Out, TimeProvider.System, cancellation);
        });
        return command;
    }
}
