using System.CommandLine;
using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using EdgeQueue.Core.Contracts.Updates;
using EdgeQueue.Core.Updates;
using EdgeQueue.Hub.Commands;
using EdgeQueue.Hub.Identity;

namespace EdgeQueue.Hub.Updates;

/// <summary><c>edgequeue-hub updates …</c>.</summary>
internal static class UpdatesCommands
{
    public static Command Make() => new("updates", "The system images of the branch's devices: which are wanted, installed at night, one after the other.") { Run(), Offer(), Status() };

    /// <summary>Bytes that are left to everything else on this disk.</summary>
    private const long Kept = 64 * 1024 * 1024;

    private static Option<string> Folder() => new("--folder") { Description = "The folder for updates: wish.json, state.json, report.json, and bundles/.", Required = true };

    private static Command Run()
    {
        Option<string> folder = Folder();
        var branch = new Option<string>("--branch") { Description = "The branch configuration; read again when it changes.", Required = true };
        var certificates = new Option<string>("--certificates") { Description = "Folder with authority.crt, revoked.crl, updates.crt and updates.key, as 'edgequeue certificates --hub' makes them.", Required = true };
        var broker = new Option<string>("--broker") { Description = "The branch's broker, host:port.", DefaultValueFactory = _ => "localhost:8883" };
        var serve = new Option<string>("--serve") { Description = "Address and port on which devices fetch bundles, by HTTPS with their certificates.", DefaultValueFactory = _ => "0.0.0.0:8885" };
        var window = new Option<string>("--quiet-hours") { Description = "When devices may be updated, local time.", DefaultValueFactory = _ => "22:00-05:00" };
        var open = new Option<bool>("--while-open") { Description = "For branches that never close: devices may start anew also while people wait, but not the only open dispenser, and not where somebody is served." };
        var tool = new Option<string>("--tool") { Description = "The technician's tool, which fetches bundles from outside.", DefaultValueFactory = _ => Path.Combine(AppContext.BaseDirectory, "edgequeue") };
        var fetchAuthority = new Option<string?>("--fetch-authority") { Description = "Certificate of the authority of the server that has the bundles; without it those that this machine trusts." };
        var command = new Command("run", "Runs the desk for updates until SIGTERM.") { folder, branch, certificates, broker, serve, window, open, tool, fetchAuthority };
        command.SetAction(async (parsed, cancellation) =>
        {
            string address = parsed.GetRequiredValue(broker);
            int colon = address.LastIndexOf(':');
            if (colon <= 0 || !ushort.TryParse(address.AsSpan(colon + 1), out ushort port) || !IPEndPoint.TryParse(parsed.GetRequiredValue(serve), out IPEndPoint? at)
                || HoursOf(parsed.GetRequiredValue(window), parsed.GetValue(open)) is not { } quiet)
            {
                await Console.Error.WriteLineAsync("--broker is host:port, --serve is address:port, --quiet-hours is HH:MM-HH:MM (the same twice: all day).");
                return ExitCode.Usage;
            }

            return await UpdatesProgram.RunAsync(
                new UpdatesOptions(
                    parsed.GetRequiredValue(branch), parsed.GetRequiredValue(certificates), address[..colon], port, parsed.GetRequiredValue(folder), at, quiet,
                    parsed.GetRequiredValue(tool), parsed.GetValue(fetchAuthority)),
                cancellation);
        });
        return command;
    }

    private static Command Offer()
    {
        Option<string> folder = Folder();
        var bundle = new Option<string>("--bundle") { Description = "The bundle. It is copied into the folder.", Required = true };
        var compatible = new Option<string>("--compatible") { Description = "For which kind of image, as in the bundle's manifest.", Required = true };
        var version = new Option<string>("--image-version") { Description = "Which version devices run with it, as in /etc/edgequeue-version of the image.", Required = true };
        var command = new Command("offer", "For a branch without a cloud: wishes that all devices of a kind run this bundle, in the next quiet hours. Other kinds stay as they were wished; what failed of them is not tried again.") { folder, bundle, compatible, version };
        command.SetAction(async (parsed, cancellation) =>
        {
            try
            {
                var room = new UpdatesFolder(parsed.GetRequiredValue(folder));
                Directory.CreateDirectory(room.Bundles);
                string source = parsed.GetRequiredValue(bundle);
                string sha256;
                await using (FileStream read = File.OpenRead(source))
                {
                    sha256 = Convert.ToHexStringLower(await SHA256.HashDataAsync(read, cancellation));
                }

                var offered = new WishedBundle(parsed.GetRequiredValue(compatible), parsed.GetRequiredValue(version), new FileInfo(source).Length, sha256);
                UpdateWish? before = room.Wish(out string? fault);
                if (fault is not null)
                {
                    await Console.Error.WriteLineAsync($"{room.WishFile}: {fault}");
                    return ExitCode.Wrong;
                }

                UpdateWish wish = room.State().Offer(offered, before);
                if (wish.WhyNot() is { } why)
                {
                    await Console.Error.WriteLineAsync($"The wish would not be taken: {why}.");
                    return ExitCode.Wrong;
                }

                if (new DriveInfo(room.Bundles).AvailableFreeSpace < offered.Size + Kept)
                {
                    await Console.Error.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{room.Bundles} has no room: {offered.Size + Kept} bytes are needed, {Kept} of them for the queue."));
                    return ExitCode.Wrong;
                }

                // The bundle first: a wish without it would only wait.
                string copy = Path.Combine(room.Bundles, "offered.new");
                try
                {
                    File.Copy(source, copy, overwrite: true);
                    File.Move(copy, Path.Combine(room.Bundles, $"offered-{sha256[..12]}.raucb"), overwrite: true);
                }
                catch
                {
                    // Half of a bundle fills the disk of a queue for nothing.
                    File.Delete(copy);
                    throw;
                }

                PrivateFile.Write(room.WishFile, UpdateJson.Write(wish), PrivateFile.Everybody);
                await Console.Out.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"wish {wish.Number}: {offered.Compatible} {offered.Version}, {offered.Size} bytes, SHA-256 {sha256}"));
                foreach (WishedBundle failed in (before?.Bundles ?? []).Where(b => wish.Bundles.All(w => w.Compatible != b.Compatible)))
                {
                    await Console.Out.WriteLineAsync($"no longer wished, because it failed here: {failed.Compatible} {failed.Version}; who wants it tried again offers it again");
                }

                return ExitCode.Fine;
            }
            catch (Exception broken) when (broken is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                await Console.Error.WriteLineAsync($"edgequeue-hub updates offer: {broken.Message}");
                return ExitCode.Wrong;
            }
        });
        return command;
    }

    private static Command Status()
    {
        Option<string> folder = Folder();
        var command = new Command("status", "What is wished, and how far it is. Exit code 1: the roll-out is stopped here.") { folder };
        command.SetAction(async (parsed, _) =>
        {
            var room = new UpdatesFolder(parsed.GetRequiredValue(folder));
            try
            {
                RolloutState state = room.State();
                await Console.Out.WriteLineAsync(room.Wish(out string? fault) is { } wish
                    ? string.Create(CultureInfo.InvariantCulture, $"wish {wish.Number}: {string.Join(", ", wish.Bundles.Select(b => $"{b.Compatible} {b.Version}"))}{(wish.Paused ? ", paused" : "")}")
                    : fault ?? "nothing is wished");
                foreach (DeviceProgress device in state.Devices)
                {
                    await Console.Out.WriteLineAsync($"  {device.Device}: {device.Step}, version {device.Version}{(device.Reason is null ? "" : ", " + device.Reason)}");
                }

                if (state.Stopped is not null)
                {
                    await Console.Out.WriteLineAsync($"stopped: {state.Stopped}");
                }

                return state.Stopped is null ? ExitCode.Fine : ExitCode.Wrong;
            }
            catch (Exception broken) when (broken is IOException or UnauthorizedAccessException or InvalidDataException)
            {
                await Console.Error.WriteLineAsync($"edgequeue-hub updates status: {broken.Message}");
                return ExitCode.Wrong;
            }
        });
        return command;
    }

    private static QuietHours? HoursOf(string text, bool whileOpen) =>
        text.Split('-') is [var from, var until] && TimeOnly.TryParseExact(from, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly begin)
        && TimeOnly.TryParseExact(until, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out TimeOnly end)
            ? new QuietHours((begin.Hour * 60) + begin.Minute, (end.Hour * 60) + end.Minute, whileOpen) : null;
}
