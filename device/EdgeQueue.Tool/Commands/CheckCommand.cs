using System.CommandLine;
using EdgeQueue.Core.Contracts.Configuration;

namespace EdgeQueue.Tool.Commands;

/// <summary><c>edgequeue check</c>: all that is wrong with a branch's configuration.</summary>
internal static class CheckCommand
{
    private static readonly Argument<string> Branch = new("FILE") { Description = "The branch configuration." };

    public static Command Create()
    {
        var command = new Command("check", "Reads a branch configuration and tells all its faults. Exit code 0: none, 1: some.") { Branch };
        command.SetAction(parsed =>
        {
            if (BranchFile.Load(parsed.GetRequiredValue(Branch), parsed.InvocationConfiguration.Error) is not { } branch)
            {
                return 1;
            }

            Tell(branch, parsed.InvocationConfiguration.Output);
            return 0;
        });
        return command;
    }

    private static void Tell(LoadedBranch branch, TextWriter output)
    {
        var configuration = branch.Configuration;
        output.WriteLine(
            $"{configuration.Branch}, revision {configuration.Revision}: no faults. {Of(configuration.Services.Count, "service")}, "
            + $"{Of(configuration.Counters.Count, "counter")} in {Of(configuration.Zones.Count, "zone")}, {Of(configuration.Operators.Count, "operator")}, "
            + $"{Of(branch.Units.Count, "unit")} on {Of(configuration.Nodes.Count, "node")}.");
    }

    private static string Of(int count, string one) => count == 1 ? $"1 {one}" : $"{count} {one}s";
}
