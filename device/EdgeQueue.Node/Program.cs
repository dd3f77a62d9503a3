using System.Reflection;
using System.Runtime.InteropServices;
using EdgeQueue.Node.Host;
using EdgeQueue.Node.Host.Claim;

var version = typeof(NodeHost).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
switch (args)
{
    case ["--help" or "-h" or "help", ..]:
    case [_, "--help" or "-h"]:
        Console.Out.Write(NodeArguments.Help);
        return 0;
    case ["--version"]:
        Console.Out.WriteLine(version);
        return 0;
}

var (arguments, fault) = NodeArguments.Parse(args);
if (arguments is null)
{
    Console.Error.WriteLine(fault);
    return 2;
}

using var stop = new CancellationTokenSource();
void Stop(PosixSignalContext signal)
{
    signal.Cancel = true;
    try
    {
        stop.Cancel();
    }
    catch (ObjectDisposedException)
    {
        // A second signal that arrives when all has ended.
    }
}

using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);

if (arguments.Role == NodeArguments.Device)
{
    return await DeviceProgram.RunAsync(arguments.ConfigurationFile, arguments.Unit, version, stop.Token);
}

var (file, faults) = NodeFileLoader.Load(arguments.ConfigurationFile, arguments.Role);
if (file is null)
{
    faults.ToList().ForEach(Console.Error.WriteLine);
    return 2;
}

return await NodeProgram.RunAsync(file, arguments.ConfigurationFile, version, stop.Token);
