using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Hardware;
using EdgeQueue.Hardware.Displays;
using EdgeQueue.Hardware.Printers;
using EdgeQueue.Hardware.Serial;
using EdgeQueue.Hardware.Sound;
using EdgeQueue.Node.Roles.Display;
using EdgeQueue.Node.Speech;

namespace EdgeQueue.Node.Host.Claim;

/// <summary>
/// Tells a claim code with what a new device has: light, paper, sound. One that is broken or not plugged in keeps no other from telling it,
/// and tells it when it is there: a technician connects the cables after the power as often as before.
/// </summary>
public sealed class CodeSigns(IReadOnlyList<UnitConfiguration> units, NodeLog log, TimeProvider time)
{
    /// <summary>What is not there is looked for again.</summary>
    private static readonly TimeSpan LookAgain = TimeSpan.FromSeconds(3);

    private static readonly TimeSpan PageStands = TimeSpan.FromMilliseconds(1500);
    private static readonly TimeSpan BetweenSayings = TimeSpan.FromSeconds(20);

    /// <summary>Until cancelled. Paper once, the others again and again.</summary>
    public Task TellAsync(string code, CancellationToken cancellation) => Task.WhenAll(units.Select(unit => unit switch
    {
        { Display: { } display } => Careful("display", () => LightAsync(display, code, cancellation), cancellation),
        { Dispenser.Printer: { } printer } => Careful("printer", () => PrintAsync(printer, code, cancellation), cancellation),
        { Audio: { } audio } => Careful("loudspeaker", () => SayAsync(audio, code, cancellation), cancellation),
        _ => Task.CompletedTask,
    }));

    /// <summary>ESC/POS text in the printer's own font, twice as wide and high: digits look the same everywhere.</summary>
    internal static byte[] Paper(string code)
    {
        // ESC @, GS ! n (character size), text, ESC d n (feed lines), GS V 66 (cut): Epson ESC/POS, as in Hardware/Printers.
        byte[] large = [0x1D, (byte)'!', 0x11], normal = [0x1D, (byte)'!', 0x00];
        return
        [
            0x1B, (byte)'@', .. "EdgeQueue\n\nThis device is new.\nType at the hub:\n\n"u8, .. large,
            .. System.Text.Encoding.ASCII.GetBytes($"  {code[..4]} {code[4..]}\n"), .. normal,
            .. "\nedgequeue claim CODE --node NAME\n\nThe code is good for ten minutes.\n"u8, 0x1B, (byte)'d', 4, 0x1D, (byte)'V', 66, 0,
        ];
    }

    private async Task Careful(string what, Func<Task> tell, CancellationToken cancellation)
    {
        string? said = null;
        try
        {
            while (true)
            {
                try
                {
                    await Task.Run(tell, cancellation);
                    return;
                }
                catch (DeviceException gone)
                {
                    if (gone.Message != said)
                    {
                        said = gone.Message;
                        log.Warn(NodeEvent.CodeNotTold, $"the {what} does not tell the claim code: {said}");
                    }
                }

                await Task.Delay(LookAgain, time, cancellation);
            }
        }
        catch (Exception broken) when (broken is SpeechUnavailableException or ArgumentException)
        {
            log.Warn(NodeEvent.CodeNotTold, $"the {what} does not tell the claim code: {broken.Message}");
        }
        catch (OperationCanceledException)
        {
            // The code is used, or another one is to be told.
        }
    }

    private static async Task LightAsync(DisplayConfiguration configuration, string code, CancellationToken cancellation)
    {
        using var display = ConfiguredDisplay.Open(configuration);
        try
        {
            while (true)
            {
                foreach (var page in CodePages.Of(code, display.Columns))
                {
                    display.Invalidate();
                    display.Show(new DisplayFrame(page));
                    display.Flush();
                    await Task.Delay(PageStands, cancellation);
                }
            }
        }
        finally
        {
            display.Show(new DisplayFrame(""));
            display.Flush();
        }
    }

    private async Task PrintAsync(PrinterConfiguration configuration, string code, CancellationToken cancellation)
    {
        using var printer = new EscPosPrinter(PrinterTransports.Of(configuration.Path, new SerialSettings { Baud = configuration.Baud }));
        var outcome = await printer.PrintAsync(Paper(code), cancellation);
        if (outcome.Result == PrintResult.NotStarted)
        {
            throw new DeviceException(configuration.Path, outcome.Reason ?? "it took nothing");
        }

        if (outcome.Result == PrintResult.Uncertain)
        {
            // Paper may be there: not once more for this code.
            log.Warn(NodeEvent.CodeNotTold, $"the printer may not have told the claim code: {outcome.Reason}");
        }
    }

    private static async Task SayAsync(AudioConfiguration configuration, string code, CancellationToken cancellation)
    {
        // A new device does not know its branch's languages; digits one by one are understood in this one.
        var speaker = new EspeakSpeaker(["en"], wordsPerMinute: 110);
        speaker.Open();
        var sound = speaker.Speak("en", $"<speak>The code of this device is <break time=\"500ms\"/>{string.Join("<break time=\"400ms\"/> ", code.ToCharArray())}</speak>");
        using var output = new AlsaOutput(configuration.Device);
        while (true)
        {
            await output.PlayAsync(new PcmSound(sound, Pcm.SampleRate), new Volume(configuration.Volume), cancellation);
            await Task.Delay(BetweenSayings, cancellation);
        }
    }
}
