using System.Globalization;
using EdgeQueue.Hardware.Gpio;

namespace EdgeQueue.Hardware.Leds;

/// <summary>Lamps by the text from the configuration.</summary>
public static class Lamps
{
    /// <param name="path">
    /// <c>/dev/gpiochip0:17</c> for a pin, <c>/dev/gpiochip0:17:low</c> for one that lights when low; anything else is a
    /// LED-class folder or brightness file.
    /// </param>
    public static ILamp Open(string path)
    {
        var parts = path.Split(':');
        return parts is [var chip, var line, ..] and { Length: <= 3 }
            && uint.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
            && (parts.Length == 2 || parts[2] == "low")
                ? new GpioLamp(chip, offset, activeLow: parts.Length == 3)
                : new LedClassLamp(path);
    }
}
