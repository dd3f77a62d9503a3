using System.CommandLine;
using EdgeQueue.Tool.Claims;
using EdgeQueue.Tool.Commands;
using EdgeQueue.Tool.Doctor;
using EdgeQueue.Tool.Identity;
using EdgeQueue.Tool.Status;
using EdgeQueue.Tool.Support;

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
    RenewCommand.Create(),
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

ParseResult parsed = root.Parse(args);
int ended = await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = UpCommand.TimeToEnd(parsed) });
// The parser's own code for a wrong command line is 1, which here is a check that found something.
return parsed.Errors.Count > 0 && ended != 0 ? 2 : ended;
