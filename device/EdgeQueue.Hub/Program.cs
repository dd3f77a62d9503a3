using System.CommandLine;
using EdgeQueue.Hub.Commands;
using EdgeQueue.Hub.Identity;
using EdgeQueue.Hub.Identity.HeadOffice;
using EdgeQueue.Hub.Updates;

var root = new RootCommand(
    "The hub of one EdgeQueue branch: the only owner of its queue. It listens to the branch's broker, decides every command, "
    + "keeps the journal and says what is true. Run exactly one per branch.")
{
    RunCommand.Make(),
    InitCommand.Make(),
    JournalCommands.Make(),
    RegistrarCommands.Make(),
    HeadOfficeCommand.Make(),
    UpdatesCommands.Make(),
};
ParseResult parsed = root.Parse(args);
// The hub ends itself in order on SIGTERM; nobody else should end it after two seconds.
int ended = await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
// The parser's own code for a wrong command line is 1, which here is a check that found something.
return parsed.Errors.Count > 0 && ended != ExitCode.Fine ? ExitCode.Usage : ended;
