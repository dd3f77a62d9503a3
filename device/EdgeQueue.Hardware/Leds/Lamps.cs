using System.Globalization;
using EdgeQueue.Hardware.Gpio;

namespace EdgeQueue.Hardware.Leds;

/// <summary>Lamps by the text from the configuration.</summary>
public static class Lamps
{
    /// <param name="path">
    /// <c>/dev/gpiochip0:17</c> for a pin, <c>/dev/gpiochip0:17:low</c> for one that lights when low; anything else is a
    /// LED-class folder or brightness file. A text that begins like a pin and is none gives a lamp that never lights and says so.
    /// </param>
    public static ILamp Open(string path)
    {
        var parts = path.Split(':');
        return parts is [var chip, var line, ..] and { Length: <= 3 }
            && uint.TryParse(line, NumberStyles.None, CultureInfo.InvariantCulture, out var offset)
            && (parts.Length == 2 || parts[2] == "low")
                ? new GpioLamp(chip, offset, activeLow: parts.Length == 3)
                : path.StartsWith("/dev/gpiochip", StringComparison.Ordinal) ? new NoLamp(path) : new LedClassLamp(path);
    }

    /// <summary>Not a file to be made in /dev: nobody would see that the lamp is missing.</summary>
    private sealed class NoLamp(string path) : ILamp
    {
        public void Light(bool on) => throw new DeviceException(path, "is not a pin: write the chip and its line, as /dev/gpiochip0:17 or /dev/gpiochip0:17:low");

        public void Dispose()
        {
        }
    }
}
