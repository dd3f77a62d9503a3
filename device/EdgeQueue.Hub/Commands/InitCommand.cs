using System.CommandLine;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Hub.Journal;

namespace EdgeQueue.Hub.Commands;

/// <summary><c>edgequeue-hub init</c>: the one deliberate way to an empty journal.</summary>
internal static class InitCommand
{
    public static Command Make()
    {
        var journal = new Option<string>("--journal") { Description = "File to make, e.g. /var/lib/edgequeue/branch.journal.", Required = true };
        var branch = new Option<string>("--branch-name") { Description = "Name of the branch, as its configuration says.", Required = true };
        var command = new Command(
            "init",
            "Makes the journal of a NEW branch. Never do this for a branch that has worked before: its numbers would begin again. "
            + "For a lost or damaged journal there are 'journal repair' and 'journal fork'.")
        {
            journal, branch,
        };
        command.SetAction(parsed => Journals.Try(() =>
        {
            string name = parsed.GetRequiredValue(branch);
            if (!Topics.IsName(name))
            {
                Console.Error.WriteLine($"'{name}' is not a branch's name: use 1 to 40 of a-z, 0-9 and '-'.");
                return ExitCode.Usage;
            }

            JournalIdentity made = JournalFile.Create(parsed.GetRequiredValue(journal), name);
            Console.WriteLine($"made journal {made.Id} for branch '{name}' at {parsed.GetRequiredValue(journal)}");
            return ExitCode.Fine;
        }));
        return command;
    }
}
