using System.CommandLine;
using System.Security.Cryptography;
using EdgeQueue.Tool.Commands;

namespace EdgeQueue.Tool.Identity;

/// <summary><c>edgequeue renew</c>: what a node starts when the registrar says that its certificate ends before long.</summary>
internal static class RenewCommand
{
    public static Command Create()
    {
        var config = new Option<string>("--config") { Description = "The file of one of the node's units.", Required = true }.ThatExists();
        var command = new Command("renew", "Renews this node's certificate when the registrar wants it. Nodes start this by themselves. Exit code 0: renewed, 3: nothing to do, 1: failed.") { config };
        command.SetAction(async (parsed, cancellation) =>
        {
            string file = parsed.GetRequiredValue(config);
            try
            {
                if (UnitFile.Read(file, out string? fault) is not { } node)
                {
                    await parsed.InvocationConfiguration.Error.WriteLineAsync($"{file}: {fault}");
                    return 1;
                }

                RenewalEnd end = await new Renewal(node).RunAsync(cancellation);
                await (end.Failed ? parsed.InvocationConfiguration.Error : parsed.InvocationConfiguration.Output).WriteLineAsync(end.Sentence);
                return end.Failed ? 1 : end.Renewed ? 0 : 3;
            }
            catch (Exception broken) when (broken is IOException or UnauthorizedAccessException or CryptographicException)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync($"edgequeue renew: {broken.Message}");
                return 1;
            }
        });
        return command;
    }
}
