using System.CommandLine;
using System.Globalization;
using EdgeQueue.Core.Contracts;
using EdgeQueue.Core.Contracts.Identity;
using EdgeQueue.Tool.Commands;
using EdgeQueue.Tool.Identity;

namespace EdgeQueue.Tool.Claims;

/// <summary>
/// <c>edgequeue enrol</c>: what a device without identity starts. It says on its output, a line each, <c>code DIGITS</c>, <c>waiting
/// REASON</c> and at last <c>claimed NAME</c>, and ends when the device has its identity.
/// </summary>
internal static class EnrolCommand
{
    /// <summary>Between two attempts; doubled up to the longest, so that a hub is not asked ten times a minute by one device.</summary>
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    public static Command Create()
    {
        var file = new Option<string>("--device") { Description = "The device's own file: hardware, state folder, perhaps the hub's address.", Required = true }.ThatExists();
        var unit = new Option<string?>("--unit") { Description = "The unit that starts this: when its claim came while another program of the device enrolled, there is nothing to do." };
        var command = new Command("enrol", "On a new device: shows a code and waits until a technician accepts it at the hub. Devices start this by themselves.") { file, unit };
        command.SetAction(async (parsed, cancellation) =>
        {
            TextWriter output = parsed.InvocationConfiguration.Output;
            try
            {
                string path = parsed.GetRequiredValue(file);
                if (!ContractJson.TryRead(await File.ReadAllBytesAsync(path, cancellation), out DeviceFile? device, out string? fault))
                {
                    await parsed.InvocationConfiguration.Error.WriteLineAsync($"{path}: {fault}");
                    return 2;
                }

                Directory.CreateDirectory(device.State, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
                using FileStream? only = IdentityFile.Lock(Path.Combine(device.State, DeviceState.Identity));
                if (only is null)
                {
                    await parsed.InvocationConfiguration.Error.WriteLineAsync("Another program of this device is enrolling.");
                    return 3;
                }

                // Looked for with the lock in hand: a claim that ended a moment ago was made under it.
                if (parsed.GetValue(unit) is { } asking && File.Exists(Path.Combine(device.State, DeviceState.UnitFile(asking))))
                {
                    return 0;
                }

                return await RunAsync(device, output, cancellation);
            }
            catch (Exception broken) when (broken is IOException or UnauthorizedAccessException)
            {
                await parsed.InvocationConfiguration.Error.WriteLineAsync($"edgequeue enrol: {broken.Message}");
                return 1;
            }
            catch (OperationCanceledException)
            {
                return 1;
            }
        });
        return command;
    }

    private static async Task<int> RunAsync(DeviceFile device, TextWriter output, CancellationToken cancellation)
    {
        var pause = FirstPause;
        while (true)
        {
            bool shown = false;
            try
            {
                (string host, int port) = await HubAddress.FindAsync(device, cancellation);
                string name = await new Enrolment(device, code =>
                {
                    shown = true;
                    output.WriteLine($"code {code}");
                    output.Flush();
                }).RunAsync(host, port, cancellation);
                await output.WriteLineAsync($"claimed {name}");
                return 0;
            }
            catch (EnrolmentException notYet)
            {
                await output.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"waiting {notYet.Message.ReplaceLineEndings(" ")}"));
                await output.FlushAsync(cancellation);
            }

            pause = shown ? FirstPause : pause * 2 < LongestPause ? pause * 2 : LongestPause;
            await Task.Delay(pause, cancellation);
        }
    }
}
