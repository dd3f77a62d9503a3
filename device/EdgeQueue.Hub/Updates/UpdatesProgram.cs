using System.Net;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Identity;
using EdgeQueue.Core.Updates;
using EdgeQueue.Hardware.Kernel;
using EdgeQueue.Hub.Commands;
using EdgeQueue.Hub.Identity;
using EdgeQueue.Hub.Systemd;
using EdgeQueue.Mqtt;

namespace EdgeQueue.Hub.Updates;

/// <summary>What <c>edgequeue-hub updates run</c> was told.</summary>
internal sealed record UpdatesOptions(string BranchFile, string Certificates, string BrokerHost, int BrokerPort, string Folder, IPEndPoint Serve, QuietHours Quiet, string Tool, string? FetchAuthority);

/// <summary>The desk for updates: a process of its own beside the hub, so that a queue never waits for a bundle. The queue goes on without it.</summary>
internal static class UpdatesProgram
{
    private static readonly TimeSpan ShelfPeriod = TimeSpan.FromSeconds(1);

    public static async Task<int> RunAsync(UpdatesOptions options, CancellationToken cancellation)
    {
        using ILoggerFactory logging = HubLogging.Make();
        ILogger log = logging.CreateLogger("updates");
        if (ConfigurationFile.Read(options.BranchFile, out IReadOnlyList<string> faults) is not { } branch)
        {
            faults.ToList().ForEach(fault => HubLog.ConfigurationFault(log, options.BranchFile, fault));
            return ExitCode.Configuration;
        }

        try
        {
            await RunAsync(options, branch, log, cancellation);
            return ExitCode.Fine;
        }
        catch (Exception cannot) when (cannot is InvalidDataException or IOException or UnauthorizedAccessException or CryptographicException)
        {
            UpdatesLog.CannotStart(log, cannot.Message);
            return ExitCode.Wrong;
        }
    }

    private static async Task RunAsync(UpdatesOptions options, LoadedBranch branch, ILogger log, CancellationToken cancellation)
    {
        TimeProvider time = TimeProvider.System;
        Directory.CreateDirectory(options.Folder);
        using FolderLock alone = FolderLock.TryTake(options.Folder)
            ?? throw new IOException($"{options.Folder}: another desk for updates is at it. Two would tell the devices different things: end one of them.");
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }

        using PosixSignalRegistration term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        var folder = new UpdatesFolder(options.Folder);
        var shelf = new BundleShelf(folder.Bundles, log);
        await using var connection = new MqttConnection(
            new MqttOptions
            {
                Host = options.BrokerHost, Port = options.BrokerPort, ClientId = "updates/desk", NoLocal = true, LongestRetry = TimeSpan.FromSeconds(2),
                Tls = new MqttTls(
                    Path.Combine(options.Certificates, BranchCertificates.Authority + ".crt"), Path.Combine(options.Certificates, BranchCertificates.Updates + ".crt"),
                    Path.Combine(options.Certificates, BranchCertificates.Updates + ".key")),
                Subscriptions = branch.Topics.UpdateSubscriptions,
            },
            time);
        var desk = new UpdatesDesk(options.BranchFile, branch, folder, shelf, options.Quiet, options.Serve.Port, connection, log, time);
        var server = new BundleServer(options.Serve, options.Certificates, shelf, log, time);
        var own = new OwnCertificate(Path.Combine(options.Certificates, BranchCertificates.Updates + ".crt"), connection, log, time);
        using SystemdNotify systemd = SystemdNotify.FromEnvironment();
        UpdatesLog.Started(log, HubVersion.Text, branch.Configuration.Branch, options.Serve.Port);
        bool ready = false;
        void Alive()
        {
            if (!ready)
            {
                // Not before: from this word on systemd counts until the next sign of life.
                ready = true;
                systemd.Ready($"updates of {branch.Configuration.Branch}");
            }

            systemd.Watchdog($"wish {desk.Wish?.Number ?? 0}");
        }

        // The server is put together and the shelf is read beside the desk from their first step on: they take a slow device longer than a desk may be silent.
        Task[] all =
        [
            connection.RunAsync(stop.Token), own.RunAsync(stop.Token), Task.Run(() => server.RunAsync(stop.Token), CancellationToken.None),
            Task.Run(() => ShelveAsync(shelf, desk, time, log, stop.Token), CancellationToken.None),
            new BundleFetch(options.Tool, options.FetchAuthority, shelf, log, time).RunAsync(() => desk.Wish, stop.Token),
            desk.RunAsync(Alive, stop.Token),
        ];
        Task first = await Task.WhenAny(all);
        await stop.CancelAsync();
        await Task.WhenAll(all).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first;
    }

    /// <summary>Beside the desk: a bundle is read as a whole before it is offered.</summary>
    private static async Task ShelveAsync(BundleShelf shelf, UpdatesDesk desk, TimeProvider time, ILogger log, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(ShelfPeriod, time);
        string? told = null;
        try
        {
            do
            {
                try
                {
                    shelf.Look(desk.Wish, stop);
                    told = null;
                }
                catch (Exception fault) when (fault is IOException or UnauthorizedAccessException)
                {
                    if (told != fault.Message)
                    {
                        UpdatesLog.BundleRefused(log, "bundles", told = fault.Message);
                    }
                }
            }
            while (await timer.WaitForNextTickAsync(stop));
        }
        catch (OperationCanceledException)
        {
            // Asked to stop.
        }
    }
}
