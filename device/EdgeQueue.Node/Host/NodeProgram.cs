using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Hardware.Input;
using EdgeQueue.Hardware.Leds;
using EdgeQueue.Hardware.Sound;
using EdgeQueue.Mqtt;
using EdgeQueue.Node.Host.Doctor;
using EdgeQueue.Node.Host.Identity;
using EdgeQueue.Node.Roles.Audio;
using EdgeQueue.Node.Roles.Dispenser;
using EdgeQueue.Node.Roles.Display;
using EdgeQueue.Node.Roles.Keypad;

namespace EdgeQueue.Node.Host;

/// <summary>Puts the real parts together and runs one role.</summary>
public static class NodeProgram
{
    /// <param name="path">Of the unit's file.</param>
    /// <returns>The exit code: 0 stopped, 1 failed.</returns>
    public static async Task<int> RunAsync(NodeFile file, string path, string version, CancellationToken cancellation)
    {
        var time = TimeProvider.System;
        var log = new NodeLog(Console.Out, time);
        using var host = new NodeHost(file, version, options => new MqttConnection(options), new KernelBootClock(), time, log);
        var keeper = new IdentityKeeper(
            () => TechniciansTool.RunAsync(["renew", "--config", path], line => log.Info(NodeEvent.RenewalSaid, line), cancellation), host.Reconnect, log);
        if (file.Broker.Certificate == file.Broker.Key)
        {
            // An identity that can be replaced at once. What exactly is wanted, the one that renews reads itself.
            host.Hear(host.Topics.IdentityRenew(file.Node), message =>
            {
                if (!message.Payload.IsEmpty)
                {
                    keeper.Wanted();
                }

                return null;
            });
        }

        try
        {
            var role = Role(host);
            var doctor = new RemoteDoctor(
                host, host.PublishAsync, (said, limit) => TechniciansTool.RunAsync(["doctor", "--config", path, "--json"], said, limit),
                role is ITestableRole testable ? testable.TryAsync : null, cancellation);
            host.Hear(host.Topics.DoctorAsk(host.Address), doctor.Take);
            log.Info(NodeEvent.Started, $"{file.Unit.Role} {host.Address} of branch {file.Branch}, version {version}");
            await host.RunAsync(role, cancellation);
            log.Info(NodeEvent.Stopped, "stopped");
            return 0;
        }
        catch (Exception fatal)
        {
            // Whatever it is, the reason is told and systemd starts the process anew.
            log.Error(NodeEvent.Failed, $"cannot go on: {fatal}");
            return 1;
        }
    }

    private static IRole Role(NodeHost host) => host.Unit switch
    {
        { Dispenser: not null } => new DispenserRole(host),
        { Display: not null } => new DisplayRole(host, ConfiguredDisplay.Open),
        { Keypad: { } keypad } => new KeypadRole(
            host, KeySources.Open(keypad.Input, host.Time), keypad.Lamp is { } lamp ? Lamps.Open(lamp) : null),
        { Audio: not null } => new AudioRole(host, device => new AlsaOutput(device), new VoicesOnDemand()),
        _ => throw new InvalidOperationException("The loader lets only these four roles through."),
    };
}
