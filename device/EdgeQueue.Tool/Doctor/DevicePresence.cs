using EdgeQueue.Core.Contracts.Configuration;
using EdgeQueue.Core.Contracts.Messages;

namespace EdgeQueue.Tool.Doctor;

/// <summary>
/// Whether the devices that a unit's file names are there: a look that disturbs nobody. Whether they work, <see cref="DeviceChecks"/> tells
/// when they may be tried.
/// </summary>
/// <param name="root">Where the kernel's files are, <c>/</c>; the tests have their own.</param>
internal sealed class DevicePresence(UnitConfiguration unit, string root = "/")
{
    public const string Keys = "keys", Display = "display", Sound = "sound";

    private const string Lamp = "lamp";

    /// <param name="without">Kinds that are tried anyway.</param>
    public IEnumerable<Finding> Look(params string[] without) => Named().Where(d => d.Path is not null && !without.Contains(d.What)).Select(d => Look(d.What, d.Path!));

    /// <returns>Null: it is there, or it is no file.</returns>
    public Finding? Missing(string what, string path)
    {
        // The line of a chip stands behind it: /dev/gpiochip0:17.
        string file = path.StartsWith("/dev/gpiochip", StringComparison.Ordinal) ? path.Split(':')[0] : path;
        return file[0] == '/' && !IsThere(file) ? new Finding(what, Health.Broken, $"{path} is not there", Advice(what, path)) : null;
    }

    private IEnumerable<(string What, string? Path)> Named() =>
    [
        (Keys, unit.Keypad?.Input), (Lamp, unit.Keypad?.Lamp), (Display, unit.Display?.Path), (Sound, unit.Audio?.Device),
        (Keys, unit.Dispenser?.Input), (Lamp, unit.Dispenser?.Lamp), ("number pad", unit.Dispenser?.CheckIn?.Keypad?.Input),
        ("scanner", unit.Dispenser?.CheckIn?.Scanner?.Input), ("screen", unit.Dispenser?.Screen?.Path), (Sound, unit.Dispenser?.Speech?.Device),
    ];

    private Finding Look(string what, string path)
    {
        if (what == Sound)
        {
            return Card(path) is not { } card ? Finding.Well(what, $"{path}: names no card; only --try tells whether it sounds")
                : IsThere($"/proc/asound/{card}") || IsThere($"/proc/asound/card{card}") ? Finding.Well(what, $"{path} is there; --try makes it sound")
                : new Finding(what, Health.Broken, $"{path}: there is no card '{card}'", "'aplay -l' lists what there is. Is it plugged in, is its overlay in config.txt?");
        }

        return Missing(what, path)
            ?? Finding.Well(what, path[0] != '/' ? $"{path}: only --try tells whether it is there" : $"{path} is there{(what == Lamp ? "" : "; --try tries it")}");
    }

    private bool IsThere(string path) => Path.Exists(root + path.TrimStart('/'));

    private static string Advice(string what, string path) => what switch
    {
        Lamp => "Is it this lamp or line? 'ls /sys/class/leds /dev/gpiochip*'.",
        _ when path.StartsWith("/dev/input", StringComparison.Ordinal) => "Is it plugged in, and is it this path? 'ls -l /dev/input/by-path'.",
        _ when path.StartsWith("/dev/i2c", StringComparison.Ordinal) || path.StartsWith("/dev/spidev", StringComparison.Ordinal) =>
            "Is the bus switched on in config.txt (dtparam=i2c_arm=on, dtparam=spi=on)? 'ls /dev/i2c-* /dev/spidev*'.",
        _ when path.StartsWith("/dev/usb", StringComparison.Ordinal) => "Is it plugged in and switched on, and is it this path? 'ls -l /dev/usb'.",
        _ => "Is it plugged in, and is it this path? 'ls -l /dev/serial/by-path /dev'.",
    };

    /// <summary>From ALSA's name, as <c>plughw:CARD=Headphones,DEV=0</c> or <c>hw:1,0</c>; null: the name has none.</summary>
    private static string? Card(string device)
    {
        int named = device.IndexOf("CARD=", StringComparison.Ordinal), colon = device.IndexOf("hw:", StringComparison.Ordinal);
        string? rest = named >= 0 ? device[(named + 5)..] : colon >= 0 ? device[(colon + 3)..] : null;
        return rest?.Split(',')[0] is { Length: > 0 } card && card.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-') ? card : null;
    }
}
