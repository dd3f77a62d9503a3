using System.Globalization;
using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Messages;
using EdgeQueue.Hardware;
using EdgeQueue.Hardware.Displays;
using EdgeQueue.Hardware.Input;
using EdgeQueue.Hardware.Printers;
using EdgeQueue.Hardware.Serial;
using EdgeQueue.Hardware.Sound;

namespace EdgeQueue.Tool.Doctor;

/// <summary>
/// The devices that the node's own file names, and no others. A look at the printer disturbs nobody; the rest shows, prints and sounds,
/// so it happens only when asked for (<c>--try</c>). The unit goes on meanwhile: its display shows the truth again within five seconds.
/// </summary>
internal sealed class DeviceChecks(UnitConfiguration unit, bool tryThem, TextWriter output, TimeProvider time)
{
    private const string Printer = "printer";

    private static readonly string[] Tried = [DevicePresence.Keys, DevicePresence.Display, DevicePresence.Sound];

    private static readonly TimeSpan PressPatience = TimeSpan.FromSeconds(15);

    public async Task<IReadOnlyList<Finding>> RunAsync(CancellationToken cancellation)
    {
        var presence = new DevicePresence(unit);
        List<Finding> found = [.. tryThem ? presence.Look(Tried) : presence.Look()];
        if (unit.Dispenser is { } dispenser)
        {
            found.Add(presence.Missing(Printer, dispenser.Printer.Path) ?? await PrinterAsync(dispenser.Printer, cancellation));
        }

        if (tryThem && unit.Display is { } display)
        {
            found.Add(await DisplayAsync(display, cancellation));
        }

        if (tryThem && (unit.Keypad?.Input ?? unit.Dispenser?.Input) is { } input)
        {
            found.Add(await KeysAsync(input, cancellation));
        }

        if (tryThem && unit.Audio is { } audio)
        {
            found.Add(await SoundAsync(audio, cancellation));
        }

        return found;
    }

    /// <summary>Plain text in the printer's own font (ESC/POS), fed and cut.</summary>
    internal static byte[] TestTicket(DateTimeOffset at) =>
    [
        0x1B, (byte)'@', .. System.Text.Encoding.ASCII.GetBytes(string.Create(
            CultureInfo.InvariantCulture, $"EdgeQueue\nTEST, not a ticket\n{at.UtcDateTime:yyyy-MM-dd HH:mm}Z\n0123456789 ABCDEFGHIJ\n")),
        0x1B, (byte)'d', 4, 0x1D, (byte)'V', 66, 0,
    ];

    private async Task<Finding> PrinterAsync(PrinterConfiguration configuration, CancellationToken cancellation)
    {
        const string what = Printer;
        try
        {
            using var printer = new EscPosPrinter(PrinterTransports.Of(configuration.Path, new SerialSettings { Baud = configuration.Baud }));
            PrinterStatus status = await printer.AskAsync(cancellation);
            if (status.CannotPrint)
            {
                return new Finding(what, Health.Broken, $"{configuration.Path}: {status}", "Paper, cover, cable: in this order.");
            }

            string said = status.Has(PrinterFaults.Unknown) ? $"{configuration.Path}: it does not tell its state" : $"{configuration.Path}: {status}";
            if (!tryThem)
            {
                return Finding.Well(what, said);
            }

            PrintOutcome outcome = await printer.PrintAsync(TestTicket(time.GetUtcNow()), cancellation);
            return outcome.Result is PrintResult.Printed or PrintResult.Sent
                ? Finding.Well(what, $"{said}; the test ticket is {(outcome.Result == PrintResult.Printed ? "printed" : "sent: look whether it is there")}")
                : new Finding(what, Health.Broken, $"{configuration.Path}: {outcome.Reason}", "Paper, cover, cable: in this order.");
        }
        catch (DeviceException broken)
        {
            return new Finding(what, Health.Broken, broken.Message, "Is it switched on, and is the cable in?");
        }
    }

    private static async Task<Finding> DisplayAsync(DisplayConfiguration configuration, CancellationToken cancellation)
    {
        const string what = DevicePresence.Display;
        try
        {
            using ILedDisplay display = new DisplayModel(configuration.Chip, configuration.Size).Open(configuration.Path, (byte)configuration.Address, configuration.Baud);
            foreach (char digit in "8012")
            {
                string page = new(digit, display.Columns);
                display.Invalidate();
                display.Show(new DisplayFrame(page));
                display.Flush();
                await Task.Delay(TimeSpan.FromMilliseconds(600), cancellation);
            }

            return Finding.Well(what, $"{configuration.Chip} at {configuration.Path} took 8, 0, 1, 2 in all places: look whether all segments were lit");
        }
        catch (Exception broken) when (broken is DeviceException or ArgumentException)
        {
            return new Finding(what, Health.Broken, broken.Message, "The bus (ls /dev/i2c-* /dev/spidev* /dev/serial/by-path), the ribbon cable, the address of the chip, the overlay in config.txt: in this order.");
        }
    }

    private async Task<Finding> KeysAsync(string path, CancellationToken cancellation)
    {
        const string what = DevicePresence.Keys;
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(PressPatience);
        await output.WriteLineAsync($"Press a key of {path} …");
        IKeySource source = KeySources.Open(path, time);
        Task running = source.RunAsync(limit.Token);
        string? absent = null;
        try
        {
            await foreach (InputArrival arrival in source.Arrivals.ReadAllAsync(limit.Token))
            {
                if (arrival is DeviceAbsent gone)
                {
                    absent = gone.Reason.StartsWith(gone.Path, StringComparison.Ordinal) ? gone.Reason : $"{gone.Path}: {gone.Reason}";
                }
                else if (arrival is KeyChanged { Down: true } pressed)
                {
                    return Finding.Well(what, $"{path}: {pressed.Key}");
                }
            }
        }
        catch (Exception ended) when (ended is OperationCanceledException or DeviceException)
        {
            absent ??= ended is DeviceException ? ended.Message : null;
        }
        finally
        {
            await limit.CancelAsync();
            await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }

        return new Finding(what, Health.Broken, absent ?? $"{path}: no key was pressed within {PressPatience.TotalSeconds:0} s",
            "Is it plugged in, and is it this path? 'ls /dev/input/by-path'. A unit that holds the device for itself hears the key instead: stop it and try again.");
    }

    private static async Task<Finding> SoundAsync(AudioConfiguration configuration, CancellationToken cancellation)
    {
        const string what = DevicePresence.Sound;
        try
        {
            using var output = new AlsaOutput(configuration.Device);
            await output.PlayAsync(new PcmSound(Tones(), 22_050), new Volume(configuration.Volume), cancellation);
            return Finding.Well(what, $"three tones on {configuration.Device} for zone {configuration.Zone}: did the hall hear them?");
        }
        catch (DeviceException broken)
        {
            return new Finding(what, Health.Broken, broken.Message, "'aplay -L' lists what there is; the amplifier's cable and its volume come next.");
        }
    }

    /// <summary>Three rising tones of a quarter of a second, each fading, so that none clicks.</summary>
    private static short[] Tones()
    {
        const int rate = 22_050, length = rate / 4;
        var sound = new short[3 * length];
        for (int i = 0; i < sound.Length; i++)
        {
            double frequency = 440 * Math.Pow(1.25, i / length), fade = 1 - ((double)(i % length) / length);
            sound[i] = (short)(12_000 * fade * Math.Sin(2 * Math.PI * frequency * (i % length) / rate));
        }

        return sound;
    }
}
