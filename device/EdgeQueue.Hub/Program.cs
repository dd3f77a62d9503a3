using System.CommandLine;
using EdgeQueue.Hub.Commands;
using EdgeQueue.Hub.Identity;

var root = new RootCommand(
    "The hub of one EdgeQueue branch: the only owner of its queue. It listens to the branch's broker, decides every command, "
    + "keeps the journal and says what is true. Run exactly one per branch.")
{
    RunCommand.Make(),
    InitCommand.Make(),
    JournalCommands.Make(),
    RegistrarCommands.Make(),
};
// The hub ends itself in order on SIGTERM; nobody else should end it after two seconds.
return await root.Parse(args).InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
