using System.CommandLine;
using System.Globalization;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Configuration;

namespace EdgeQueue.Tool.Commands;

/// <summary><c>edgequeue configure</c>: from a branch's file to a file for each <c>edgequeue-node</c> process.</summary>
internal static class ConfigureCommand
{
    private static readonly Option<string> Branch = new("--branch") { Description = "The branch configuration.", Required = true };

    private static readonly Option<DirectoryInfo> Out = new("--out")
    {
        Description = "Folder for the files, {node}.{unit}.json. Files there of the same name are replaced.", Required = true,
    };

    private static readonly Option<string> Broker = new("--broker") { Description = "The broker as the nodes reach it, host:port.", Required = true };

    private static readonly Option<string> Certificates = new("--certificates")
    {
        Description = "Folder on the node with authority.crt, {node}.crt and {node}.key, as 'edgequeue certificates' makes them.",
        DefaultValueFactory = _ => "/etc/edgequeue/certificates",
    };

    private static readonly Option<string> State = new("--state")
    {
        Description = "Folder on the node for durable files; each unit has its own in it.",
        DefaultValueFactory = _ => "/var/lib/edgequeue",
    };

    private static readonly Option<DirectoryInfo?> Simulate = new("--simulate")
    {
        Description = "Replace every device by a file, FIFO or socket in this folder, and write an asound.conf there.",
    };

    private static readonly Option<int> PrinterPort = new("--printer-port")
    {
        Description = "With --simulate: TCP port of the first printer; further ones follow.", DefaultValueFactory = _ => 9100,
    };

    public static Command Create()
    {
        var command = new Command("configure", "Writes a file for each node process of a branch.")
        {
            Branch, Out, Broker, Certificates, State, Simulate, PrinterPort,
        };
        command.SetAction(parsed =>
        {
            var errors = parsed.InvocationConfiguration.Error;
            if (BranchFile.Load(parsed.GetRequiredValue(Branch), errors) is not { } branch)
            {
                return 1;
            }

            if (Address(parsed.GetRequiredValue(Broker)) is not var (host, port))
            {
                errors.WriteLine($"edgequeue configure: --broker '{parsed.GetValue(Broker)}' is not host:port, e.g. hub.local:8883.");
                return 1;
            }

            var certificates = Path.GetFullPath(parsed.GetValue(Certificates)!);
            var files = NodeFiles.Of(
                branch,
                node => new BrokerConfiguration(
                    host, port, $"{certificates}/authority.crt", $"{certificates}/{node}.crt", $"{certificates}/{node}.key"),
                Path.GetFullPath(parsed.GetValue(State)!),
                Simulated(branch, parsed.GetValue(Simulate)?.FullName, parsed.GetValue(PrinterPort)));
            try
            {
                return Write(branch, parsed.GetValue(Simulate)?.FullName, files, parsed.GetRequiredValue(Out).FullName, parsed.InvocationConfiguration.Output);
            }
            catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
            {
                errors.WriteLine($"edgequeue configure: {broken.Message}");
                return 1;
            }
        });
        return command;
    }

    private static SimulatedDevices? Simulated(LoadedBranch branch, string? folder, int firstPort) => folder is null
        ? null
        : new SimulatedDevices(folder, [.. Enumerable.Range(firstPort, branch.Units.Count)]).For(branch);

    private static int Write(LoadedBranch branch, string? simulated, IEnumerable<NodeFile> files, string folder, TextWriter output)
    {
        Directory.CreateDirectory(folder);
        foreach (var file in files)
        {
            var path = Path.Combine(folder, NodeFiles.NameOf(new UnitAddress(file.Node, file.Unit.Unit)));
            File.WriteAllBytes(path, ContractJson.Write(file));
            output.WriteLine($"{file.Unit.Role,-9} {path}");
        }

        if (simulated is not null)
        {
            var devices = new SimulatedDevices(simulated, []);
            Directory.CreateDirectory(simulated);
            File.WriteAllText(devices.SoundConfiguration, devices.AlsaConfiguration(branch));
            output.WriteLine($"sound     {devices.SoundConfiguration} (ALSA_CONFIG_PATH of the audio nodes)");
        }

        return 0;
    }

    private static (string Host, int Port)? Address(string text) =>
        text.LastIndexOf(':') is var colon and > 0
        && int.TryParse(text[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var port)
        && port is > 0 and <= 65535
            ? (text[..colon].Trim('[', ']'), port)
            : null;
}
