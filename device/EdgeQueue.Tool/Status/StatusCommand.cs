using System.CommandLine;
using System.Globalization;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Identity;
using EdgeQueue.Mqtt;

namespace EdgeQueue.Tool.Status;

/// <summary><c>edgequeue status</c>: the branch live in the terminal, heard with the watch certificate, which changes nothing.</summary>
internal static class StatusCommand
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>What the broker keeps comes at once; after this long nothing more of it is on its way.</summary>
    private static readonly TimeSpan Settled = TimeSpan.FromMilliseconds(700);

    public static Command Create()
    {
        var branch = new Option<string>("--branch-name") { Description = "The branch's name.", Required = true };
        var broker = new Option<string>("--broker") { Description = "The branch's broker, host:port.", DefaultValueFactory = _ => "localhost:8883" };
        var certificates = new Option<string>("--certificates") { Description = "Folder with authority.crt, watch.crt and watch.key.", DefaultValueFactory = _ => "/etc/edgequeue/certificates" };
        var once = new Option<bool>("--once") { Description = "Says it once and ends, for scripts: exit code 0 when all is well, 1 when there is a fault, 2 when the branch cannot be heard." };
        var command = new Command("status", "Shows the branch live: counters, who waits, units and faults. Ctrl-C ends it.") { branch, broker, certificates, once };
        command.SetAction(async (parsed, cancellation) =>
        {
            string address = parsed.GetRequiredValue(broker);
            int colon = address.LastIndexOf(':');
            string name = parsed.GetRequiredValue(branch);
            if (!Topics.IsName(name) || colon <= 0 || !int.TryParse(address[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int port) || port is < 1 or > 65535)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync("--branch-name is a name of a-z, 0-9 and '-', --broker is host:port.");
                return 2;
            }

            string folder = parsed.GetRequiredValue(certificates);
            var options = new MqttOptions
            {
                Host = address[..colon], Port = port, ClientId = string.Create(CultureInfo.InvariantCulture, $"watch/status-{Environment.ProcessId}"),
                Tls = new MqttTls(
                    Path.Combine(folder, "authority.crt"), Path.Combine(folder, BranchCertificates.Watch + ".crt"), Path.Combine(folder, BranchCertificates.Watch + ".key")),
                Subscriptions = new Topics(name).Shown,
            };
            return await RunAsync(name, options, parsed.GetValue(once), parsed.InvocationConfiguration.Output, parsed.InvocationConfiguration.Error, cancellation);
        });
        return command;
    }

    private static async Task<int> RunAsync(string name, MqttOptions options, bool once, TextWriter output, TextWriter errors, CancellationToken cancellation)
    {
        var view = new BranchView(new Topics(name));
        await using var connection = new MqttConnection(options);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task running = connection.RunAsync(stop.Token);
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(Patience);
        try
        {
            bool connected = false;
            while (await connection.Arrivals.WaitToReadAsync(connected && !once ? cancellation : limit.Token))
            {
                while (connection.Arrivals.TryRead(out MqttArrival? arrival))
                {
                    connected |= arrival is MqttConnected;
                    if (arrival is MqttConnected)
                    {
                        limit.CancelAfter(once ? Settled : Patience);
                    }
                    else if (arrival is MqttMessage message)
                    {
                        view.Hear(message.Topic, message.Payload.Span);
                    }
                    else if (arrival is MqttConnectFailed failed && once)
                    {
                        await errors.WriteLineAsync($"The branch's broker cannot be heard: {failed.Reason}");
                        return 2;
                    }
                }

                if (connected && !once)
                {
                    // Home, the picture, and whatever the last one had more of is cleared.
                    await output.WriteAsync("\e[H\e[2J" + StatusText.Of(view, name, colours: true));
                    await Task.Delay(TimeSpan.FromMilliseconds(200), cancellation);
                }
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            return 0;
        }
        catch (OperationCanceledException)
        {
            if (connection.Status.Generation == 0)
            {
                await errors.WriteLineAsync($"The branch's broker cannot be heard: {connection.Status.LastFailure ?? "it does not answer"}");
                return 2;
            }
        }
        finally
        {
            await stop.CancelAsync();
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        await output.WriteAsync(StatusText.Of(view, name, colours: false));
        return StatusText.IsWell(view) ? 0 : 1;
    }
}
