using System.Runtime.InteropServices;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Hub.Configuration;
using EdgeQueue.Hub.Forecast;
using EdgeQueue.Hub.Identity;
using EdgeQueue.Hub.Journal;
using EdgeQueue.Hub.Link;
using EdgeQueue.Hub.Loop;
using EdgeQueue.Hub.Systemd;
using EdgeQueue.Hub.Updates;
using EdgeQueue.Hub.Web;
using EdgeQueue.Mqtt;

namespace EdgeQueue.Hub.Commands;

/// <summary>Puts the hub together, runs it and takes it apart.</summary>
internal static class HubProgram
{
    public static async Task<int> RunAsync(RunOptions options, CancellationToken cancellation)
    {
        using ILoggerFactory logging = HubLogging.Make();
        ILogger log = logging.CreateLogger("hub");
        if (ConfigurationFile.Read(options.BranchFile, out IReadOnlyList<string> faults) is not { } branch)
        {
            foreach (string fault in faults)
            {
                HubLog.ConfigurationFault(log, options.BranchFile, fault);
            }

            return ExitCode.Configuration;
        }

        try
        {
            if (options.Create && !File.Exists(options.Journal))
            {
                JournalFile.Create(options.Journal, branch.Configuration.Branch);
            }

            using SqliteJournal journal = SqliteJournal.Open(options.Journal);
            if (journal.Identity.Branch != branch.Configuration.Branch)
            {
                throw new JournalException(
                    $"The journal '{options.Journal}' belongs to branch '{journal.Identity.Branch}', the configuration to '{branch.Configuration.Branch}'. Check --journal and --branch.");
            }

            LoadedBranch settled = new ConfigurationSteps(options.BranchFile).Settle(journal.Meta.GetValueOrDefault("revision"), branch, out string? unfinished);
            if (settled != branch)
            {
                HubLog.ConfigurationSettled(log, settled.Configuration.Revision);
            }

            return await RunAsync(options, settled, unfinished is not null, journal, log, cancellation);
        }
        catch (JournalException e)
        {
            HubLog.CannotStart(log, e.Message);
            return ExitCode.Journal;
        }
    }

    private static async Task<int> RunAsync(
        RunOptions options, LoadedBranch branch, bool unfinished, SqliteJournal journal, ILogger log, CancellationToken cancellation)
    {
        TimeProvider time = TimeProvider.System;
        long? start = options.Cloud is null ? null : Starts.Count(journal);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        using SystemdNotify systemd = SystemdNotify.FromEnvironment();
        await using var connection = new MqttConnection(ConnectionTo(options, branch, journal), time);
        var metrics = new HubMetrics();
        var forecast = new ForecastWorker(options.Journal, branch.Configuration.Branch, reason => HubLog.SideWorkFailed(log, reason));
        var pictures = new HubPictures(time, () => forecast.Latest);
        CommandLoop? loop = null;
        CloudLink? cloud = options.Cloud is { } at
            ? new CloudLink(at, options.Journal, branch.Topics, pictures, metrics, journal.Cursor(CursorRow.Cloud), input => loop!.Post(input), log, time)
            : null;
        loop = HubAssembly.Make(options, branch, journal, connection, metrics, pictures, forecast, cloud, systemd, log, time, out LiveBranch live);
        HubLog.Started(log, HubVersion.Text, branch.Configuration.Branch, journal.Identity.Id, live.Seq, live.State.Day);

        using PosixSignalRegistration term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        var watch = new ConfigurationWatch(options.BranchFile, branch, journal.Identity.Id, loop.Post, cloud is null ? null : cloud.ReportConfiguration, log, unfinished, start);
        cloud?.Configuration = watch;
        UpdateDoor? updates = cloud is not null && options.Updates is { } updatesFolder ? new UpdateDoor(updatesFolder, cloud.ReportUpdates, log, time) : null;
        cloud?.Updates = updates;
        using PosixSignalRegistration hangup = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
        {
            context.Cancel = true;
            watch.LookNow();
        });

        // The connection outlives the loop by one goodbye, so it has a token of its own.
        using var disconnect = new CancellationTokenSource();
        Task broker = connection.RunAsync(disconnect.Token);
        Task<Exception?> looping = RunLoop(loop, stop.Token);
        Task watching = watch.RunAsync(stop.Token);
        Task renewing = new OwnCertificate(Path.Combine(options.Certificates, "hub.crt"), connection, log, time).RunAsync(stop.Token);
        Task bookings = options.Bookings is { } file ? new BookingsWatch(file, loop.Post, log).RunAsync(stop.Token) : Task.CompletedTask;
        Task checkpoints = new CheckpointThread(options.Journal, reason => HubLog.SideWorkFailed(log, reason)).RunAsync(stop.Token);
        Task predicting = forecast.RunAsync(stop.Token);
        Task linking = cloud?.RunAsync(stop.Token) ?? Task.CompletedTask;
        Task ending = options.Cloud?.TlsOf(branch.Configuration.Branch).CertificateFile is { } own
            ? new CloudCertificate(own, branch.Configuration.Branch, loop.Post, at => metrics.CloudCertificateEnds = at, log, time).RunAsync(stop.Token) : Task.CompletedTask;
        Task updating = updates?.RunAsync(stop.Token) ?? Task.CompletedTask;
        Task page = options.Http is { } address ? StatusServer.RunAsync(address, pictures, metrics, log, stop.Token) : Task.CompletedTask;
        using CancellationTokenRegistration ringing = stop.Token.Register(loop.Ring);
        systemd.Ready($"branch {branch.Configuration.Branch}");

        Exception? broke = await looping;
        systemd.Stopping();
        HubLog.Stopping(log);
        await stop.CancelAsync();
        await disconnect.CancelAsync();
        // All of them: one that still waits on the token when it is gone would end the process with a fault.
        await Task.WhenAll(broker, watching, renewing, bookings, checkpoints, predicting, linking, ending, updating, page).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        if (broke is not null)
        {
            HubLog.LoopBroke(log, broke);
            return ExitCode.Bug;
        }

        return ExitCode.Fine;

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            try
            {
                stop.Cancel();
            }
            catch (ObjectDisposedException)
            {
                // The command line hears the same signal and may be quicker: then the hub has ended meanwhile.
            }
        }
    }

    /// <summary>On a thread of its own, so that no other work of the process stands before a key press.</summary>
    private static Task<Exception?> RunLoop(CommandLoop loop, CancellationToken stop)
    {
        var ended = new TaskCompletionSource<Exception?>(TaskCreationOptions.RunContinuationsAsynchronously);
        void Work()
        {
            try
            {
                loop.Run(stop);
                ended.SetResult(null);
            }
            catch (Exception e)
            {
                ended.SetResult(e);
            }
        }

        new Thread(Work) { IsBackground = true, Name = "command loop" }.Start();
        return ended.Task;
    }

    private static MqttOptions ConnectionTo(RunOptions options, LoadedBranch branch, SqliteJournal journal)
    {
        (long seq, Core.Queue.Moment at) = journal.Last();
        return new MqttOptions
        {
            Host = options.BrokerHost,
            Port = options.BrokerPort,
            ClientId = "hub/hub",
            Tls = new MqttTls(
                Path.Combine(options.Certificates, "authority.crt"), Path.Combine(options.Certificates, "hub.crt"),
                Path.Combine(options.Certificates, "hub.key")),
            Subscriptions = branch.Topics.HubSubscriptions,
            NoLocal = true,
            // The loop waits with a bell, and ringing it never blocks.
            InlineArrivals = true,
            LongestRetry = TimeSpan.FromSeconds(2),
            Will = new MqttPublication(
                branch.Topics.BranchStatus,
                ContractJson.Write(new BranchStatusMessage(
                    1, journal.Identity.Id, seq, false, 0, at.Milliseconds, at.Milliseconds, false, 0, 0, HubVersion.Text, [], [])),
                Retain: true),
        };
    }
}
