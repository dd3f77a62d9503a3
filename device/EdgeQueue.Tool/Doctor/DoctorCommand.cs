using System.CommandLine;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Tool.Commands;

namespace EdgeQueue.Tool.Doctor;

/// <summary><c>edgequeue doctor</c>: looks at everything that a device needs, and says for each fault what to do.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var config = new Option<string[]>("--config") { Description = "On a device: the file of one of its units; may be given several times." }.ThatExists();
        var node = new Option<string?>("--node") { Description = "At the hub: asks this node over MQTT; each of its units looks at its own device." };
        var unit = new Option<string?>("--unit") { Description = "With --node: this one of its units only." };
        var tries = new Option<bool>("--try") { Description = "Also shows a test pattern, prints a test ticket, plays tones and waits for a key; with --node a test phrase instead of tones, and no key. The branch sees it." };
        var json = new Option<bool>("--json") { Description = "With --config: a line of JSON for each finding and nothing else, for programs." };
        var journal = new Option<string?>("--journal") { Description = "At the hub: the branch's journal, read and verified." };
        var control = new Option<string?>("--control") { Description = "With --node: the registrar's socket, where it is not the usual one." };
        Option<string?> hub = HubProcess.Option();
        var command = new Command(
            "doctor", "Looks at link, certificate, clock, disk, the machine, and whether the devices are there; with --try, whether they work. Exit code: 0 all is well, 1 something is broken, 2 command line, 5 (with --node) the registrar does not answer.")
        {
            config, node, unit, tries, json, journal, control, hub,
        };
        command.Validators.Add(result =>
        {
            bool here = result.GetValue(config) is { Length: > 0 }, there = result.GetValue(node) is not null;
            if (here == there)
            {
                result.AddError("Say what to look at: --config FILE on the device itself, or --node NAME at the hub.");
            }
            else if (there && (result.GetValue(json) || result.GetValue(journal) is not null))
            {
                result.AddError("--json and --journal go with --config.");
            }
            else if (here && (result.GetValue(unit) ?? result.GetValue(control)) is not null)
            {
                result.AddError("--unit and --control go with --node.");
            }
        });
        command.SetAction(async (parsed, cancellation) => parsed.GetValue(node) is { } name
            ? HubProcess.Run(parsed.GetValue(hub), AtTheHub(name, parsed.GetValue(unit), parsed.GetValue(tries), parsed.GetValue(control)))
            : await HereAsync(
                parsed.GetRequiredValue(config), parsed.GetValue(tries), parsed.GetValue(json), parsed.GetValue(journal), parsed.GetValue(hub), parsed.InvocationConfiguration,
                cancellation));
        return command;
    }

    /// <summary>The registrar asks, for the right to it is the right to the node; its command line is the hub program's.</summary>
    private static IEnumerable<string> AtTheHub(string node, string? unit, bool tries, string? control) =>
    [
        "registrar", "doctor", node,
        .. unit is null ? Array.Empty<string>() : ["--unit", unit], .. tries ? ["--try"] : Array.Empty<string>(),
        .. control is null ? Array.Empty<string>() : ["--control", control],
    ];

    private static async Task<int> HereAsync(
        IEnumerable<string> files, bool tries, bool json, string? journal, string? hub, InvocationConfiguration console, CancellationToken cancellation)
    {
        TextWriter output = console.Output;
        List<Finding> found = [];
        async Task Tell(Finding finding)
        {
            found.Add(finding);
            await output.WriteLineAsync(json ? System.Text.Encoding.UTF8.GetString(ContractJson.Write(finding)) : finding.ToString());
        }

        foreach (string file in files)
        {
            if (UnitFile.Read(file, out string? fault) is not { } node)
            {
                await console.Error.WriteLineAsync($"{file}: {fault}");
                return 2;
            }

            if (!json)
            {
                await output.WriteLineAsync($"{node.Node}/{node.Unit.Unit}, {node.Unit.Role} of branch {node.Branch}");
            }

            await foreach (Finding finding in NodeAsync(node, tries, json ? console.Error : output, cancellation))
            {
                await Tell(finding);
            }
        }

        foreach (Finding? finding in (Finding?[])[new MachineChecks().Temperature(), new MachineChecks().Power(), Journal(journal, hub)])
        {
            if (finding is not null)
            {
                await Tell(finding);
            }
        }

        int broken = found.Count(f => f.Health == Health.Broken);
        if (!json)
        {
            await output.WriteLineAsync(broken == 0 ? "All is well." : $"{broken} broken.");
        }

        return broken == 0 ? 0 : 1;
    }

    private static async IAsyncEnumerable<Finding> NodeAsync(
        NodeFile node, bool tryThem, TextWriter output, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation)
    {
        yield return CertificateCheck.Of(node, TimeProvider.System.GetUtcNow());
        foreach (Finding finding in await new LinkCheck(node, TimeProvider.System).RunAsync(cancellation))
        {
            yield return finding;
        }

        yield return MachineChecks.Disk(node.State);
        foreach (Finding finding in await new DeviceChecks(node.Unit, tryThem, output, TimeProvider.System).RunAsync(cancellation))
        {
            yield return finding;
        }
    }

    private static Finding? Journal(string? journal, string? hub)
    {
        if (journal is null)
        {
            return null;
        }

        int code = HubProcess.Run(hub, ["journal", "verify", journal]);
        return code == 0 ? Finding.Well("journal", "every event can be read and replayed")
            : new Finding("journal", Health.Broken, $"'edgequeue journal verify' ended with {code}, see above", $"edgequeue journal repair {journal} --to NEW, with the hub stopped.");
    }
}
