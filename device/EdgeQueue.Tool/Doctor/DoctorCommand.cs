using System.CommandLine;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Tool.Commands;

namespace EdgeQueue.Tool.Doctor;

/// <summary><c>edgequeue doctor</c>: looks at everything that a device needs, and says for each fault what to do.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var config = new Option<string[]>("--config") { Description = "The file of one of this device's units; may be given several times.", Required = true };
        var tries = new Option<bool>("--try") { Description = "Also shows a test pattern, prints a test ticket, plays tones and waits for a key. The branch sees it." };
        var journal = new Option<string?>("--journal") { Description = "At the hub: the branch's journal, read and verified." };
        Option<string?> hub = HubProcess.Option();
        var command = new Command("doctor", "Looks at link, certificate, clock, disk, devices and the machine. Exit code: 0 all is well, 1 something is broken, 2 command line.") { config, tries, journal, hub };
        command.SetAction(async (parsed, cancellation) =>
        {
            TextWriter output = parsed.InvocationConfiguration.Output;
            List<Finding> found = [];
            foreach (string file in parsed.GetRequiredValue(config))
            {
                if (Read(file, out string? fault) is not { } node)
                {
                    await parsed.InvocationConfiguration.Error.WriteLineAsync($"{file}: {fault}");
                    return 2;
                }

                await output.WriteLineAsync($"{node.Node}/{node.Unit.Unit}, {node.Unit.Role} of branch {node.Branch}");
                await foreach (Finding finding in NodeAsync(node, parsed.GetValue(tries), output, cancellation))
                {
                    found.Add(finding);
                    await output.WriteLineAsync(finding.ToString());
                }
            }

            foreach (Finding? finding in (Finding?[])[new MachineChecks().Temperature(), new MachineChecks().Power(), Journal(parsed.GetValue(journal), parsed.GetValue(hub))])
            {
                if (finding is not null)
                {
                    found.Add(finding);
                    await output.WriteLineAsync(finding.ToString());
                }
            }

            int broken = found.Count(f => f.Health == Health.Broken);
            await output.WriteLineAsync(broken == 0 ? "All is well." : $"{broken} broken.");
            return broken == 0 ? 0 : 1;
        });
        return command;
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

    private static NodeFile? Read(string file, out string? fault)
    {
        try
        {
            return ContractJson.TryRead(File.ReadAllBytes(file), out NodeFile? node, out fault) ? node : null;
        }
        catch (Exception unreadable) when (unreadable is IOException or UnauthorizedAccessException)
        {
            fault = unreadable.Message;
            return null;
        }
    }
}
