using System.CommandLine;
using EdgeQueue.Core.Contracts.Updates;
using EdgeQueue.Mqtt;

namespace EdgeQueue.Tool.Updates;

/// <summary><c>edgequeue update run</c>: the updater of a device, a process of its own beside its units.</summary>
internal static class UpdateCommand
{
    public static Command Create()
    {
        var config = new Option<string>("--config") { Description = "The updater's file: who this device is, where bundles go, how one is installed and how the machine is started anew.", Required = true };
        var run = new Command("run", "Runs until SIGTERM: fetches what the hub orders, has it installed, starts the machine anew when the hub says so, and tells what came of it.") { config };
        run.SetAction(async (parsed, cancellation) =>
        {
            string path = parsed.GetRequiredValue(config);
            TextWriter errors = parsed.InvocationConfiguration.Error;
            try
            {
                if (!UpdateJson.TryRead(await File.ReadAllBytesAsync(path, cancellation), out UpdaterFile? file, out string? fault))
                {
                    await errors.WriteLineAsync($"{path}: {fault}");
                    return 2;
                }

                if (WhyNot(file) is { } why)
                {
                    await errors.WriteLineAsync($"{path}: {why}");
                    return 2;
                }

                await RunAsync(file, parsed.InvocationConfiguration.Output, cancellation);
                return 0;
            }
            catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
            {
                return 0;
            }
            catch (Exception broken) when (broken is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                await errors.WriteLineAsync($"edgequeue update: {broken.Message}");
                return 1;
            }
        });
        return new Command("update", "The system image of this device.") { run, FetchCommand.Create() };
    }

    private static async Task RunAsync(UpdaterFile file, TextWriter output, CancellationToken cancellation)
    {
        void Say(string line)
        {
            output.WriteLine(line);
            output.Flush();
        }

        Directory.CreateDirectory(file.Work);
        WhoThisIs me = await WhoThisIs.WhenKnownAsync(file, Say, cancellation);
        var record = UpdaterDisk.Open(file.Work);
        var updater = new Updater(file, me, record, Say, TimeProvider.System);
        await using var connection = new MqttConnection(updater.Connection());
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        Task[] all = [connection.RunAsync(stop.Token), updater.RunAsync(connection, stop.Token)];
        Task first = await Task.WhenAny(all);
        await stop.CancelAsync();
        await Task.WhenAll(all).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await first;
    }

    private static string? WhyNot(UpdaterFile file) =>
        file.V != 1 ? $"$.v: this program reads version 1, not {file.V}."
        : file.Install.Count == 0 ? "$.install: name the program that installs a bundle."
        : file.Restart.Count == 0 ? "$.restart: name the program that starts the machine anew."
        : file.State is null && (file.Branch is null || file.Node is null || file.Broker is null) ? "$.state is missing; without it $.branch, $.node and $.broker say who this device is."
        : null;
}
