using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using EdgeQueue.Hub.Commands;

namespace EdgeQueue.Hub.Identity.HeadOffice;

/// <summary>
/// <c>edgequeue head-office</c>: hears hubs that want to be one of head office's, for as long as somebody sits before it. Not a service: nothing new is open
/// on the network when no branch is added, and the authority's key need not be where the cloud runs.
/// </summary>
internal static class HeadOfficeProgram
{
    /// <summary>The name in the authority's certificate that <c>edgequeue cloud-certificates</c> makes.</summary>
    private const string Owner = "_cloud";

    public static async Task<int> RunAsync(string folder, BrokerPlace broker, IPEndPoint listen, TimeSpan life, TextReader typed, TextWriter said, CancellationToken cancellation)
    {
        using ILoggerFactory logging = HubLogging.Make(beside: true);
        ILogger log = logging.CreateLogger("head-office");
        try
        {
            using BranchAuthority authority = BranchAuthority.Open(folder, Owner, life, TimeProvider.System);
            var waiting = new WaitingDevices(TimeProvider.System);
            var server = new EnrolmentServer(listen, folder, authority, waiting, log, TimeProvider.System, ofBranches: true);
            server.Listener.Start(16);
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            using PosixSignalRegistration term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
            using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
            await said.WriteLineAsync(
                $"Hubs are heard on port {((IPEndPoint)server.Listener.LocalEndpoint).Port}. On a branch's hub: edgequeue join THIS-MACHINE --branch-name NAME --certificates FOLDER\n"
                + "Type here the code that it shows, and the branch's name, e.g. 4829 1730 oslo. Ctrl-C ends this, and nobody can ask any more.");
            await said.FlushAsync(cancellation);
            var desk = new HeadOfficeDesk(folder, authority, waiting, broker, log);
            Task first = await Task.WhenAny(server.RunAsync(stop.Token), TypeAsync(desk, typed, said, stop.Token));
            await stop.CancelAsync();
            await first;
            return ExitCode.Fine;

            void Stop(PosixSignalContext signal)
            {
                signal.Cancel = true;
                stop.Cancel();
            }
        }
        catch (OperationCanceledException)
        {
            return ExitCode.Fine;
        }
        catch (Exception cannot) when (cannot is InvalidDataException or IOException or UnauthorizedAccessException or SocketException or CryptographicException)
        {
            IdentityLog.CannotStart(log, cannot.Message);
            return ExitCode.Identity;
        }
    }

    private static async Task TypeAsync(HeadOfficeDesk desk, TextReader typed, TextWriter said, CancellationToken stop)
    {
        // A terminal's line is read without a token: it is left to itself when this ends. The end of what is typed ends this.
        while (await Task.Run(typed.ReadLine, stop).WaitAsync(stop) is { } line)
        {
            if (!string.IsNullOrWhiteSpace(line))
            {
                await said.WriteLineAsync(desk.Take(line));
                await said.FlushAsync(stop);
            }
        }
    }
}
