using System.Globalization;

namespace EdgeQueue.Core.Contracts.Configuration;

/// <summary>
/// Where the devices of a branch without hardware are: one folder, a file per device, by a fixed rule. The panel and the tests
/// play them, <see cref="Of"/> puts them into a unit's configuration in place of the real paths.
/// </summary>
/// <param name="folder">Absolute path of the folder.</param>
/// <param name="printerPorts">TCP ports on 127.0.0.1, one for each dispenser in the order of the configuration.</param>
public sealed class SimulatedDevices(string folder, IReadOnlyList<int> printerPorts)
{
    private readonly Dictionary<UnitAddress, int> ports = [];

    public string Folder { get; } = folder;

    /// <summary>ALSA's configuration with a PCM for each audio unit.</summary>
    public string SoundConfiguration => $"{Folder}/asound.conf";

    /// <summary>What a node's environment must have to find its simulated loudspeaker.</summary>
    public IReadOnlyDictionary<string, string> Environment =>
        new Dictionary<string, string> { ["ALSA_CONFIG_PATH"] = SoundConfiguration };

    /// <summary>Gives each dispenser of the branch its port.</summary>
    /// <exception cref="ArgumentException">There are fewer ports than dispensers.</exception>
    public SimulatedDevices For(LoadedBranch branch)
    {
        foreach (var (address, _) in branch.Units.Where(u => u.Unit.Dispenser is not null))
        {
            ports[address] = ports.Count < printerPorts.Count
                ? printerPorts[ports.Count]
                : throw new ArgumentException("There are more dispensers than printer ports.", nameof(branch));
        }

        return this;
    }

    /// <summary>A FIFO of evdev events.</summary>
    public string Input(UnitAddress unit) => File(unit, "input");

    /// <summary>A Unix domain socket that takes the transfers of an i2c or spi bus.</summary>
    public string Bus(UnitAddress unit) => File(unit, "bus");

    /// <summary>A link to a pseudo-terminal.</summary>
    public string Line(UnitAddress unit) => File(unit, "tty");

    /// <summary>A file with a lamp's brightness.</summary>
    public string Lamp(UnitAddress unit) => File(unit, "lamp");

    /// <summary>A file of raw samples, signed 16 bit little endian, 22,050 Hz.</summary>
    public string Sound(UnitAddress unit) => File(unit, "raw");

    /// <summary>A FIFO of evdev events: a dispenser's number pad.</summary>
    public string NumberPad(UnitAddress unit) => File(unit, "pad");

    /// <summary>A FIFO of evdev events: a dispenser's scanner.</summary>
    public string Scanner(UnitAddress unit) => File(unit, "scanner");

    public int PrinterPort(UnitAddress unit) => ports[unit];

    /// <summary>Where this display's bytes go: its bus, or its serial line.</summary>
    public string DisplayFile(UnitAddress unit, DisplayConfiguration display) => IsSerial(display) ? Line(unit) : Bus(unit);

    /// <summary>The unit with its devices replaced.</summary>
    public UnitConfiguration Of(UnitAddress unit, UnitConfiguration real) => real with
    {
        Dispenser = real.Dispenser is { } dispenser
            ? dispenser with
            {
                Input = Input(unit),
                Lamp = Lamp(unit),
                Printer = dispenser.Printer with
                {
                    Path = string.Create(CultureInfo.InvariantCulture, $"tcp://127.0.0.1:{PrinterPort(unit)}"),
                },
                CheckIn = dispenser.CheckIn is { } checkIn
                    ? checkIn with
                    {
                        Keypad = checkIn.Keypad is { } pad ? pad with { Input = NumberPad(unit) } : null,
                        Scanner = checkIn.Scanner is null ? null : new ScannerConfiguration { Input = Scanner(unit) },
                    }
                    : null,
                Screen = dispenser.Screen is { } screen ? screen with { Path = "unix:" + Bus(unit) } : null,
                Speech = dispenser.Speech is { } speech ? speech with { Device = Pcm(unit) } : null,
            }
            : null,
        Display = real.Display is { } display
            ? display with { Path = IsSerial(display) ? Line(unit) : "unix:" + Bus(unit) }
            : null,
        Keypad = real.Keypad is { } keypad ? keypad with { Input = Input(unit), Lamp = Lamp(unit) } : null,
        Audio = real.Audio is { } audio ? audio with { Device = Pcm(unit) } : null,
    };

    /// <summary>
    /// The text of <see cref="SoundConfiguration"/>: ALSA's file plugin writes each unit's samples into its own file. It has no
    /// pacing; the audio role keeps pace by itself.
    /// </summary>
    public string AlsaConfiguration(LoadedBranch branch) =>
        "</usr/share/alsa/alsa.conf>\n" + string.Concat(branch.Units.Where(u => u.Unit.Audio is not null || u.Unit.Dispenser?.Speech is not null).Select(u =>
            $"pcm.{Pcm(u.Address)} {{\n  type file\n  slave.pcm null\n  file \"{Sound(u.Address)}\"\n  format raw\n}}\n"));

    private static bool IsSerial(DisplayConfiguration display) => display.Chip.StartsWith("rs485", StringComparison.Ordinal);

    // Names have no underscore, so no two units get one name; ALSA takes the hyphens that they have.
    private static string Pcm(UnitAddress unit) => $"edgequeue_{unit.Node}_{unit.Unit}";

    private string File(UnitAddress unit, string kind) => $"{Folder}/{unit.Node}.{unit.Unit}.{kind}";
}
