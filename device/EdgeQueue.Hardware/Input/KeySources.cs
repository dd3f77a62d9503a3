using System.Globalization;
using EdgeQueue.Hardware.Gpio;

namespace EdgeQueue.Hardware.Input;

/// <summary>Keys and buttons by the text from the configuration.</summary>
public static class KeySources
{
    /// <param name="path">
    /// An event device, best by <c>/dev/input/by-path/…</c>, or a FIFO that plays one. Or one header pin with a button to
    /// ground: <c>/dev/gpiochip0:17</c>, told as BTN_0, or as the key named after it: <c>/dev/gpiochip0:17:KEY_1</c>.
    /// </param>
    public static IKeySource Open(string path, TimeProvider time) => Pin(path) ?? new EvdevReader(path, time);

    // Paths below /dev/input/by-path have colons too (pci-0000:00:14.0-usb-…): only what is wholly a pin is one.
    private static IKeySource? Pin(string path)
    {
        var parts = path.Split(':');
        var key = KeyCode.Button0;
        return parts is [var chip, var line, ..] and { Length: <= 3 }
            && uint.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
            && (parts.Length == 2 || KeyNames.TryParse(parts[2], out key))
                ? new GpioButton(chip, offset, key, new GpioInputSettings())
                : null;
    }
}
