using System.CommandLine;
using EdgeQueue.Tool.Commands;

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
};
return await root.Parse(args).InvokeAsync();
