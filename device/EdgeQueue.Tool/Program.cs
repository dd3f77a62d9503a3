using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using EdgeQueue.Tool.Claims;
using EdgeQueue.Tool.Commands;
using EdgeQueue.Tool.Doctor;
using EdgeQueue.Tool.Identity;
using EdgeQueue.Tool.Status;
using EdgeQueue.Tool.Support;
using EdgeQueue.Tool.Updates;

var root = new RootCommand("EdgeQueue's command line for the technician.")
{
    CheckCommand.Create(),
    PinCommand.Create(),
    ConfigureCommand.Create(),
    CertificatesCommand.Create(),
    CloudCertificatesCommand.Create(),
    UpCommand.Create(),
    ConsoleCommand.Create(),
    PlayCommand.Create(),
    ReplayCommand.Create(),
    SimulateCommand.Create(),
    JournalCommand.Create(),
    JournalCommand.CreateExplain(),
    BookingsCommand.Create(),
    EnrolCommand.Create(),
    JoinCommand.Create(),
    RegistrarCommand.HeadOffice(),
    RenewCommand.Create(),
    UpdateCommand.Create(),
    StatusCommand.Create(),
    DoctorCommand.Create(),
    BundleCommand.Create(),
};
foreach (Command command in RegistrarCommand.All())
{
    root.Add(command);
}

if (HubProcess.PassedOn(args, out var hub) is { } words)
{
    return HubProcess.Run(hub, words);
}

HelpOption help = root.Options.OfType<HelpOption>().Single();
help.Action = new ManualAction((HelpAction)help.Action!);

ParseResult parsed;
try
{
    parsed = root.Parse(args);
}
catch (InvalidOperationException unread)
{
    // A check of the command line asked for a value that cannot be read.
    Console.Error.WriteLine(WrongWords.Said(unread.Message));
    return 2;
}

if (parsed.Action is ParseErrorAction wrong && args.Length > 0)
{
    // The faults, and not two screens of help after them.
    wrong.ShowHelp = false;
    string about = string.Concat(parsed.CommandResult.Command.Parents.OfType<Command>().Where(c => c != root).Select(c => c.Name + " "));
    about += parsed.CommandResult.Command == root ? "" : parsed.CommandResult.Command.Name + " ";
    using var said = new StringWriter();
    parsed.Invoke(new InvocationConfiguration { Output = said, Error = said });
    Console.Error.Write(WrongWords.Said(said.ToString()));
    Console.Error.WriteLine($"'edgequeue {about}--help' says more.");
    return 2;
}

int ended = await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = UpCommand.TimeToEnd(parsed) });
// The parser's own code for a wrong command line is 1, which here is a check that found something.
return parsed.Errors.Count > 0 && ended != 0 ? 2 : ended;
