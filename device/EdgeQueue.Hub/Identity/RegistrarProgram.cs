using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Identity;
using EdgeQueue.Hub.Commands;
using EdgeQueue.Hub.Loop;
using EdgeQueue.Hub.Systemd;
using EdgeQueue.Mqtt;

namespace EdgeQueue.Hub.Identity;

/// <summary>What <c>edgequeue-hub registrar run</c> was told.</summary>
internal sealed record RegistrarOptions(
    string Folder, string BranchFile, string BrokerHost, int BrokerPort, string PublicHost, IPEndPoint Enrolment, string Control, bool ControlGroup, string? BrokerPid,
    TimeSpan Life);

/// <summary>
/// The registrar: a process of its own beside the hub, so that the authority's key is not where every message of the branch is read.
/// It knows nothing of the queue, and the queue goes on without it.
/// </summary>
internal static class RegistrarProgram
{
    public static async Task<int> RunAsync(RegistrarOptions options, CancellationToken cancellation)
    {
        using ILoggerFactory logging = HubLogging.Make();
        ILogger log = logging.CreateLogger("registrar");
        var file = new BranchFile(options.BranchFile);
        if (file.Read(out IReadOnlyList<string> faults) is not { } branch)
        {
            faults.ToList().ForEach(fault => HubLog.ConfigurationFault(log, options.BranchFile, fault));
            return ExitCode.Configuration;
        }

        TimeProvider time = TimeProvider.System;
        try
        {
            using BranchAuthority authority = BranchAuthority.Open(options.Folder, branch.Configuration.Branch, options.Life, time);
            authority.WriteList();
            var waiting = new WaitingDevices(time);
            var server = new EnrolmentServer(options.Enrolment, options.Folder, authority, waiting, log, time);
            server.Listener.Start(16);
            await RunAsync(options, branch, file, authority, waiting, server, log, time, cancellation);
            return ExitCode.Fine;
        }
        catch (Exception cannot) when (cannot is InvalidDataException or IOException or UnauthorizedAccessException or SocketException or CryptographicException)
        {
            IdentityLog.CannotStart(log, cannot.Message);
            return ExitCode.Identity;
        }
    }

    private static async Task RunAsync(
        RegistrarOptions options, LoadedBranch branch, BranchFile file, BranchAuthority authority, WaitingDevices waiting, EnrolmentServer server,
        ILogger log, TimeProvider time, CancellationToken cancellation)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.Cancel();
        }

        using PosixSignalRegistration term = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        await using var connection = new MqttConnection(
            new MqttOptions
            {
                Host = options.BrokerHost, Port = options.BrokerPort, ClientId = "registrar/registrar",
                Tls = new MqttTls(
                    Path.Combine(options.Folder, "authority.crt"), Path.Combine(options.Folder, "registrar.crt"), Path.Combine(options.Folder, "registrar.key")),
                Subscriptions = [branch.Topics.IdentityRequests, branch.Topics.AllDoctorFindings],
                LongestRetry = TimeSpan.FromSeconds(2),
            },
            time);
        var door = new BrokerDoor(connection, options.BrokerPid, log);
        var beside = new BesideCertificates(options.Folder, authority.Certificate, options.Life, time);
        using var desk = new RegistrarDesk(authority, beside, waiting, file, new BrokerPlace(options.PublicHost, options.BrokerPort), door, log, time);
        var doctor = new NodeDoctor(connection, file, log, time);
        var reminders = new RenewalReminders(branch.Topics, authority, desk, connection, options.Life, log, time);
        using SystemdNotify systemd = SystemdNotify.FromEnvironment();
        IdentityLog.Started(log, HubVersion.Text, branch.Configuration.Branch, ((IPEndPoint)server.Listener.LocalEndpoint).Port);
        systemd.Ready($"registrar of {branch.Configuration.Branch}");
        Task[] all =
        [
            connection.RunAsync(stop.Token), server.RunAsync(stop.Token), new ControlSocket(options.Control, options.ControlGroup, desk, doctor).RunAsync(stop.Token),
            reminders.RunAsync(stop.Token), new BesideRenewals(beside, desk, door, connection, options.Life, log, time).RunAsync(stop.Token), new DeskPulse(desk, systemd, time).RunAsync(stop.Token), HearAsync(branch.Topics, authority, desk, doctor, reminders, connection, log, time, stop.Token),
        ];
        Task first = await Task.WhenAny(all);
        await stop.CancelAsync();
        await Task.WhenAll(all).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first;
    }

    private static async Task HearAsync(
        Topics topics, BranchAuthority authority, RegistrarDesk desk, NodeDoctor doctor, RenewalReminders reminders, IMqttConnection connection, ILogger log,
        TimeProvider time, CancellationToken stop)
    {
        var complaints = new Complaints(log, time);
        var renewals = new Renewals(authority, topics.Branch);
        try
        {
            await foreach (MqttArrival arrival in connection.Arrivals.ReadAllAsync(stop))
            {
                switch (arrival)
                {
                    case MqttConnected:
                        IdentityLog.Connected(log);
                        _ = reminders.LookAsync(stop);
                        break;
                    case MqttDisconnected { Reason: var reason }:
                        IdentityLog.Disconnected(log, reason);
                        break;
                    case MqttConnectFailed { Reason: var reason }:
                        IdentityLog.Disconnected(log, reason);
                        break;
                    case MqttMessage message when topics.TryParse(message.Topic, out TopicAddress? address) && address.Kind == TopicKind.IdentityRequest:
                        await AnswerAsync(address.Name!, message.Payload);
                        break;
                    case MqttMessage message when topics.TryParse(message.Topic, out TopicAddress? address) && address.Kind == TopicKind.DoctorFindings:
                        if (doctor.Take(address.Unit!, message.Payload.Span) is { } why)
                        {
                            complaints.Say("findings", address.Unit!.ToString(), why);
                        }

                        break;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Asked to stop.
        }

        async Task AnswerAsync(string node, ReadOnlyMemory<byte> payload)
        {
            (RenewalAnswer? answer, string? refused) = await desk.AloneAsync(
                () => (renewals.Answer(node, payload.Span, out string? why), why), stop);
            if (refused is not null)
            {
                complaints.Say("renewal", node, refused);
            }
            else if (answer is null)
            {
                // Only now: as long as nobody says to have the new one, the reminder stays and the node asks again.
                IdentityLog.Renewed(log, node, authority.Register.Find(node)!.InUse!.Serial);
                _ = connection.PublishAsync(new MqttPublication(topics.IdentityRenew(node), default, Retain: true));
            }

            if (answer is not null)
            {
                // Not awaited here: the answer's PUBACK comes in the stream that this loop reads.
                _ = connection.PublishAsync(new MqttPublication(topics.IdentityCertificate(node), IdentityJson.Write(answer)));
            }
        }
    }
}
